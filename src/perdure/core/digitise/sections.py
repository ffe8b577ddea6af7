"""Headings of a form and the section that each field stands under.

    SECTION II: MILITARY SERVICE      -> "Section 2: Military service"
    Part A. About you                 -> "Part A: About you"
    PERSONAL INFORMATION (bold caps)  -> "Personal information"

A tooltip may also open with the heading ("SECTION 2. MILITARY SERVICE. 1A. ..."); then it
holds from that field on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from perdure.core.digitise.values import Field, Line, Page, PaperForm
from perdure.core.digitise.wording import SECTION, plain, take_brackets, take_section, tidy
from perdure.core.kernel.geometry import Box

_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
}
_ROMAN |= {"XII": 12, "XIII": 13, "XIV": 14, "XV": 15}
_NOT_A_HEADING = re.compile(
    r"(?i)omb (?:control|approved|no)|respondent burden|expiration|^page \d|^form\b|\bform \d"
    r"|\bcontinued on\b"
)

_SENTENCE = re.compile(
    r"(?i)\b(?:we|if|do not|please|will|must|should|check|complete|continued?|see|attach)\b"
)


@dataclass(frozen=True)
class Heading:
    """A printed heading. strong: it says Section, Part ... with a number."""

    page: int
    box: Box
    title: str
    strong: bool


def headings(form: PaperForm) -> list[Heading]:
    """The headings of a form from top to bottom; when there are numbered ones, only those."""
    found = [heading for page in form.pages for heading in _of_page(page)]
    name = set(_plain_words(form.title))
    found = [one for one in found if one.strong or not set(_plain_words(one.title)) <= name]
    strong = [heading for heading in found if heading.strong]
    return strong if len(strong) > 1 else found


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def sections_of(form: PaperForm) -> dict[str, str]:
    """The section of each field by its id; "" before the first heading."""
    printed = headings(form)
    places = [(heading.page, heading.box.centre[1]) for heading in printed]
    result: dict[str, str] = {}
    told = ""
    for each in form.fields:
        own, _ = take_section(tidy(each.tooltip or each.label))
        told = own or told
        at = bisect_right(places, (each.page, each.box.centre[1])) - 1
        above = printed[at].title if at >= 0 else ""
        result[each.id] = _same_number(each.section, above, told)
    return result


def with_sections(form: PaperForm) -> PaperForm:
    """The form with the section of every field that has none."""
    sections = sections_of(form)
    fields = tuple(
        each if each.section else each.model_copy(update={"section": sections[each.id]})
        for each in form.fields
    )
    return form.model_copy(update={"fields": fields})


def _same_number(own: str, printed: str, told: str) -> str:
    """What the reader said, else the heading printed above; a tooltip decides when nothing is printed."""
    if own:
        return heading_title(own)
    return printed or told


def heading_title(text: str) -> str:
    """A heading in plain words: its number in digits, its title as a sentence."""
    text = tidy(text)
    found = SECTION.match(text)
    if not found:
        core, _ = take_brackets(text)
        return plain(core)
    number = found["number"].upper()
    word = found["word"].capitalize()
    if number in _ROMAN and word in ("Section", "Part", "Schedule", "Step"):
        number = str(_ROMAN[number])
    core, _ = take_brackets(found["title"].strip())
    title = plain(core.split(". ")[0])
    return f"{word} {number}: {title}" if title else f"{word} {number}"


def _of_page(page: Page) -> list[Heading]:
    sizes = [line.size for line in page.lines if line.size > 0]
    usual = median(sizes) if sizes else 0.0
    found = []
    for line in sorted(page.lines, key=lambda one: (one.box.y0, one.box.x0)):
        strong = _is_numbered(line)
        if strong or _is_heading(line, page, usual):
            found.append(Heading(page.number, line.box, heading_title(line.text), strong))
    return _merged(found)


def _is_numbered(line: Line) -> bool:
    found = SECTION.match(tidy(line.text))
    if not found or found["word"].lower() == "box" or len(line.text) > 160:
        return False
    title, cut = found["title"], found["cut"]
    starts_big = title[:1].isupper() or not title
    said = line.bold or line.text[:4].isupper() or cut.strip() in (":", "-", "–", "—", ".")
    return bool(starts_big and said and not re.match(r"(?i)(of|is|must|and|or|if|to|on)\b", title))


def _is_heading(line: Line, page: Page, usual: float) -> bool:
    """Bold or larger, all capitals, short, and not a label right beside a box."""
    text = tidy(line.text)
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 6 or len(text) > 70 or not letters or _NOT_A_HEADING.search(text):
        return False
    if text.endswith(("?", ",", ";")) or _SENTENCE.search(text):
        return False
    caps = sum(letter.isupper() for letter in letters) / len(letters) > 0.9
    larger = usual > 0 and line.size >= 1.25 * usual
    wide = line.box.width > 60
    numbered = re.match(r"^\d|^[A-Z][.)]\s", text) or text.count("(") != text.count(")")
    return (
        wide and not numbered and ((line.bold and caps) or (larger and line.bold)) and len(text.split()) <= 9
    )


def _merged(found: Sequence[Heading]) -> list[Heading]:
    """Two headings on one line are one; a second line of a heading is dropped."""
    result: list[Heading] = []
    for heading in found:
        if result and heading.box.y0 - result[-1].box.y1 < 4 and not heading.strong and result[-1].strong:
            continue
        result.append(heading)
    return result


def fields_under(form: PaperForm, title: str) -> list[Field]:
    """Fields of one section, in reading order."""
    sections = sections_of(form)
    return [each for each in form.fields if sections[each.id] == title]
