"""Takes out of a PDF what acts by itself: scripts, actions, embedded files, XFA.

What remains is paper: pages, fields, bookmarks and links to the web.
Source: ISO 32000-1, 12.6 (actions), 7.11.4 (embedded files), 12.7.8 (XFA), 12.8.4 (Perms).
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_ROOT = ("/OpenAction", "/AA", "/Perms", "/Collection", "/AF", "/Requirements", "/NeedsRendering", "/URI")
_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations", "/Renditions")
_SAFE_ACTIONS = {"/URI", "/GoTo", "/Named"}
_LIVELY = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def still(pdf: pikepdf.Pdf) -> None:
    """Take everything out that runs, opens or carries a file."""
    _drop(pdf.Root, _ROOT)
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        _drop(names, _NAMES)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        _drop(form, ("/XFA", "/NeedAppearances", "/CO"))
        _still_fields(form.get("/Fields"))
    for page in pdf.pages:
        _drop(page.obj, ("/AA", "/AF"))
        _still_annotations(page)


def _drop(holder: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _still_fields(fields: Any) -> None:
    """Every field of the tree once, also where a hostile file lets the tree bite its tail."""
    waiting, known = [fields], set()
    while waiting:
        branch = waiting.pop()
        for field in list(branch) if isinstance(branch, Array) else []:
            if not isinstance(field, Dictionary) or (field.is_indirect and field.objgen in known):
                continue
            known.add(field.objgen)
            _drop(field, ("/AA",))
            _still_action(field)
            waiting.append(field.get("/Kids"))


def _still_annotations(page: pikepdf.Page) -> None:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = [one for one in annotations if isinstance(one, Dictionary)]
    for annotation in kept:
        _drop(annotation, ("/AA", "/AF"))
        _still_action(annotation)
    page.obj.Annots = Array([one for one in kept if str(one.get("/Subtype")) not in _LIVELY])


def _still_action(holder: Any) -> None:
    action = holder.get("/A")
    if isinstance(action, Dictionary):
        if str(action.get("/S")) not in _SAFE_ACTIONS:
            del holder["/A"]
        else:
            _drop(action, ("/Next",))
