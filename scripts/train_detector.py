"""Train the field detector, and say how good it is on agencies it has not seen.

    python scripts/train_detector.py --forms ../shared/forms/dev --scorer ../shared/forms/score.py \\
        [--synthetic 510] [--only-report] [--report held-out.md] [--kept FOLDER]

Learns from two things: the drawn pages of synthetic_forms.py, and the flat copies (print and bare)
of real fillable forms, whose own widgets are the truth. The figures come from leaving one agency
out at a time: its forms are read by trees that never saw it. The same held-out answers give the
calibration curve. Needs scikit-learn; the product itself does not.

Writes src/perdure/core/digitise/detector.npz unless --only-report. --report writes the figures as
Markdown: per agency, per error class, and the calibration. --kept keeps the measured pages and the
trees of each agency left out in a folder of your own, so that a run that was stopped goes on where
it was, and forms_report.py can read scans with them. Empty the folder when candidates, features,
drawn pages or the fit have changed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from detector_report import calibration_table, class_table, figure_table, iou
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from synthetic_forms import draw_page

from perdure.core.digitise import acroform
from perdure.core.digitise.candidates import boxes_of, candidates_of
from perdure.core.digitise.choose import least_of, with_reach, without_overlap
from perdure.core.digitise.features import NAMES, features_of
from perdure.core.digitise.scorer import MODEL
from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.surface import surface_of
from perdure.core.digitise.vector import read_drawing
from perdure.core.digitise.words import words_of

PLACE = ("page_words", "page_strips", "page_ticks", "left", "right", "top")


@dataclass(frozen=True)
class Member:
    """Trees that err in their own way. blind: what they must not look at; drawn: the weight of drawn
    pages, as a share of the weight of the real forms; settings: of the fit.
    """

    blind: tuple[str, ...]
    drawn: float
    settings: dict[str, Any]


def _settings(trees: int, leaves: int, least: int, stiff: float, seen: float) -> dict[str, Any]:
    return {
        "max_iter": trees,
        "max_leaf_nodes": leaves,
        "min_samples_leaf": least,
        "l2_regularization": stiff,
        "max_features": seen,
    }


MEMBERS = (
    Member((), 0.8, _settings(130, 20, 20, 1.0, 0.3)),
    Member(PLACE, 0.8, _settings(160, 32, 12, 3.0, 0.2)),
)


@dataclass
class Sheet:
    """One page's candidates: features, and the IoU each has with its best true field; the true fields."""

    form: str
    agency: str
    variant: str
    page: int
    height: float
    boxes: Any
    ticks: Any
    rows: Any
    overlap: Any
    truth: Any
    truth_ticks: Any
    scanned: bool = False


def sheet_of(drawing: Drawing, truth: Any, truth_ticks: Any, score: Any, **names: Any) -> Sheet:
    words, surface = words_of(drawing.chars), surface_of(drawing)
    candidates = candidates_of(drawing, surface, words)
    boxes = boxes_of([candidate.box for candidate in candidates])
    ticks = np.array([candidate.tick for candidate in candidates], dtype=bool)
    overlap = np.zeros(len(candidates))
    if len(truth) and len(candidates):
        overlap = (score.iou(boxes, truth) * (ticks[:, None] == truth_ticks[None])).max(axis=1)
    rows = features_of(candidates, surface, words, scanned=drawing.scanned)
    found = {"boxes": boxes, "ticks": ticks, "rows": rows, "overlap": overlap}
    page = {"height": drawing.height, "scanned": drawing.scanned}
    return Sheet(truth=truth, truth_ticks=truth_ticks, **page, **found, **names)


def page_truth(fields: list[dict[str, Any]], page: int, height: float) -> tuple[Any, Any]:
    """Boxes of the true fields of a page, y downwards, and which of them are ticks."""
    here = [field for field in fields if field["page"] == page]
    spots = [field["bbox"] for field in here]
    turned = [[box[0], height - box[3], box[2], height - box[1]] for box in spots]
    ticks = np.array([field["kind"] == "checkbox" for field in here], dtype=bool)
    return np.array(turned).reshape(-1, 4), ticks


def synthetic(count: int, score: Any) -> list[Sheet]:
    sheets = []
    for seed in range(count):
        drawing, answers = draw_page(seed)
        truth = boxes_of([answer.box for answer in answers])
        ticks = np.array([answer.tick for answer in answers], dtype=bool)
        names = {"form": f"drawn-{seed}", "agency": "drawn", "variant": "drawn", "page": 0}
        sheets.append(sheet_of(drawing, truth, ticks, score, **names))
    return [sheet for sheet in sheets if len(sheet.rows)]


def real(folder: Path, variant: str, score: Any) -> tuple[list[Sheet], dict[str, list[dict[str, Any]]]]:
    """Sheets of all forms in a folder with a manifest.json, and the truth of each form."""
    manifest = json.loads((folder / "manifest.json").read_text())["forms"]
    sheets, truths = [], {}
    with tempfile.TemporaryDirectory() as scratch:
        for entry in manifest:
            source = folder / entry["file"]
            fields, _ = score.read_truth(source)
            truths[source.stem] = fields
            flat = Path(scratch) / source.name
            score.flatten(source, flat, boxes=variant != "bare")
            with pikepdf.open(flat) as pdf:
                frames = acroform.frames(pdf)
            document = pdfium.PdfDocument(flat)
            for page, frame in enumerate(frames):
                drawing = read_drawing(document[page], frame)
                names = {"form": source.stem, "agency": entry["agency"], "variant": variant, "page": page}
                sheets.append(sheet_of(drawing, *page_truth(fields, page, drawing.height), score, **names))
    return sheets, truths


def fit(
    sheets: Sequence[tuple[Sheet, float]], drawn: list[Sheet], members: Sequence[Member] = MEMBERS
) -> list[HistGradientBoostingClassifier]:
    """The members, each fitted to the same candidates; their log-odds are averaged. sheets: see lesson."""
    models = []
    for number, member in enumerate(members):
        rows, right, weight = lesson(sheets, drawn, member.drawn)
        rows[:, [NAMES.index(name) for name in member.blind]] = 0.0
        model = HistGradientBoostingClassifier(learning_rate=0.06, random_state=number, **member.settings)
        models.append(model.fit(rows, right, sample_weight=weight))
    return models


def lesson(sheets: Sequence[tuple[Sheet, float]], drawn: list[Sheet], share: float) -> tuple[Any, Any, Any]:
    """Measurements, whether right, and weights. sheets: real ones, and how often each counts; share: weight
    of the drawn pages, of that of the real ones.

    Each agency weighs as the square root of its number of forms: many alike teach little more. Of the
    candidates that touch hardly any field one in six is taken, of those far from right every second;
    these count for the others.
    """
    forms = Counter(agency for agency, _ in {(sheet.agency, sheet.form) for sheet, _ in sheets})
    weights = [np.full(len(sheet.rows), times * forms[sheet.agency] ** -0.5) for sheet, times in sheets]
    total, count = sum(part.sum() for part in weights), sum(len(sheet.rows) for sheet in drawn)
    weights += [np.full(len(sheet.rows), share * total / max(count, 1)) for sheet in drawn]
    taught = [*(sheet for sheet, _ in sheets), *drawn]
    rows = np.vstack([sheet.rows for sheet in taught])
    overlap, weight = np.concatenate([sheet.overlap for sheet in taught]), np.concatenate(weights)
    taken = np.ones(len(rows), dtype=bool)
    for low, high, one_in in ((-1.0, 0.1, 6), (0.1, 0.35, 2)):
        band = (overlap >= low) & (overlap < high)
        weight[band] *= one_in
        taken &= ~band | (np.cumsum(band) % one_in == 0)
    return rows[taken], overlap[taken] >= 0.5, weight[taken]


def once(sheets: list[Sheet]) -> list[tuple[Sheet, float]]:
    """Print sheets, and the bare ones that differ from them; how often each counts.

    A bare copy that is like its print copy is taken once and counts twice.
    """
    by_page = {(sheet.form, sheet.page): sheet for sheet in sheets if sheet.variant == "print"}
    differ = {
        (sheet.form, sheet.page): sheet
        for sheet in sheets
        if sheet.variant == "bare" and not np.array_equal(sheet.rows, by_page[sheet.form, sheet.page].rows)
    }
    prints = [(sheet, 1.0 if page in differ else 2.0) for page, sheet in by_page.items()]
    return prints + [(sheet, 1.0) for sheet in differ.values()]


def probability(models: list[HistGradientBoostingClassifier], rows: Any) -> Any:
    """What the stored trees will say: the mean log-odds of the members."""
    return 1 / (1 + np.exp(-np.mean([model.decision_function(rows) for model in models], axis=0)))


def folds(sheets: list[Sheet], drawn: list[Sheet], folder: Path | None = None) -> dict[str, Any]:
    """For each agency the models that were fitted to all others."""
    models = {}
    for number, agency in enumerate(sorted({sheet.agency for sheet in sheets})):
        others = [sheet for sheet in sheets if sheet.agency != agency]
        models[agency] = kept(folder, f"without-{number}.pickle", partial(fit, once(others), drawn))
        print(f"without {agency}: done", flush=True)
    return models


def held_out(sheets: list[Sheet], models: dict[str, Any]) -> list[tuple[Sheet, Any]]:
    """Every page with the probabilities of trees that never saw its agency."""
    answers = []
    for agency in sorted(models):
        own = [sheet for sheet in sheets if sheet.agency == agency and len(sheet.rows)]
        answers += [(sheet, probability(models[agency], sheet.rows)) for sheet in own]
    return answers


def fold_name(agency: str, kind: str = "") -> str:
    """The file in which --kept has the trees that never saw an agency. kind: "scans-" for those of scans."""
    return f"{kind}without-{'-'.join(re.findall('[a-z]+', agency.lower()))}.npz"


def store_folds(
    models: dict[str, Any], answers: list[tuple[Sheet, Any]], folder: Path, kind: str = ""
) -> None:
    """Write the trees of each agency left out, with a curve that never saw it either; see forms_report.py."""
    for agency, trees in models.items():
        others = [pair for pair in answers if pair[0].agency != agency]
        store(trees, calibration(others), folder / fold_name(agency, kind))


def kept(folder: Path | None, name: str, make: Callable[[], Any]) -> Any:
    """What is kept in a folder under a name; made and kept where it is not there yet."""
    path = folder / name if folder else None
    if path and path.exists():
        return pickle.loads(path.read_bytes())
    made = make()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".part").write_bytes(pickle.dumps(made))
        path.with_suffix(".part").rename(path)
    return made


def curve_of(given: Any, right: Any) -> IsotonicRegression:
    """From probability to the share of chosen fields that are right."""
    return IsotonicRegression(out_of_bounds="clip", y_min=0.02, y_max=0.995).fit(given, right)


def calibration(answers: list[tuple[Sheet, Any]]) -> tuple[Any, Any]:
    """The curve over all held-out answers, at 41 stops."""
    stops = np.linspace(0, 1, 41)
    return stops, curve_of(*chosen(answers)).predict(stops)


def held_out_confidence(answers: list[tuple[Sheet, Any]], variant: str) -> tuple[Any, Any]:
    """Confidence of the fields of one kind of copy by a curve that never saw their agency, and if right."""
    given, right = [], []
    for agency in sorted({sheet.agency for sheet, _ in answers}):
        own = [pair for pair in answers if pair[0].agency == agency and pair[0].variant == variant]
        curve = curve_of(*chosen([pair for pair in answers if pair[0].agency != agency]))
        probability, hits = chosen(own)
        given.append(curve.predict(probability))
        right.append(hits)
    return np.concatenate(given), np.concatenate(right)


def chosen(answers: list[tuple[Sheet, Any]]) -> tuple[Any, Any]:
    """Probability of each chosen field, and whether the box given for it is right."""
    given, right = [], []
    for sheet, probability in answers:
        indices, reach = taken(sheet, probability)
        near = iou(reach, sheet.truth) * (sheet.ticks[indices][:, None] == sheet.truth_ticks[None])
        given += [probability[index] for index in indices]
        right += (near.max(axis=1, initial=0) >= 0.5).astype(float).tolist()
    return np.array(given), np.array(right)


def taken(sheet: Sheet, probability: Any) -> tuple[list[int], Any]:
    """The candidates that are chosen on a page, and the box given for each, as the product does."""
    least = least_of(sheet.ticks, scanned=sheet.scanned)
    indices = without_overlap(sheet.boxes, probability, least)
    return indices, with_reach(sheet.boxes, probability, sheet.ticks, indices)


def expected_error(given: Any, right: Any) -> float:
    """Expected calibration error over ten equal bins."""
    bins = np.minimum((given * 10).astype(int), 9)
    gaps = [abs(given[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)]
    return float(sum(gaps))


def report(
    answers: list[tuple[Sheet, Any]], truths: dict[str, Any], score: Any, variant: str
) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    agencies = {sheet.form: sheet.agency for sheet, _ in answers}
    for sheet, probability in answers:
        if sheet.variant != variant:
            continue
        for index, (x0, y0, x1, y1) in zip(*taken(sheet, probability), strict=True):
            box = [x0, sheet.height - y1, x1, sheet.height - y0]
            kind = "checkbox" if sheet.ticks[index] else "text"
            found[sheet.form].append({"page": sheet.page, "bbox": box, "kind": kind, "label": ""})
    rows = [
        {"file": form, "pages": 1, "seconds": 0.0, **score.score_form(truth, found[form])}
        for form, truth in truths.items()
    ]
    whole = score.summarise(rows, [])
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        parts[agencies[row["file"]]].append(row)
    by_agency = {name: score.summarise(part, [])["iou50"]["f1"] for name, part in sorted(parts.items())}
    return {
        "micro": whole["iou50"],
        "macro_f1": whole["iou50_macro_f1"],
        "entry": whole["iou50_entry"],
        "ticks": whole["iou50_checkbox"],
        "by_agency": by_agency,
    }


def store(models: list[HistGradientBoostingClassifier], curve: tuple[Any, Any], target: Path) -> None:
    """Write the trees of all members as plain arrays, so that their sum is the mean log-odds.

    A leaf has left = -1.
    """
    parts: dict[str, list[Any]] = defaultdict(list)
    start = 0
    for tree in (tree for model in models for (tree,) in model._predictors):
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, -1, nodes["left"].astype(np.int64) + start))
        parts["right"].append(np.where(leaf, -1, nodes["right"].astype(np.int64) + start))
        parts["value"].append(nodes["value"] / len(models))
        parts["root"].append(np.array([start]))
        start += len(nodes)
    kinds = {"feature": np.int16, "threshold": np.float64, "value": np.float32}
    arrays = {name: np.concatenate(part).astype(kinds.get(name, np.int32)) for name, part in parts.items()}
    baseline = np.mean([np.ravel(model._baseline_prediction)[0] for model in models])
    np.savez_compressed(target, baseline=baseline, certain=curve[0], right_share=curve[1], **arrays)


def load_scorer(path: Path) -> Any:
    found = importlib.util.spec_from_file_location("score", path)
    if found is None or found.loader is None:
        raise SystemExit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def measured(asked: argparse.Namespace, score: Any) -> tuple[list[Sheet], Any, list[Sheet]]:
    """Real sheets (print and bare), the truth of each form, drawn sheets."""
    sheets, truths = real(asked.forms, "print", score)
    sheets += real(asked.forms, "bare", score)[0]
    return sheets, truths, synthetic(asked.synthetic, score)


def markdown(answers: list[tuple[Sheet, Any]], figures: dict[str, dict[str, Any]]) -> str:
    """The whole report, one section a question."""
    parts = ["# The field detector on agencies left out", "", *figure_table(figures)]
    for variant in figures:
        pages = [
            (sheet, *taken(sheet, probability)) for sheet, probability in answers if sheet.variant == variant
        ]
        given, right = held_out_confidence(answers, variant)
        parts += ["", f"## What goes wrong: {variant}", "", *class_table(pages)]
        parts += ["", f"## How sure it is: {variant}", "", *calibration_table(given, right)]
        parts += ["", f"Expected calibration error: {expected_error(given, right):.3f}"]
    return "\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--forms", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--synthetic", type=int, default=510)
    parser.add_argument("--only-report", action="store_true")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    score = load_scorer(asked.scorer)
    sheets, truths, drawn = kept(asked.kept, "pages.pickle", partial(measured, asked, score))
    models = folds(sheets, drawn, asked.kept)
    answers = held_out(sheets, models)
    if asked.kept:
        store_folds(models, answers, asked.kept)
    figures = {variant: report(answers, truths, score, variant) for variant in ("print", "bare")}
    text = markdown(answers, figures)
    print(text)
    if asked.report:
        asked.report.write_text(text)
    if not asked.only_report:
        store(fit(once(sheets), drawn), calibration(answers), MODEL)


if __name__ == "__main__":
    main()
