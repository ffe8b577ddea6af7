"""Write down what the field detector gets right and wrong on forms held out, as Markdown.

Used by train_detector.py. A field counts as found when a box of its kind has IoU 0.5 with it. A miss
is one of: never proposed (no candidate reaches 0.5), passed over (a candidate does, another or none
was taken). A false box touches a true field or stands alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

CLASSES = (
    *("true", "found"),
    *("missed: never proposed, nothing near", "missed: never proposed, box of another extent"),
    *("missed: proposed, another box taken", "missed: proposed, nothing taken"),
    *("false: touches a true field", "false: stands alone"),
)


def overlaps(boxes: Any, others: Any) -> Any:
    """(n, m) shared area of two arrays of boxes."""
    one, other = boxes[:, None], others[None]
    wide = np.minimum(one[..., 2], other[..., 2]) - np.maximum(one[..., 0], other[..., 0])
    high = np.minimum(one[..., 3], other[..., 3]) - np.maximum(one[..., 1], other[..., 1])
    return np.maximum(wide, 0) * np.maximum(high, 0)


def iou(boxes: Any, others: Any) -> Any:
    shared = overlaps(boxes, others)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    other = (others[:, 2] - others[:, 0]) * (others[:, 3] - others[:, 1])
    return shared / np.maximum(area[:, None] + other[None] - shared, 0.1)


def classes_of(sheet: Any, kept: list[int], reach: Any) -> Counter[str]:
    """How the fields and the chosen boxes of one page fall into CLASSES. reach: the box given for each."""
    truth, ticks = sheet.truth, sheet.truth_ticks
    if not len(truth):
        return Counter({"false: stands alone": len(kept)})
    alike = sheet.ticks[:, None] == ticks[None]
    near = iou(sheet.boxes, truth) * alike
    touched = overlaps(reach, truth) > 0
    hits, used = pairs(iou(reach, truth) * alike[kept])
    table = Counter({"true": len(truth), "found": len(hits)})
    for index in set(range(len(truth))) - hits:
        if near[:, index].max(initial=0) < 0.5:
            name = "box of another extent" if near[:, index].max(initial=0) > 0.1 else "nothing near"
            table[f"missed: never proposed, {name}"] += 1
        else:
            taken = "another box" if touched[:, index].any() else "nothing"
            table[f"missed: proposed, {taken} taken"] += 1
    for index in set(range(len(kept))) - used:
        table[f"false: {'touches a true field' if touched[index].any() else 'stands alone'}"] += 1
    return table


def pairs(near: Any) -> tuple[set[int], set[int]]:
    """Match one to one by falling IoU, at least 0.5: columns matched, rows matched."""
    hits: set[int] = set()
    used: set[int] = set()
    for row, column in sorted(np.argwhere(near >= 0.5).tolist(), key=lambda pair: -near[pair[0], pair[1]]):
        if row not in used and column not in hits:
            used.add(row)
            hits.add(column)
    return hits, used


def class_table(pages: Iterable[tuple[Any, list[int], Any]]) -> list[str]:
    """One row an error class, one column an agency. pages: a sheet, the indices chosen on it, their boxes."""
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    for sheet, kept, reach in pages:
        tables[sheet.agency].update(classes_of(sheet, kept, reach))
    names = sorted(tables)
    lines = [row_of("", *names, "all"), row_of(*["---"] * (len(names) + 2))]
    for name in CLASSES:
        counts = [tables[agency][name] for agency in names]
        lines.append(row_of(name, *counts, sum(counts)))
    return lines


def figure_table(figures: dict[str, dict[str, Any]]) -> list[str]:
    """Micro, macro, entries and ticks of each kind of copy, then F1 of each agency."""
    lines = [row_of("copy", "micro F1", "macro F1", "entries F1", "ticks F1"), row_of(*["---"] * 5)]
    for name, all_of in figures.items():
        shares = (
            all_of["micro"]["f1"],
            all_of["macro_f1"],
            all_of["entry"]["f1"],
            all_of["ticks"]["f1"],
        )
        lines.append(row_of(name, *(f"{share:.3f}" for share in shares)))
    lines += ["", row_of("agency left out", *figures), row_of(*["---"] * (len(figures) + 1))]
    for agency in next(iter(figures.values()))["by_agency"]:
        lines.append(row_of(agency, *(f"{part['by_agency'][agency]:.3f}" for part in figures.values())))
    return lines


def calibration_table(given: Any, right: Any) -> list[str]:
    """Ten bins of confidence: how many fields, what they were given, what share was right."""
    lines = [row_of("confidence", "fields", "mean given", "share right"), row_of(*["---"] * 4)]
    bins = np.minimum((given * 10).astype(int), 9)
    for index in sorted(set(bins.tolist())):
        held = bins == index
        span = f"{index / 10:.1f} to {(index + 1) / 10:.1f}"
        lines.append(row_of(span, int(held.sum()), f"{given[held].mean():.3f}", f"{right[held].mean():.3f}"))
    return lines


def row_of(*parts: object) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(part) for part in parts) + " |"
