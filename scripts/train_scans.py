"""Fit the trees for pages that are pictures, and write detector-scans.npz.

    python scripts/train_scans.py --forms ../shared/forms/dev --scorer ../shared/forms/score.py \\
        --pages FOLDER --scans FOLDER [--only-report] [--report FILE]

--pages is what `train_detector.py --kept` filled: print and bare copies, and drawn pages. --scans is what
`forms_report.py --variant scan --kept` filled: reading the pictures takes an hour, so it is done there, and a
form that it does not have is left out here. Learns from the scans of all agencies, from their print copies
with a fourth of that weight, and from drawn pages. The trees of each agency left out are kept in --pages for
`forms_report.py --folds`. Needs scikit-learn; the product itself does not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from detector_report import calibration_table, figure_table
from forms_report import Seen
from train_detector import (
    MEMBERS,
    Sheet,
    calibration,
    expected_error,
    fit,
    held_out,
    held_out_confidence,
    kept,
    load_scorer,
    measured,
    once,
    page_truth,
    report,
    sheet_of,
    store,
    store_folds,
)

from perdure.core.digitise.scorer import MODEL_OF_SCANS

BESIDE = 0.25  # how often a print page counts where a scan counts once
MEMBERS_OF_SCANS = tuple(replace(member, drawn=0.27) for member in MEMBERS)


def scans_of(folder: Path, kept_in: Path, score: Any) -> tuple[list[Sheet], dict[str, list[dict[str, Any]]]]:
    """Sheets of the scans that were read, and the truth of each form."""
    sheets: list[Sheet] = []
    truths = {}
    for entry in json.loads((folder / "manifest.json").read_text())["forms"]:
        source = folder / entry["file"]
        if not (kept_in / f"scan {source.stem}.pickle").exists():
            print(f"{source.stem}: its scan was not read, left out", flush=True)
            continue
        seen: Seen = kept(kept_in, f"scan {source.stem}.pickle", Seen)
        truths[source.stem] = fields = score.read_truth(source)[0]
        for page, drawing in enumerate(seen.drawings):
            names = {"form": source.stem, "agency": entry["agency"], "variant": "scan", "page": page}
            sheets.append(sheet_of(drawing, *page_truth(fields, page, drawing.height), score, **names))
    return [sheet for sheet in sheets if len(sheet.rows)], truths


def taught(scans: Sequence[Sheet], prints: Sequence[Sheet], without: str = "") -> list[tuple[Sheet, float]]:
    """The sheets to learn from, and how often each counts; without: an agency to leave out."""
    beside = [(sheet, BESIDE * times) for sheet, times in once(prints)]
    all_of_them = [(sheet, 1.0) for sheet in scans] + beside
    return [pair for pair in all_of_them if pair[0].agency != without and len(pair[0].rows)]


def folds(scans: list[Sheet], prints: list[Sheet], drawn: list[Sheet], folder: Path) -> dict[str, Any]:
    """For each agency the models that were fitted to all others."""
    models = {}
    for number, agency in enumerate(sorted({sheet.agency for sheet in scans})):
        lessons = taught(scans, prints, without=agency)
        made = partial(fit, lessons, drawn, MEMBERS_OF_SCANS)
        models[agency] = kept(folder, f"scans-without-{number}.pickle", made)
        print(f"without {agency}: done", flush=True)
    return models


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--scans", type=Path, required=True)
    parser.add_argument("--synthetic", type=int, default=510)
    parser.add_argument("--only-report", action="store_true")
    parser.add_argument("--report", type=Path)
    asked = parser.parse_args()
    score = load_scorer(asked.scorer)
    prints, _, drawn = kept(asked.pages, "pages.pickle", partial(measured, asked, score))
    scans, truths = scans_of(asked.forms, asked.scans, score)
    models = folds(scans, prints, drawn, asked.pages)
    answers = held_out(scans, models)
    store_folds(models, answers, asked.pages, "scans-")
    text = markdown(answers, report(answers, truths, score, "scan"))
    print(text)
    if asked.report:
        asked.report.write_text(text)
    if not asked.only_report:
        store(fit(taught(scans, prints), drawn, MEMBERS_OF_SCANS), calibration(answers), MODEL_OF_SCANS)


def markdown(answers: list[tuple[Sheet, Any]], figures: dict[str, Any]) -> str:
    given, right = held_out_confidence(answers, "scan")
    parts = ["# The field detector on scans of agencies left out", "", *figure_table({"scan": figures})]
    parts += ["", *calibration_table(given, right)]
    return "\n".join([*parts, "", f"Expected calibration error: {expected_error(given, right):.3f}"]) + "\n"


if __name__ == "__main__":
    main()
