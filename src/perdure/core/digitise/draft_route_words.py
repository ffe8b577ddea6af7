"""The sentences that send a reader on, as patterns, and the numbers that they name."""

from __future__ import annotations

import re

ANSWER = r"[\"'“]?\s*(?P<answer>yes|no|ja|nein)\s*[,.]?\s*[\"'”]?"
_ITEMS = r"(?:items?|questions?|lines?|blocks?|boxes)"
_TARGETS = (
    r"(?P<targets>\d{1,3}(?:\s?\.?\s?\(?[A-Za-z]\)?(?![A-Za-z]))?(?:[\s.]*(?:,|and|&|through|thru|to|-|–"
    r"|or)\s*(?:items?\s*)?\d{0,3}\s?\.?\s?\(?[A-Za-z]?\)?(?![A-Za-z]))*)"
)
COMPLETE = re.compile(
    rf"\bif\s+(?:you (?:answered|checked|selected|marked)\s+)?{ANSWER}\s*[,:–-]?\s*"
    r"(?:then\s+|please\s+|you must\s+)?(?:also\s+)?"
    r"(?:complete|answer|provide|fill (?:in|out)|specify|explain in|list in)\s+"
    rf"(?:the\s+)?(?:following\s+)?{_ITEMS}\s+{_TARGETS}",
    re.I,
)
GIVE_IN = re.compile(
    rf"\bif\s+{ANSWER}\s*[,:–-]?\s*(?:please\s+)?(?:provide|give|enter|list|explain|specify|describe|state)\b"
    rf"[^.;]{{0,60}}?\bin\s+{_ITEMS}\s+{_TARGETS}",
    re.I,
)
GIVE = re.compile(
    rf"\bif\s+{ANSWER}\s*[,:–-]?\s*(?:please\s+)?"
    r"(?:provide|give|enter|list|explain|specify|describe|state)\b(?![^.;]{0,60}\bin item)[^.;()]{0,120}",
    re.I,
)
FILL_IN = re.compile(
    r"(?:\bif\s+[\"'“]?(?P<answer>yes|no)[\"'”]?\s*[,:–-]?\s*)?(?:please\s+)?"
    r"\b(?:fill (?:in|out)|complete|list|provide|enter|give)\b(?:\s+in)?\s+(?:all\s+|the\s+|this\s+|any\s+)*"
    r"(?:following\s+)?(?:information|table|chart|boxes|lines|rows|details)\b[^.;()]{0,60}"
    r"|\b(?:fill (?:in|out)|complete|list|provide|enter|give)\b[^.;()]{0,40}\b(?:below|here)\b",
    re.I,
)
OPTION_COMPLETE = re.compile(
    r"(?:\bif\s+[^,.;]{1,24},\s*)?\b(?:complete|answer|fill (?:in|out))\s+"
    rf"(?:the\s+)?(?:following\s+)?{_ITEMS}\s+{_TARGETS}",
    re.I,
)
SKIP = re.compile(
    rf"(?:\bif\s+{ANSWER}\s*[,:–-]?\s*(?:then\s+|please\s+)?)?"
    r"\b(?:skip (?:this (?:part|section)\s*,?\s*(?:and|then)\s+)?)?"
    r"(?:(?<=skip )|(?:go|proceed|continue)\s+)(?:directly\s+)?to\s+"
    r"(?:(?P<what>items?|questions?|lines?|section|sect?\.|part|step)\s*(?<=[\s.]))(?P<target>\d{1,3}\s?\.?\s?\(?[A-Za-z]?\)?|[IVX]+|[A-Z])(?![A-Za-z])",
    re.I,
)
IF_CHOSEN = re.compile(
    r"^\W*if (?:you )?(?:have )?(?:checked|selected|chose|chosen|marked|ticked)\s+"
    r"[\"“'](?P<option>[^\"”]{2,60}?)[\"”']"
    rf"(?:[^.;?]{{0,20}}?\bin {_ITEMS}\s+(?P<target>\d{{1,3}}\s?\.?\s?[A-Za-z]?))?\s*,\s*(?=\w)",
    re.I,
)
IF_ANSWER = re.compile(rf"^\W*(?:if|wenn|falls)\s+{ANSWER}\s*[,:–-]?\s*(?=\w)", re.I)
ONLY_IF = re.compile(
    r"(?i)\b(?:complete|answer|fill (?:in|out))\b[^.]{0,40}\bonly if\b[^.]*"
    r"|\bonly if\b[^.]*\b(?:complete|answer)\b[^.]*|\bskip (?:this|to)\b[^.]*"
)
FARTHEST = 14
"""Questions that one skip may jump over; more than this a person must confirm."""


def meant_by(answer: str) -> str:
    return {"ja": "yes", "nein": "no"}.get(answer.lower(), answer.lower())


def flat(text: str) -> str:
    """For comparing: letters and digits only."""
    return re.sub(r"\W+", "", text).lower()


def arabic(number: str) -> str:
    roman = {
        "I": "1",
        "II": "2",
        "III": "3",
        "IV": "4",
        "V": "5",
        "VI": "6",
        "VII": "7",
        "VIII": "8",
        "IX": "9",
        "X": "10",
    }
    return roman.get(number.upper(), number.upper())


def numbers_in(targets: str) -> list[str]:
    """ "12B and 12C", "5b through 5d" as item numbers, in order."""
    text = re.sub(r"(\d)\s?\.?\s?\(?([A-Za-z])\)?(?![A-Za-z])", r"\1\2", targets)
    tokens = re.findall(r"\d{1,3}[A-Za-z]?(?![A-Za-z])|\b[A-Z]\b|through|thru|to|-|–", text, re.I)
    numbers: list[str] = []
    span = False
    for token in tokens:
        if re.fullmatch(r"through|thru|to|-|–", token, re.I):
            span = bool(numbers)
            continue
        number = token.upper()
        if number.isalpha() and numbers:
            number = re.sub(r"\D", "", numbers[-1]) + number
        if span:
            numbers += _between(numbers[-1], number)
        numbers.append(number)
        span = False
    return numbers


def _between(start: str, end: str) -> list[str]:
    one, two = re.match(r"(\d+)([A-Z]?)$", start), re.match(r"(\d+)([A-Z]?)$", end)
    if not one or not two:
        return []
    if one[1] == two[1] and one[2] and two[2]:
        return [one[1] + chr(code) for code in range(ord(one[2]) + 1, ord(two[2]))]
    if not one[2] and not two[2]:
        return [str(number) for number in range(int(one[1]) + 1, min(int(two[1]), int(one[1]) + 30))]
    return []
