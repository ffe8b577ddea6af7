"""From the kind of a field to the type of a question. A doubtful kind is asked as plain text."""

from __future__ import annotations

import re

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.values import Field, Kind, Widget

SURE = 0.5
"""Below this confidence a strict type would refuse good answers, so the question is plain text."""

SHORT = 60
"""A box that takes fewer characters than this is not for a long text, however high it is."""

TYPES = {
    Kind.TEXT: Q.TEXT,
    Kind.LONG_TEXT: Q.LONG_TEXT,
    Kind.NAME: Q.TEXT,
    Kind.DATE: Q.DATE,
    Kind.TIME: Q.TIME,
    Kind.MONEY: Q.MONEY,
    Kind.NUMBER: Q.NUMBER,
    Kind.PERCENT: Q.PERCENT,
    Kind.PHONE: Q.PHONE,
    Kind.EMAIL: Q.EMAIL,
    Kind.ADDRESS: Q.LONG_TEXT,
    Kind.POSTCODE: Q.TEXT,
    Kind.COUNTRY: Q.TEXT,
    Kind.IDENTIFIER: Q.IDENTIFIER,
    Kind.TICK: Q.TICK,
    Kind.CHOICE: Q.CHOICE,
    Kind.SIGNATURE: Q.SIGNATURE,
}
STRICT = frozenset({Q.DATE, Q.TIME, Q.MONEY, Q.NUMBER, Q.WHOLE_NUMBER, Q.PERCENT, Q.PHONE, Q.EMAIL})
PARTIAL_DATE = re.compile(
    r"\b(month/year|mm/yyyy|mmdd(?!yy)|month,? (?:and |or )?year$|month and year|yy digits|year of"
    r"|fiscal year|dates\b|period)",
    re.I,
)


WHEN = re.compile(
    r"(?i)^\W*(?:\d{0,3}\s?[a-z]?[.)]?\s+)?when (?:did|was|were|will|do|does|is)\b"
    r".*\b(?:begin|began|beg[ui]n|start(?:ed)?|end(?:ed)?|leave|left|stop(?:ped)?|die|died|move|moved|happen(?:ed)?|born)\b"
)
"""Questions whose answer is a day."""
ONE_NAME = re.compile(
    r"(?i)\b(maiden|preferred|other name|names|alias|former|previous|nickname|initial|suffix)\b"
)
ADDRESS_BELONGS = re.compile(r"(?i)\b(city|town|state|zip|post ?code|country|ort|ville|complete|full)\b")


def one_box(each: Field, core: str, part: str) -> tuple[Q, tuple[str, ...]]:
    """The type and parts of a question that is this one box.

    core  its words without section, number and brackets; part: the part of a name they ask for
    """
    type_ = type_of_field(each)
    sure = each.confidence >= SURE
    whole = len(re.findall(r"(?i)\b(?:first|middle|last)\b", core)) > 1
    if each.kind is Kind.NAME and not part and (whole or not ONE_NAME.search(core)) and sure:
        return Q.NAME, ("full",)
    if each.kind is Kind.ADDRESS and sure:
        words = f"{each.label} {each.tooltip}"
        roomy = each.box.height > 22 or ADDRESS_BELONGS.search(words)
        return (Q.ADDRESS, ("full",)) if roomy else (Q.TEXT, ())
    return type_, ()


def type_of_field(each: Field) -> Q:
    """The type of a question that is this one box, apart from names and addresses."""
    words = f"{each.label} {each.tooltip}"
    type_ = TYPES[each.kind]
    if type_ is Q.TEXT and WHEN.search(each.label or each.tooltip) and not each.multiline:
        type_ = Q.DATE
    spans = re.search(
        r"(?i)\b(?:from|to|beginning|completion|start|end)\b[\s.:]*(?:enter.*)?$", words.strip()
    )
    if (
        type_ is Q.DATE
        and not spans
        and (PARTIAL_DATE.search(words) or 0 < (each.cells or each.max_length or 99) < 6)
    ):
        return Q.TEXT
    if type_ is Q.NUMBER and re.search(r"\bages?\b.*\b(children|dependents)|\bages\b", words, re.I):
        return Q.TEXT
    if type_ is Q.TEXT and each.widget is Widget.TEXT and each.multiline and each.box.height > 34:
        return Q.LONG_TEXT
    if type_ is Q.LONG_TEXT and 0 < (each.max_length or 0) < SHORT:
        return Q.TEXT
    if type_ in STRICT and each.confidence < SURE:
        return Q.TEXT
    return type_
