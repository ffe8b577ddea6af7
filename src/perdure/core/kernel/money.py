"""Sums and other figures in words: how a language separates thousands, and where a currency's sign stands."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SIGNS: dict[str, str] = {
    "GBP": "£",
    "USD": "$",
    "EUR": "€",
    "JPY": "¥",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "INR": "₹",
    "CHF": "CHF",
    "SEK": "kr",
    "NOK": "kr",
    "DKK": "kr",
    "PLN": "zł",
    "CZK": "Kč",
}
"""Signs of currencies; another is written with its code. Source: Unicode CLDR 46."""

_DIGITS = {"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "VND": 0, "KWD": 3, "BHD": 3, "TND": 3, "JOD": 3, "OMR": 3}
"""Digits behind the point where they are not two. Source: ISO 4217, minor units."""

_SEPARATORS = {"de": (".", ","), "es": (".", ","), "it": (".", ","), "nl": (".", ","), "fr": ("\u202f", ",")}
_NARROW_SPACE = "\u00a0"


def digits_of(currency: str) -> int:
    """How many digits a sum has behind the point; 2 when the currency is not known."""
    return _DIGITS.get(currency, 2)


def decimal_in_words(value: Decimal, language: str = "en") -> str:
    """1,234.5 (en), 1.234,5 (de). As many places as the value has, no exponent."""
    thousands, point = _SEPARATORS.get(language[:2].lower(), (",", "."))
    text = f"{value:,f}"
    return "".join({",": thousands, ".": point}.get(c, c) for c in text)


def in_words(amount: Decimal, currency: str = "", language: str = "en") -> str:
    """£1,234.50 (en, GBP), 1.234,50 € (de, EUR), CHF 1,234.50; without a currency only the figures."""
    step = Decimal(1).scaleb(-digits_of(currency))
    figures = decimal_in_words(abs(amount).quantize(step, rounding=ROUND_HALF_UP), language)
    minus = "-" if amount < 0 else ""
    sign = SIGNS.get(currency, currency)
    if not sign:
        return minus + figures
    if language[:2].lower() in _SEPARATORS:
        return f"{minus}{figures}{_NARROW_SPACE}{sign}"
    return f"{minus}{sign}{_NARROW_SPACE if sign[-1].isalpha() else ''}{figures}"
