"""What the page or the whole form says: its language, its title, and what only the office fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.values import Line, Page
from perdure.core.kernel.geometry import Box

_COMMON = {
    "en": "the of and to in for is or your you if this be not have are a any on from must",
    "de": "der die das und ist nicht zu von mit sie ich ein eine bitte oder den des für im wenn",
    "fr": "le la les de des et du est vous votre ou pour dans une un en si au par sur",
    "es": "el la los las de del y en es su para por una un que con o si al no",
}
LEAST_VOTES = 8

_OFFICE = re.compile(
    "|".join(
        (
            r"office use|official use|(?:for|to be completed by) (?:\w+ ){0,3}(?:use only|office)",
            r"do not (?:write|mark|use) in this|do not write below|date stamp",
            r"(?:revenue|agency|staff|internal) use|use only\b",
            r"nur für (?:amtliche|dienstliche)|vom amt auszufüllen|nicht vom antragsteller",
            r"bearbeitungsvermerk|eingangsstempel|cadre réservé|réservé à l.administration",
            r"ne rien (?:écrire|inscrire)|uso (?:oficial|exclusivo|interno)|espacio reservado|no escriba",
        )
    ),
    re.IGNORECASE,
)


def language_of(pages: Sequence[Page]) -> str:
    """A vote of common little words; "" when too few are found or two languages are near."""
    words = [word.text.lower().strip(".,:;()") for page in pages for word in page.words]
    votes = sorted(((_count(words, common), name) for name, common in _COMMON.items()), reverse=True)
    (most, name), (second, _) = votes[0], votes[1]
    return name if most >= LEAST_VOTES and most > 1.3 * second else ""


def _count(words: Sequence[str], common: str) -> int:
    known = set(common.split())
    return sum(word in known for word in words)


def title_of(pages: Sequence[Page], declared: str) -> str:
    """The largest print near the top of the first page, else what the file calls itself."""
    declared = " ".join(declared.split())
    if not pages:
        return declared
    first = pages[0]
    top = [line for line in first.lines if line.box.y1 < 0.45 * first.height and _titular(line.text)]
    if not top:
        return declared
    heights = [line.size or line.box.height for line in top]
    largest = max(heights)
    body = sorted(heights)[len(heights) // 2]
    if largest < 1.12 * body:
        bold = [line for line in top if line.bold and len(line.text) > 8]
        return bold[0].text if bold else (declared or top[0].text)
    big = [line for line, height in zip(top, heights, strict=True) if height > 0.88 * largest]
    return _joined(big)


def _titular(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= 6 and letters > 0.6 * len(text.replace(" ", ""))


def _joined(lines: Sequence[Line]) -> str:
    """The first large line with those that follow it closely."""
    parts = [lines[0]]
    for line in lines[1:]:
        near = line.box.y0 - parts[-1].box.y1 < 1.2 * line.box.height
        if near and len(parts) < 4:
            parts.append(line)
    return " ".join(part.text for part in parts)[:200]


def office_areas(lines: Sequence[Line], cells: Sequence[Box]) -> list[Box]:
    """Parts of a page that the office fills in: the cell of such a notice, or the band under it."""
    areas = []
    for line in lines:
        if not _OFFICE.search(line.text) or len(line.text) > 140:
            continue
        holding = [cell for cell in cells if cell.contains(*line.box.centre)]
        if holding:
            areas.append(min(holding, key=lambda cell: cell.area))
        else:
            areas.append(Box(line.box.x0 - 10, line.box.y0 - 2, line.box.x1 + 10, line.box.y1 + 22))
    return areas
