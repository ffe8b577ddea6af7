"""How well whole forms are read, per agency: fields, ticks, labels, and processor time a page.

    python scripts/forms_report.py --forms ../shared/forms/dev --scorer ../shared/forms/score.py \\
        --variant print|bare|scan|faults --kept FOLDER [--folds FOLDER] [--limit N] [--report FILE]

Takes the steps of `perdure digitise` on flat copies, one page after the other in one process, and
scores what comes out as the scorer does. Without --folds by the trees that come with the package,
which have seen these forms; with the folder that `train_detector.py --kept` filled (for scans also
`train_scans.py`), every form is read by trees that never saw its agency: nothing but that differs.
--kept keeps the drawings of each form (on scans this is where the time goes) so that a run that was
stopped goes on; empty it when the reading of drawings or pictures has changed. --limit takes the first
N forms, one of each agency in turn, those with few pages first. The fields of each form are written to
FOLDER/found/, for `score.py saved`.

faults   of each agency one page, that of its first form with most fields, as a straight scan and
         with each of the faults of poor_scans.py
time     processor time of one thread: drawing and words of the page, and its share of the rest.
         Starting Python and loading the models is left out; it is spent once a form, not a page.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from detector_report import calibration_table, class_table, row_of
from poor_scans import FAULTS, degrees_of, scanned, turned_box
from train_detector import expected_error, fold_name, kept, load_scorer, page_truth, sheet_of, taken

from perdure.core.digitise import acroform
from perdure.core.digitise.api import fields_as_scored, finished
from perdure.core.digitise.child import Scans, drawing_of
from perdure.core.digitise.form import build_form
from perdure.core.digitise.scorer import Trees, trees, trees_in
from perdure.core.digitise.shapes import Drawing
from perdure.core.kernel.geometry import Box

MOST_SCANS = 1000


@dataclass(frozen=True)
class Copy:
    """A flat copy to read: its PDF is made when asked for. truth: as the scorer reads it."""

    name: str
    agency: str
    truth: list[dict[str, Any]]
    pages: int
    pdf: Callable[[], bytes]
    fault: str = ""


@dataclass(frozen=True)
class Seen:
    """The pages of a copy, and the processor time that each took, in seconds."""

    drawings: list[Drawing]
    seconds: list[float]


def copies(folder: Path, variant: str, score: Any) -> list[Copy]:
    """One of each agency in turn, those with few pages first."""
    by_agency: dict[str, list[Copy]] = defaultdict(list)
    for entry in json.loads((folder / "manifest.json").read_text())["forms"]:
        source = folder / entry["file"]
        truth, pages = score.read_truth(source)
        pdf = partial(_flat, source, variant, score)
        by_agency[entry["agency"]].append(Copy(source.stem, entry["agency"], truth, pages, pdf))
    order = [sorted(some, key=lambda copy: copy.pages) for some in by_agency.values()]
    turns = max(len(some) for some in order)
    return [some[turn] for turn in range(turns) for some in order if turn < len(some)]


def _flat(source: Path, variant: str, score: Any) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        made: Path = score.prepare(source, scratch, variant)
        return made.read_bytes()


def poor_copies(folder: Path, score: Any) -> list[Copy]:
    """The page with most fields of each agency's first form: straight, then with each fault."""
    first: dict[str, Path] = {}
    for entry in json.loads((folder / "manifest.json").read_text())["forms"]:
        first.setdefault(entry["agency"], folder / entry["file"])
    made = []
    for agency, source in first.items():
        fields, pages = score.read_truth(source)
        page = max(range(pages), key=lambda page: sum(field["page"] == page for field in fields))
        straight = _flat(source, "print", score)
        with pikepdf.open(io.BytesIO(straight)) as pdf:
            size = (acroform.frames(pdf)[page].width, acroform.frames(pdf)[page].height)
        for fault in ("", *FAULTS):
            truth = [_moved(field, size, degrees_of(fault)) for field in fields if field["page"] == page]
            name = f"{source.stem} {fault or 'straight'}"
            made.append(Copy(name, agency, truth, 1, partial(scanned, straight, fault, page), fault))
    return made


def _moved(field: dict[str, Any], page: tuple[float, float], degrees: float) -> dict[str, Any]:
    """A true field of a sheet of its own, turned clockwise; bbox has its origin at the bottom left."""
    x0, y0, x1, y1 = field["bbox"]
    box = turned_box(Box(x0, page[1] - y1, x1, page[1] - y0), page, degrees)
    return {**field, "page": 0, "bbox": [box.x0, page[1] - box.y1, box.x1, page[1] - box.y0]}


def seen(copy: Copy, scans: Scans) -> Seen:
    content = copy.pdf()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        frames = acroform.frames(pdf)
    document = pdfium.PdfDocument(content)
    answer = Seen([], [])
    for number, frame in enumerate(frames, start=1):
        began = time.process_time()
        answer.drawings.append(drawing_of(document, number, frame, scans))
        answer.seconds.append(time.process_time() - began)
    return answer


@dataclass(frozen=True)
class Read:
    """What came of one copy. row: of the scorer; given, right: of each field, how sure and whether true."""

    copy: Copy
    fields: list[dict[str, Any]]
    row: dict[str, Any]
    seconds: list[float]
    given: list[float]
    right: list[bool]


def read(copy: Copy, pages: Seen, model: Trees, score: Any) -> Read:
    began = time.process_time()
    form = finished(build_form(pages.drawings, [], title=copy.name, sha256="", model=model))
    rest = (time.process_time() - began) / max(copy.pages, 1)
    fields = score.clean(fields_as_scored(form), copy.pages)
    row = {"file": copy.name, "pages": copy.pages, "seconds": 0.0, **score.score_form(copy.truth, fields)}
    true = {index for _, index, _ in score.match(copy.truth, fields)}
    right = [index in true for index in range(len(fields))]
    given = [field["score"] for field in fields]
    return Read(copy, fields, row, [second + rest for second in pages.seconds], given, right)


def classes(copy: Copy, pages: Seen, model: Trees, score: Any) -> Iterator[tuple[Any, list[int], Any]]:
    """What class_table counts, for each page; a turned sheet has its boxes elsewhere and is left out."""
    for number, drawing in enumerate(pages.drawings):
        if not drawing.skew:
            truth = page_truth(copy.truth, number, drawing.height)
            names = {"form": copy.name, "agency": copy.agency, "variant": "", "page": number}
            sheet = sheet_of(drawing, *truth, score, **names)
            if len(sheet.rows):
                yield sheet, *taken(sheet, model.probability(sheet.rows))


def agency_table(reads: Sequence[Read], score: Any, *, by: Callable[[Copy], str]) -> list[str]:
    """A row an agency (or fault), the mean of these rows, and everything together."""
    heads = (
        "",
        "forms",
        "fields",
        "F1",
        "entries F1",
        "ticks F1",
        "labels F1",
        "of fields",
        "seconds a page",
    )
    parts: dict[str, list[Read]] = defaultdict(list)
    for each in reads:
        parts[by(each.copy)].append(each)
    rows = {name: _figures(some, score) for name, some in parts.items()}
    lines = [row_of(*heads), row_of(*["---"] * len(heads))]
    lines += [row_of(name, *_told(figures)) for name, figures in rows.items()]
    means = [
        float(np.mean([some[place] for some in rows.values() if some[place] is not None]))
        for place in range(2, 6)
    ]
    lines.append(row_of("mean of these rows", "", "", *(f"{mean:.3f}" for mean in means), "", ""))
    lines.append(row_of("all", *_told(_figures(reads, score))))
    macro = score.summarise([each.row for each in reads], [])["iou50_macro_f1"]
    return [*lines, "", f"Macro F1 (mean over forms): {macro:.3f}"]


def _figures(reads: Sequence[Read], score: Any) -> list[Any]:
    whole = score.summarise([each.row for each in reads], [])
    shares = [whole[key]["f1"] if whole[key]["true"] else None for key in _KEYS]
    labels = whole["labels"]
    seconds = float(np.median([second for each in reads for second in each.seconds]))
    named = labels["f1"] if labels["n"] else None
    return [len(reads), whole["iou50"]["true"], *shares, named, labels["n"], seconds]


_KEYS = ("iou50", "iou50_entry", "iou50_checkbox")


def _told(figures: Sequence[Any]) -> list[str]:
    forms, fields, *shares, labels, seconds = figures
    said = ["" if share is None else f"{share:.3f}" for share in shares]
    return [str(forms), str(fields), *said, str(labels), f"{seconds:.2f}"]


def markdown(reads: Sequence[Read], pages: Any, score: Any, *, faults: bool) -> str:
    by = (lambda copy: copy.fault or "straight") if faults else (lambda copy: copy.agency)
    lines = agency_table(reads, score, by=by)
    if not faults:
        lines += ["", *class_table(pages)]
    given = np.array([value for each in reads for value in each.given])
    right = np.array([value for each in reads for value in each.right], dtype=float)
    lines += ["", *calibration_table(given, right)]
    lines += ["", f"Expected calibration error: {expected_error(given, right):.3f}"]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--variant", choices=("print", "bare", "scan", "faults"), default="print")
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--report", type=Path)
    asked = parser.parse_args()
    score, faults = load_scorer(asked.scorer), asked.variant == "faults"
    scanned = asked.variant in {"scan", "faults"}
    kind = "scans-" if scanned else ""
    wanted = poor_copies(asked.forms, score) if faults else copies(asked.forms, asked.variant, score)
    (asked.kept / "found").mkdir(parents=True, exist_ok=True)
    scans, reads, pages = Scans(MOST_SCANS), [], []
    for copy in wanted[: asked.limit]:
        model = (
            trees_in(asked.folds / fold_name(copy.agency, kind)) if asked.folds else trees(scanned=scanned)
        )
        drawn = kept(asked.kept, f"{asked.variant} {copy.name}.pickle", partial(seen, copy, scans))
        reads.append(read(copy, drawn, model, score))
        pages += [] if faults else classes(copy, drawn, model, score)
        (asked.kept / "found" / f"{copy.name}.json").write_text(json.dumps({"fields": reads[-1].fields}))
        print(f"{copy.name}: F1 {reads[-1].row['iou50']['f1']:.3f}", flush=True)
    text = markdown(reads, pages, score, faults=faults)
    print(text)
    if asked.report:
        asked.report.write_text(text)


if __name__ == "__main__":
    main()
