"""How the country of a form writes sums and dates, by what the form prints.

currency   a sign or code beside its boxes or in its lines; else words of one country; else its language
day_first  a date format printed anywhere on the form; else pounds and euros yes, dollars no
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from perdure.core.digitise.values import PaperForm

DAY_FIRST = ("de", "fr", "es", "it", "nl", "pt", "pl")
_SIGNS = (("£", "GBP"), ("€", "EUR"), ("$", "USD"), ("Euro", "EUR"))
_COUNTRY = (
    ("USD", r"\bZIP\b|\bSocial Security\b|\bInternal Revenue\b"),
    ("GBP", r"\bpostcodes?\b|\bNational Insurance\b|\bHMRC\b|\bborough\b"),
)
"""Words that only one country prints on its forms."""
_MONTH_DAY = re.compile(r"\bmm?\s?[/.\- ]?\s?dd?\s?[/.\- ]?\s?yy(?:yy)?\b|\bmonth[ ,/]+day\b", re.I)
_DAY_MONTH = re.compile(
    r"\bdd?\s?[/.\- ]?\s?mm?\s?[/.\- ]?\s?(?:yy(?:yy)?|aa(?:aa)?)\b|\bday[ ,/]+month\b|\btt\.?\s?mm\b", re.I
)


@dataclass(frozen=True)
class Country:
    """currency: ISO 4217; day_first: 31/12/2030, not 12/31/2030; language: ISO 639-1."""

    language: str
    currency: str
    day_first: bool

    def date_format(self, *, cells: bool = False) -> str:
        """For a box beside which nothing is printed. cells: eight characters without marks between."""
        if cells:
            return "DDMMYYYY" if self.day_first else "MMDDYYYY"
        if not self.day_first:
            return "MM/DD/YYYY"
        return "DD.MM.YYYY" if self.language in ("de", "pl") else "DD/MM/YYYY"


def country_of(form: PaperForm) -> Country:
    """By the words of the boxes first, then by all lines of the form."""
    language = form.language[:2] if re.fullmatch(r"[a-z]{2}.*", form.language) else "en"
    boxes = " ".join(f"{each.label} {each.tooltip} {each.format}" for each in form.fields)
    lines = " ".join(line.text for page in form.pages for line in page.lines)
    currency = _currency(boxes, lines, language)
    return Country(language, currency, _day_first(f"{boxes} {lines}", currency, language))


def _currency(boxes: str, lines: str, language: str) -> str:
    for words in (boxes, lines):
        for sign, code in _SIGNS:
            if sign in words:
                return code
    counted = Counter({code: len(re.findall(words, f"{boxes} {lines}", re.I)) for code, words in _COUNTRY})
    code, times = counted.most_common(1)[0]
    if language == "en":
        return code if times else "USD"
    return "EUR"


def _day_first(words: str, currency: str, language: str) -> bool:
    month, day = len(_MONTH_DAY.findall(words)), len(_DAY_MONTH.findall(words))
    if month != day:
        return day > month
    return language in DAY_FIRST or currency in ("GBP", "EUR")
