"""Put the stages together: drawings and declared fields become a PaperForm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.bands import with_bands
from perdure.core.digitise.candidates import candidates_of
from perdure.core.digitise.choose import Found, choose
from perdure.core.digitise.frame import turned_back
from perdure.core.digitise.kinds import format_of, is_signature, kind_of
from perdure.core.digitise.labels import Label, label_fields
from perdure.core.digitise.scorer import Trees, trees
from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.surface import Surface, surface_of
from perdure.core.digitise.values import Field, Kind, Line, Page, PaperForm, Widget, Word
from perdure.core.digitise.whole import language_of, office_areas, title_of
from perdure.core.digitise.words import lines_of, words_of
from perdure.core.kernel.geometry import Box


def build_form(
    drawings: Sequence[Drawing],
    declared: Sequence[Field],
    *,
    title: str,
    sha256: str,
    model: Trees | None = None,
) -> PaperForm:
    """Fields the file declares are taken as they are; else they are found in the drawings.

    model  the weigher to use for every page; those that come with the package when None
    """
    pages: list[Page] = []
    fields: list[Field] = []
    for number, drawing in enumerate(drawings, start=1):
        words = words_of(drawing.chars)
        surface = surface_of(drawing)
        page = _page(number, drawing, words, surface)
        mine = [field for field in declared if field.page == number]
        weigher = model or trees(scanned=drawing.scanned)
        found = _named(mine, page, surface) if declared else _found(drawing, surface, page, weigher)
        if drawing.skew:
            page, found = _as_shown(page, drawing), [_field_as_shown(field, drawing) for field in found]
        pages.append(page)
        fields += found
    return PaperForm(
        title=title_of(pages, title),
        pages=tuple(pages),
        fields=tuple(fields),
        fillable=bool(declared),
        language=language_of(pages),
        sha256=sha256,
    )


def _page(number: int, drawing: Drawing, words: Sequence[Word], surface: Surface) -> Page:
    cuts = [rule.box for rule in surface.upright if rule.box.height > 8]
    lines = with_bands(lines_of(words, cuts=cuts), drawing, surface)
    return Page(
        number=number,
        width=round(drawing.width, 2),
        height=round(drawing.height, 2),
        words=tuple(words),
        lines=tuple(lines),
        scanned=drawing.scanned,
    )


def _as_shown(page: Page, drawing: Drawing) -> Page:
    """Put the words of a straightened page back to where the scan shows them."""
    words = [word.model_copy(update={"box": turned_back(word.box, drawing).rounded()}) for word in page.words]
    lines = [_line_as_shown(line, drawing) for line in page.lines]
    return page.model_copy(update={"words": tuple(words), "lines": tuple(lines)})


def _line_as_shown(line: Line, drawing: Drawing) -> Line:
    band = line.band and turned_back(line.band, drawing).rounded()
    return line.model_copy(update={"box": turned_back(line.box, drawing).rounded(), "band": band})


def _field_as_shown(field: Field, drawing: Drawing) -> Field:
    return field.model_copy(update={"box": turned_back(field.box, drawing).rounded()})


def _found(drawing: Drawing, surface: Surface, page: Page, model: Trees) -> list[Field]:
    candidates = candidates_of(drawing, surface, page.words)
    chosen = choose(candidates, surface, page.words, model, scanned=drawing.scanned)
    found = [item for item in chosen if not (item.tick and _shows_a_mark(item.box, drawing.slants))]
    labels = label_fields(found, page.words, surface)
    office = office_areas(page.lines, [cell.box for cell in surface.cells])
    return [
        _as_field(item, label, f"p{page.number}-{index}", page, office)
        for index, (item, label) in enumerate(zip(found, labels, strict=True), start=1)
    ]


def _shows_a_mark(square: Box, slants: Sequence[Box]) -> bool:
    """Is a mark drawn in the square already? Then the form shows how to mark one, and asks nothing."""
    within = (slant for slant in slants if square.contains(*slant.centre))
    return any(0.3 * square.height <= slant.height <= 1.2 * square.height for slant in within)


def _as_field(found: Found, label: Label, name: str, page: Page, office: Sequence[Box]) -> Field:
    before, after = _beside(found.box, page.words)
    reach = found.reach or found.box
    said = "" if found.tick else format_of(label.text, before=before, after=after)
    kind = Kind.TICK if found.tick else _kind(label.text, said, found.box, before, after)
    widget = Widget.TICK if found.tick else Widget.SIGNATURE if kind is Kind.SIGNATURE else Widget.TEXT
    return Field(
        id=name,
        page=page.number,
        box=reach.rounded(),
        widget=widget,
        kind=kind,
        label=label.text,
        group_label=label.group,
        row_label=label.row,
        column_label=label.column,
        confidence=found.confidence,
        cells=found.cells,
        max_length=found.cells or None,
        multiline=not found.tick and reach.height >= 30,
        format=said,
        office_use=any(area.contains(*found.box.centre) for area in office),
    )


def _kind(label: str, format: str, box: Box, before: str, after: str) -> Kind:
    return kind_of(label, format=format, height=box.height, before=before, after=after)


def _named(declared: Sequence[Field], page: Page, surface: Surface) -> list[Field]:
    """Declared fields in reading order with the label printed near them, and their kind."""
    ordered = sorted(declared, key=lambda field: (round(field.box.y1 / 6), field.box.x0))
    found = [_as_found(field, surface) for field in ordered]
    labels = label_fields(found, page.words, surface)
    office = office_areas(page.lines, [cell.box for cell in surface.cells])
    fields = []
    for index, (field, label) in enumerate(zip(ordered, labels, strict=True), start=1):
        text = _better(field, label.text)
        before, after = _beside(field.box, page.words)
        kind, said = field.kind, ""
        if field.widget is Widget.TEXT:
            said = format_of(text, before=before, after=after)
            kind = _kind(text, said, field.box, before, after)
            kind = Kind.TEXT if kind is Kind.SIGNATURE and not is_signature(label.text) else kind
        change = {
            "id": f"p{page.number}-{index}",
            "label": text,
            "printed": label.text,
            "group_label": label.group,
            "row_label": label.row,
            "column_label": label.column,
            "kind": kind,
            "format": said,
            "office_use": any(area.contains(*field.box.centre) for area in office),
        }
        fields.append(field.model_copy(update=change))
    return fields


_MACHINE_MADE = re.compile(
    r"(?i)^(?:radio ?button ?list|check ?box|text ?field|group|button|untitled)\W*\d*\W*$"
)


def _better(field: Field, printed: str) -> str:
    """A tick is named by the print beside it; a box by its tooltip, when a person wrote that."""
    told = "" if _MACHINE_MADE.match(field.label) else field.label
    if field.widget in {Widget.TICK, Widget.RADIO}:
        return printed or told
    return told or printed


def _as_found(field: Field, surface: Surface) -> Found:
    """A declared field as the label stage sees it: on a rule, or in a cell."""
    from perdure.core.digitise.candidates import Source

    tick = field.widget in {Widget.TICK, Widget.RADIO}
    if tick:
        return Found(field.box, True, Source.SQUARE, 1.0)
    on_rule = any(
        abs(rule.box.y0 - field.box.y1) < 4 and rule.box.x0 < field.box.x1 and rule.box.x1 > field.box.x0
        for rule in surface.across
        if rule.box.width < 1.2 * field.box.width + 6
    )
    boxed = any(cell.box.iou(field.box) > 0.4 for cell in surface.cells)
    return Found(field.box, False, Source.STRIP if on_rule and not boxed else Source.CELL, 1.0)


SIDE = 14.0  # points from a box to the print that belongs to it
SPACE = 5.0  # points between two words behind a box that go together
BEHIND = 4  # words behind a box that may tell its format


def _beside(box: Box, words: Sequence[Word]) -> tuple[str, str]:
    """The word right before a box on its row, and the first words right behind it."""
    middle = (box.y0 + box.y1) / 2
    row = [word for word in words if word.box.y0 - 3 < middle < word.box.y1 + 3]
    left = [word for word in row if -3 < box.x0 - word.box.x1 < SIDE]
    before = max(left, key=lambda word: word.box.x1).text if left else ""
    behind: list[Word] = []
    for word in sorted(row, key=lambda word: word.box.x0):
        end = behind[-1].box.x1 if behind else box.x1
        if -3 < word.box.x0 - end < (SPACE if behind else SIDE) and len(behind) < BEHIND:
            behind.append(word)
    return before, " ".join(word.text for word in behind)
