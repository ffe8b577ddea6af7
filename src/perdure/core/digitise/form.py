"""Put the stages together: drawings and declared fields become a PaperForm."""

from __future__ import annotations

from collections.abc import Sequence

from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.values import Field, Page, PaperForm, Word
from perdure.core.digitise.words import lines_of, words_of


def build_form(
    drawings: Sequence[Drawing], declared: Sequence[Field], *, title: str, sha256: str
) -> PaperForm:
    """Fields the file declares are taken as they are; else they are found in the drawings."""
    pages = []
    for number, drawing in enumerate(drawings, start=1):
        words = words_of(drawing.chars)
        pages.append(_page(number, drawing, words))
    return PaperForm(
        title=title, pages=tuple(pages), fields=tuple(declared), fillable=bool(declared), sha256=sha256
    )


def _page(number: int, drawing: Drawing, words: Sequence[Word]) -> Page:
    return Page(
        number=number,
        width=round(drawing.width, 2),
        height=round(drawing.height, 2),
        words=tuple(words),
        lines=tuple(lines_of(words)),
        scanned=drawing.scanned,
    )
