"""What countries are called in the reader's language: CLDR's names, by Babel; in English our own."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from perdure.parts.register.countries import COUNTRIES


def country_name(code: str) -> str:
    """The name of a country as the reader calls it; its English name, else its code, where none is known."""
    code = code.upper()
    return names_in(get_language() or "en").get(code) or COUNTRIES.get(code, code)


def sorted_names() -> list[tuple[str, str]]:
    """(code, name) of the countries that we know, by name."""
    named = ((code, country_name(code)) for code in COUNTRIES)
    return sorted(named, key=lambda pair: _plain(pair[1]))


@cache
def every_name(code: str) -> tuple[str, ...]:
    """What a country is called in each language of this site: it is found by all of them."""
    code = code.upper()
    names = [COUNTRIES.get(code, "")]
    names += [names_in(language).get(code, "") for language, _title in settings.LANGUAGES]
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def names_in(language: str) -> dict[str, str]:
    """Code -> name in a language; empty for English, and for a language that Babel does not know."""
    if language.startswith("en"):
        return {}
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: str(known[code]) for code in COUNTRIES if code in known}


def code_of(words: str) -> str:
    """Two letters from a code, or a name in any language of this site; "" when none is known."""
    asked = _plain(" ".join(words.split()))
    if asked.upper() in COUNTRIES:
        return asked.upper()
    return next((code for code in COUNTRIES if asked in map(_plain, every_name(code))), "")


def _plain(name: str) -> str:
    """For sorting and comparing: small letters, umlauts beside their vowels."""
    from perdure.parts.register.search_words import fold

    return fold(name)
