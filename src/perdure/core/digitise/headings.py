"""Which printed lines are headings: by their numbers, their print, and the strip they stand on.

    SECTION II: MILITARY SERVICE          numbered, with a word that says so
    A. You and your home / B. ...         numbered in a series, set apart from the text by its print
    PERSONAL INFORMATION                  bold capitals, larger print, or on a strip of its own

When a form has numbered headings, those are its sections, with others that look just like them.
A line that names a box on its row is a label, however it is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from perdure.core.digitise.values import Field, Line, Page, PaperForm, Widget
from perdure.core.digitise.wording import SECTION, plain, take_brackets, tidy
from perdure.core.kernel.geometry import Box

ROMAN = dict(
    zip(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"),
        range(1, 16),
        strict=True,
    )
)
_NOT_A_HEADING = re.compile(
    r"(?i)omb (?:control|approved|no)|respondent burden|expiration|^page \d|^seite \d|^form\b|\bform \d"
    r"|\bcontinued on\b|^\W*\(?\d[\d\s().-]*$|www\.|@|\b\d{5}\b"
)
_OPEN = re.compile(r"(?i)^(?:or|and|of|und|oder|et|ou|y|o)\s|\b(?:of|the|and|or|for|to|in|by|with)\W*$")
_SENTENCE = re.compile(
    r"(?i)\b(?:we|if|do not|please|will|must|should|check|complete|continued?|see|attach|bitte|wenn)\b"
)
_BARE = re.compile(
    r"^(?P<number>[A-Z]|\d{1,2}|[IVX]{2,5})(?P<cut>\s*[.):]+\s*|\s+[–—-]\s+|\s+|$)(?P<title>.*)$", re.S
)
BESIDE = 40.0  # points from a heading to a box on its row that makes it a label
NEXT = 70.0  # points from a lone number to its title
LONGEST = 90  # characters
NEARLY_ALL = 0.75  # share of the fields of a form under one heading that makes it no section


@dataclass(frozen=True)
class Heading:
    """A printed heading. strong: it says Section, Part ... with a number, or looks as those do.

    span  the strip it stands on, when that is narrower than the page: it heads a column
    """

    page: int
    box: Box
    title: str
    strong: bool
    span: Box | None = None


@dataclass(frozen=True, eq=False)
class _Print:
    """A line that may be a heading.

    text   its words, with the title that stands apart from its number
    usual  the usual size of print on its page, in points
    named  it names a box on its row
    """

    page: Page
    line: Line
    text: str
    usual: float
    named: bool = False

    @property
    def size(self) -> float:
        return self.line.size or 0.8 * self.line.box.height

    @property
    def larger(self) -> float:
        return self.size / self.usual if self.usual else 1.0

    @property
    def look(self) -> tuple[bool, bool, int]:
        """What headings of one level share: strip, weight and size."""
        return self.line.band is not None, self.line.bold, round(self.size)


def headings(form: PaperForm) -> list[Heading]:
    """The headings of a form from top to bottom; when there are numbered ones, those and their like."""
    prints = [one for page in form.pages for one in _prints(page, form.fields)]
    strong = [one for one in prints if _is_numbered(one)]
    strong += [one for one in _series(prints, form.fields) if one not in strong]
    if len(strong) > 1:
        looks = {one.look for one in strong if one.line.band is not None}
        chosen = [one for one in prints if one in strong or (one.look in looks and _is_heading(one))]
    else:
        plainer = _without_title([one for one in prints if _is_heading(one)], form)
        plainer = _that_part([*strong, *plainer], form.fields)
        chosen = [one for one in prints if one in strong or one in plainer]
    return _merged([_heading(one, strong=one in strong) for one in chosen])


def without_strips(form: PaperForm) -> PaperForm:
    """The form without boxes that are the strip of a numbered heading; ids count on without gaps."""
    strips = {(one.page, one.box) for one in headings(form) if one.strong}
    lines = [(page.number, line) for page in form.pages for line in page.lines]
    lines = [(number, line) for number, line in lines if (number, line.box) in strips]
    made = {
        each.id
        for each in form.fields
        if any(number == each.page and _is_made_of(line, each.box) for number, line in lines)
    }
    if form.fillable or not made:
        return form
    kept: list[Field] = []
    counted: Counter[int] = Counter()
    for each in form.fields:
        if each.id not in made:
            counted[each.page] += 1
            kept.append(each.model_copy(update={"id": f"p{each.page}-{counted[each.page]}"}))
    return form.model_copy(update={"fields": tuple(kept)})


def _without_title(found: Sequence[_Print], form: PaperForm) -> list[_Print]:
    """Without the title of the form, what stands above it, and what stands side by side."""
    name = set(_words(form.title))
    titles = [one for one in found if set(_words(one.text)) <= name]
    ends = max((one.line.box.y0 for one in titles if one.page.number == 1), default=0.0)
    rest = [one for one in found if one not in titles and (one.page.number > 1 or one.line.box.y0 > ends)]
    return [one for one in rest if not any(_side_by_side(one, other) for other in rest)]


def _that_part(found: Sequence[_Print], fields: Sequence[Field]) -> list[_Print]:
    """Without one under which nearly all fields stand: it tells the whole form and not a part of it."""
    ordered = sorted(found, key=_place)
    places = [_place(one) for one in ordered]
    under = Counter(bisect_right(places, (each.page, each.box.centre[1])) for each in fields)
    most = NEARLY_ALL * len(fields)
    return [one for at, one in enumerate(ordered, start=1) if under[at] <= most]


def _place(one: _Print) -> tuple[int, float]:
    return one.page.number, one.line.box.centre[1]


def _side_by_side(one: _Print, other: _Print) -> bool:
    """Two of a row are heads of columns, not headings."""
    level = abs(one.line.box.centre[1] - other.line.box.centre[1]) < 3
    return one is not other and one.page is other.page and level


def heading_title(text: str) -> str:
    """A heading in plain words: its number in digits, its title as a sentence."""
    text = tidy(text)
    found = SECTION.match(text)
    if not found:
        bare = _BARE.match(text)
        if bare and (bare["cut"].strip() or not bare["title"]):
            title = plain(take_brackets(bare["title"])[0])
            return f"{bare['number']}. {title}" if title else bare["number"]
        return plain(take_brackets(text)[0])
    number = found["number"].upper()
    word = found["word"].capitalize()
    if number in ROMAN and word in ("Section", "Part", "Schedule", "Step"):
        number = str(ROMAN[number])
    core, _ = take_brackets(found["title"].strip())
    title = plain(core.split(". ")[0])
    return f"{word} {number}: {title}" if title else f"{word} {number}"


def _heading(one: _Print, *, strong: bool) -> Heading:
    band = one.line.band
    narrow = band is not None and band.width < 0.7 * one.page.width
    bare = _BARE.match(tidy(one.text)) if strong else None
    words = f"{bare['number']}. {bare['title']}" if bare and bare["title"] else one.text
    return Heading(one.page.number, one.line.box, heading_title(words), strong, band if narrow else None)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _prints(page: Page, fields: Sequence[Field]) -> list[_Print]:
    """Every line of a page that is short enough, from top to bottom."""
    sizes = [line.size or 0.8 * line.box.height for line in page.lines]
    usual = median(sizes) if sizes else 0.0
    here = [each for each in fields if each.page == page.number]
    ordered = sorted(page.lines, key=lambda line: (line.box.y0, line.box.x0))
    return [
        _Print(page, line, _with_title(line, ordered), usual, _names_a_box(line, here))
        for line in ordered
        if len(line.text) <= 160
    ]


def _with_title(line: Line, lines: Iterable[Line]) -> str:
    """A number alone has its title right beside it: in the next cell, or after a wide gap."""
    alone = SECTION.match(tidy(line.text)) or _BARE.match(line.text)
    if not alone or alone["title"]:
        return line.text
    beside = [
        other
        for other in lines
        if 0 < other.box.x0 - line.box.x1 < NEXT
        and abs(other.box.centre[1] - line.box.centre[1]) < 0.6 * max(line.box.height, other.box.height)
    ]
    title = min(beside, key=lambda other: other.box.x0).text if beside else ""
    return f"{line.text} {title}".strip() if _says_a_title(title) else line.text


def _says_a_title(text: str) -> bool:
    """Short words that are neither a sentence nor the words around a blank."""
    if not 4 <= len(text) <= LONGEST or text.endswith((",", ";", "?", ".")):
        return False
    return not re.search(r"[_…]|\.{3}", text) and not _SENTENCE.search(text)


def _names_a_box(line: Line, fields: Iterable[Field]) -> bool:
    """Does a box stand beside the line, right under its start, or a tick before it?"""
    others = [field for field in fields if not _is_made_of(line, field.box)]
    return any(_is_beside(line.box, field) or _is_right_under(line, field.box) for field in others)


def _is_made_of(line: Line, box: Box) -> bool:
    """Is the box nothing but the strip of a numbered bold line, which looks like a place to write?"""
    band, bare = line.band, _BARE.match(tidy(line.text))
    numbered = SECTION.match(tidy(line.text)) or (bare and bare["cut"].strip())
    if band is None or not line.bold or not numbered:
        return False
    ends = abs(box.x1 - band.x1) < 4 and abs(box.y1 - band.y1) < 6
    return ends and box.x0 > band.x0 - 4 and (box.contains(*line.box.centre) or box.x0 > line.box.x1 - 4)


def _is_beside(line: Box, field: Field) -> bool:
    box = field.box
    if not box.y0 < line.centre[1] < box.y1 + 3:
        return False
    before, after = line.x0 - box.x1, box.x0 - line.x1
    if field.widget in (Widget.TICK, Widget.RADIO):
        return -4 < before < 22
    return -4 < after < BESIDE or -4 < before < BESIDE or box.contains(*line.centre)


def _is_right_under(line: Line, box: Box) -> bool:
    """A caption stands at the left edge of its box; a strip across the page is no caption."""
    near = -2 < box.y0 - line.box.y1 < 14 and abs(box.x0 - line.box.x0) < 12
    return near and line.band is None and box.height > 10


def _is_numbered(one: _Print) -> bool:
    """ "Section 2", "Part A": bold, in capitals, or followed by a dash or colon."""
    found = SECTION.match(tidy(one.text))
    if not found or found["word"].lower() == "box" or len(one.text) > 160:
        return False
    title, cut = found["title"], found["cut"]
    starts_big = title[:1].isupper() or not title
    said = one.line.bold or one.text[:4].isupper() or cut.strip() in (":", "-", "–", "—", ".")
    said = said or one.line.band is not None
    return bool(starts_big and said and not re.match(r"(?i)(of|is|must|and|or|if|to|on)\b", title))


def _series(prints: Sequence[_Print], fields: Sequence[Field]) -> list[_Print]:
    """Lines that count up in one look: A, B, C; I, II, III; or 1, 2, 3 in larger print or on strips."""
    kinds: dict[tuple[str, tuple[bool, bool, int]], list[_Print]] = {}
    for one in prints:
        bare = _BARE.match(tidy(one.text))
        if not bare or one.named or not _set_apart(one, bare["number"]):
            continue
        for kind in _kinds(bare["number"]):
            kinds.setdefault((kind, one.look), []).append(one)
    for (kind, _), run in sorted(kinds.items(), key=lambda item: -len(item[1])):
        counts = [_count(kind, one) for one in run]
        if 2 * len(_stood_under(run, fields)) < len(run):
            continue
        steps = [below - above for above, below in pairwise(counts)]
        beside = any(_side_by_side(one, two) for one, two in pairwise(run))
        if counts[0] == 1 and max(counts) > 1 and all(step in (0, 1) for step in steps) and not beside:
            return run
    return []


def _stood_under(run: Sequence[_Print], fields: Sequence[Field]) -> set[int]:
    """Which of them, counted from 1, have fields under them on their page."""
    places = [(one.page.number, one.line.box.y0) for one in run]
    under = {bisect_right(places, (each.page, each.box.y0)) for each in fields}
    return {at for at in under if at and any(each.page == places[at - 1][0] for each in fields)}


def _set_apart(one: _Print, number: str) -> bool:
    letters = [letter for letter in one.text if letter.isalpha()]
    caps = len(letters) > 4 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)
    if len(one.text) > LONGEST or one.text.endswith("?"):
        return False
    if one.line.band is not None or one.larger >= 1.15:
        return one.line.bold or one.line.band is not None
    return not number.isdigit() and one.line.bold and caps


def _kinds(number: str) -> list[str]:
    """What a number may be: "I" is a letter and a Roman number."""
    if number.isdigit():
        return ["digit"]
    return [kind for kind, fits in (("roman", number in ROMAN), ("letter", len(number) == 1)) if fits]


def _count(kind: str, one: _Print) -> int:
    bare = _BARE.match(tidy(one.text))
    number = bare["number"] if bare else ""
    if kind == "digit":
        return int(number)
    return ROMAN[number] if kind == "roman" else ord(number) - ord("A") + 1


def _is_heading(one: _Print) -> bool:
    """Bold capitals, larger bold print, or a strip of its own; short, and not a label beside a box."""
    text = tidy(one.text)
    letters = [letter for letter in text if letter.isalpha()]
    if one.named or _runs_on(one) or len(letters) < 6 or len(text) > 70 or _NOT_A_HEADING.search(text):
        return False
    if text.endswith(("?", ",", ";")) or _SENTENCE.search(text) or len(text.split()) > 9:
        return False
    if re.match(r"^\d|^[A-Z][.)]\s", text) or text.count("(") != text.count(")") or _OPEN.search(text):
        return False
    caps = sum(letter.isupper() for letter in letters) / len(letters) > 0.9
    bold = one.line.bold and (caps or one.larger >= 1.25)
    banded = one.line.band is not None and (one.line.bold or caps or one.larger >= 1.1) and _alone(one)
    return (one.line.box.width > 60 and bold) or banded


def _runs_on(one: _Print) -> bool:
    """Does the line go on from one like it right above? Then it is part of a paragraph."""
    box = one.line.box
    return any(
        -0.3 * box.height < box.y0 - other.box.y1 < 0.6 * box.height
        and other.bold == one.line.bold
        and abs(other.box.height - box.height) < 0.1 * box.height
        and other.box.x0 < box.x1
        and other.box.x1 > box.x0
        and len(other.text) > 40
        for other in one.page.lines
    )


def _alone(one: _Print) -> bool:
    """No other print on the strip: the heads of columns stand side by side."""
    band = one.line.band
    return band is not None and not any(
        band.contains(*other.box.centre) and other is not one.line for other in one.page.lines
    )


def _merged(found: Sequence[Heading]) -> list[Heading]:
    """A second line right under a numbered heading belongs to it."""
    result: list[Heading] = []
    for heading in found:
        last = result[-1] if result else None
        close = last is not None and last.page == heading.page and heading.box.y0 - last.box.y1 < 4
        if last is not None and close and last.strong and not heading.strong:
            continue
        result.append(heading)
    return result
