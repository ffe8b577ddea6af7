"""Tooltips that were copied with their box, and never written anew.

    16C. DATE OF BIRTH      [  ] [  ] [    ]      tooltip "16. C. Date of birth. Enter 2 digit month"
    20C. DATE OF DIVORCE    [  ] [  ] [    ]      the same tooltip: copied, so the print is right

Makers of forms copy a row of boxes and change the print only. A tooltip that stands on several boxes is
believed where the print beside it agrees; where it agrees with one box and not with another, the other
takes the print, and keeps which piece of the answer it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from perdure.core.digitise.draft_items import same_row
from perdure.core.digitise.draft_parts import ADDRESS_PARTS, core_of, part_of
from perdure.core.digitise.kinds import kind_of_field
from perdure.core.digitise.values import Field, Kind, Page, PaperForm, Widget
from perdure.core.digitise.wording import take_number, take_preface, take_section, tidy
from perdure.core.kernel.geometry import Box

SHARED = 0.5
"""A print of which more than this share of the words stands in the tooltip agrees with it."""
OVER = 420.0
"""Points from a cell of a table to the words over its column, at most."""
BESIDE = 45.0
"""Points between two pieces of one answer, at most."""
NUMBERED = re.compile(r"\W*\d{1,2}\s?[A-Za-z]?(?:\.\d)?\s?[.)]?\s+[A-Za-z]")
_PIECE = re.compile(
    r"(?i)\b(?P<name>(?:first|middle|last) (?:name|initial)|middle initial|suffix)\b"
    r"|\b(?P<date>(?:2|4|two|four)?[- ]?digit (?:month|day|year)|month|day|year)\s*\W*$"
    r"|\b(?P<address>number and street|apartment or unit number|city|state or province|country"
    r"|(?:zip or )?postal code(?:.{1,20} digits)?)\s*\W*$"
    r"|\b(?P<digits>(?:first|second|middle|last) (?:\w+ )?(?:numbers?|digits?)|area code)\b"
)
_PIECE_WORDS = frozenset(
    """enter first middle last initial suffix digit digits month day year number numbers two three four
    five nine the and for your you only area code character characters available applicable include
    optional required line copy box mm dd yyyy this that from with""".split()  # noqa: SIM905
)
_PERSONS = frozenset(
    """veteran claimant applicant spouse child student dependent representative physician witness employer
    parent beneficiary stepchild provider preparer""".split()  # noqa: SIM905
)
_GENERAL = frozenset(["date", "name", "number", "address"])
_PLACE = re.compile(
    r"(?i)\b(?:address|place|resid\w+|city|town|street|state|province|country|zip|postal|county)\b"
)
_SAME = {
    "ssn": "social security",
    "dob": "date birth",
    "phone": "telephone",
    "mail": "email",
    "zip": "postal",
}


@dataclass(frozen=True)
class Told:
    """What tooltip and print say of one box."""

    field: Field
    number: str
    words: frozenset[str]
    printed: str

    @property
    def printed_words(self) -> frozenset[str]:
        return content(self.printed)

    @property
    def agrees(self) -> bool:
        return bool(self.printed_words & self.words)


def without_copies(form: PaperForm) -> list[Field]:
    """The fields, each with words that the paper bears out; only a fillable form has copied tooltips."""
    if not form.fillable:
        return list(form.fields)
    written = [each for each in form.fields if each.widget is Widget.TEXT and _by_tooltip(each)]
    shared: dict[str, list[Field]] = {}
    for each in written:
        shared.setdefault(tidy(each.tooltip).lower(), []).append(each)
    pages = {page.number: page for page in form.pages}
    counted = Counter(each.printed for each in form.fields if each.widget is Widget.TEXT)
    found: dict[str, str] = {}
    for copies in shared.values():
        if len({each.name for each in copies}) > 1:
            found |= _prints([_told(each, pages[each.page], counted[each.printed]) for each in copies])
    for each in written:
        over = next((other for other in written if each.id in found and _is_line_below(other, each)), None)
        if over is not None and over.id not in found:
            del found[each.id]
    found |= {each.id: each.printed for each in written if _named_otherwise(each)}
    found |= {each.id: each.printed for each in written if _is_another_item(each, pages[each.page])}
    prints = {each.id: found.get(run[0].id, "") for run in _runs(written) for each in run}
    return [_by_print(each, prints[each.id]) if prints.get(each.id) else each for each in form.fields]


def _is_line_below(one: Field, two: Field) -> bool:
    """Is the second the next line to write on for the same answer?"""
    if one.page != two.page or one.tooltip != two.tooltip or not 0 <= two.box.y0 - one.box.y1 <= 12:
        return False
    return abs(one.box.x0 - two.box.x0) < 6 and abs(one.box.width - two.box.width) < 12


def _named_otherwise(each: Field) -> bool:
    """Does the name of the box in the file bear out the print, and nothing of its tooltip?"""
    last = re.sub(r"\[\d+\]", "", each.name).rsplit(".", 1)[-1]
    named = content(re.sub(r"([a-z])([A-Z])", r"\1 \2", last).replace("_", " "))
    said = content(core_of(each.tooltip))
    agrees = bool(NUMBERED.match(each.printed)) and len(named) > 1 and named <= content(each.printed)
    return agrees and len(said) > 2 and not named & content(each.tooltip)


def _is_another_item(each: Field, page: Page) -> bool:
    """Does the tooltip name an item that the print numbers otherwise, while its own number is another thing?

    "10. Social security number" beside the print "8. TELEPHONE NUMBER", on a page with "10. MAILING ADDRESS".
    """
    number, _ = take_number(_question(each.tooltip))
    number, said = re.sub(r"\D", "", number), content(core_of(each.tooltip))
    if not number or not said or not NUMBERED.match(each.printed) or _number(each.printed) == number:
        return False
    printed = content(each.printed)
    if (
        not printed
        or printed & said - _GENERAL
        or (part_of(each.tooltip, ADDRESS_PARTS) and "email" not in printed)
    ):
        return False
    items = [content(line.text) for line in page.lines if _numbers(line.text, number)]
    return any(items) and not any(words & said for words in items)


def _numbers(text: str, number: str) -> bool:
    return bool(NUMBERED.match(text)) and _number(text) == number


def _prints(copies: Sequence[Told]) -> dict[str, str]:
    """By box the print that it takes; once two are copies under other numbers, any print is believed."""
    found = {one.field.id: one.printed for one in copies if _is_copy(one, copies)}
    if sum(bool(NUMBERED.match(printed)) for printed in found.values()) > 1:
        bare = [replace(one, printed=one.field.printed) for one in copies if not one.printed]
        found |= {
            one.field.id: one.printed for one in bare if one.printed[:1].isupper() and _is_copy(one, copies)
        }
    return found


def _by_tooltip(each: Field) -> bool:
    return bool(each.tooltip) and each.label == each.tooltip


def _runs(fields: Sequence[Field]) -> list[list[Field]]:
    """Boxes side by side whose tooltips differ in the piece only: all take the words of the first."""
    runs: list[list[Field]] = []
    for each in fields:
        home = next((run for run in reversed(runs[-6:]) if _continues(run, each)), None)
        if home is None:
            runs.append([each])
        else:
            home.append(each)
    return runs


def _continues(run: Sequence[Field], each: Field) -> bool:
    last = run[-1]
    beside = same_row(last, each) and -2 <= each.box.x0 - last.box.x1 <= BESIDE
    pieces = {_piece_of(other.tooltip) for other in run}
    same = content(core_of(last.tooltip)) == content(core_of(each.tooltip))
    return beside and same and "" not in pieces and _piece_of(each.tooltip) not in {"", *pieces}


def _told(each: Field, page: Page, boxes_with_print: int) -> Told:
    """What is said of a box. Print without a number is believed where it is a part of a numbered whole, or
    stands beside this box alone."""
    number, _ = take_number(_question(each.tooltip))
    printed = each.printed if content(each.printed) else _over(each.box, page)
    alone = boxes_with_print == 1 and printed[:1].isupper()
    if not (NUMBERED.match(printed) or NUMBERED.match(each.group_label) or alone):
        printed = ""
    return Told(each, re.sub(r"\D", "", number), content(core_of(each.tooltip)), printed)


def _question(text: str) -> str:
    _, words = take_section(tidy(text))
    return take_preface(words)[1]


def _is_copy(told: Told, copies: Sequence[Told]) -> bool:
    if not told.printed_words or not (any(one.agrees for one in copies) or len(copies) > 2):
        return False
    if not told.number and (len(told.words - _GENERAL) < 2 or part_of(told.field.tooltip, ADDRESS_PARTS)):
        return False  # "First name" under "4. Others living with you" is no copy
    if part_of(told.field.tooltip, ADDRESS_PARTS) and _PLACE.search(told.printed):
        return False
    if not NUMBERED.match(told.printed):
        return _is_copy_in_whole(told)
    share = len(told.printed_words & told.words) / len(told.printed_words)
    persons = told.words & _PERSONS, told.printed_words & _PERSONS
    others = all(persons) and not persons[0] & persons[1]
    return share <= SHARED and (others or not share or _number(told.printed) != told.number)


def _is_copy_in_whole(told: Told) -> bool:
    """Print without a number: what it is a part of must be another thing too, under another number."""
    said = told.printed_words | content(told.field.group_label)
    whole = _number(told.field.group_label)
    return not (said - _GENERAL) & told.words and (not whole or whole != told.number)


def _number(text: str) -> str:
    found = re.match(r"\W*(\d+)", text)
    return found[1] if found else ""


def _by_print(each: Field, printed: str) -> Field:
    """The box under its printed words, as the piece that its tooltip or its name still tells."""
    name = re.sub(r"\[\d+\]", "", each.name).rsplit(".", 1)[-1].replace("_", " ")
    piece = _piece(each.tooltip, printed) or _piece(name, printed)
    label = f"{printed.rstrip(' .:')}{piece}"
    named = each.model_copy(update={"label": label, "tooltip": "", "kind": Kind.TEXT})
    return named.model_copy(update={"kind": kind_of_field(named)})


def _piece_of(tooltip: str) -> str:
    found = list(_PIECE.finditer(tooltip))
    return found[-1][0].lower() if found else ""


def _piece(tooltip: str, printed: str) -> str:
    """Which piece of a name, date or number the box is, when the print is one of these."""
    found = list(_PIECE.finditer(tooltip))
    if not found:
        return ""
    last = found[-1]
    fits = {
        "name": r"(?i)\bnames?\b|\bto whom\b|\bperson\b",
        "date": r"(?i)\bdates?\b|\bmm\b|\bborn\b|\bwhen\b",
        "address": r"(?i)\baddress|\bplace\b|\bresidence\b",
        "digits": r"(?i)social security|\bssn\b|phone|\bfax\b|postal|\bzip\b",
    }
    kind = str(last.lastgroup)
    return f". Enter {last[0].strip(' .')}." if re.search(fits[kind], printed) else ""


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The words that say what something is: no numbers, no names of pieces, no small words."""
    flat = re.sub(r"(?i)e-?mail", "email", re.sub(r"\([^)]*\)?", " ", text)).lower()
    words = [word for raw in re.findall(r"[^\W\d_]{3,}", flat) for word in _SAME.get(raw, raw).split()]
    return frozenset(re.sub(r"(?<=\w{2}[^s])s$", "", word) for word in words) - _PIECE_WORDS


def _over(box: Box, page: Page) -> str:
    """The nearest numbered line over a box, as over the column of a table, or before it."""
    above = [
        line
        for line in page.lines
        if -box.height - 2 <= box.y0 - line.box.y1 < OVER
        and NUMBERED.match(line.text)
        and line.box.x0 <= box.x1
        and line.box.x1 > box.x0 - (4 if line.box.y1 > box.y0 else 2) * BESIDE
    ]
    if not above:
        return ""
    lowest = max(line.box.y1 for line in above)
    return max((line for line in above if lowest - line.box.y1 < 12), key=lambda line: line.box.x0).text
