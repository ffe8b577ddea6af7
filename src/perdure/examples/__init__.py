"""The example paper forms that ship with Perdure, drawn by scripts/draw_examples.py.

home-adaptation-grant.pdf      fillable; home_adaptation_grant.yaml is its finished definition
residents-parking-permit.pdf   flat: lines and words, no fields of its own
allotment-waiting-list.pdf     a scan: a picture of a page
"""

from pathlib import Path

FOLDER = Path(__file__).parent
GRANT_PDF = FOLDER / "home-adaptation-grant.pdf"
GRANT_DEFINITION = FOLDER / "home_adaptation_grant.yaml"
PERMIT_PDF = FOLDER / "residents-parking-permit.pdf"
WAITING_LIST_PDF = FOLDER / "allotment-waiting-list.pdf"
