"""In which language the owner of a case is written to: as a keeper says, else guessed from the country."""

from __future__ import annotations

from django.conf import settings

ENGLISH = "en"
OF_COUNTRIES = {
    **dict.fromkeys(("DE", "AT", "CH", "LI"), "de"),
    **dict.fromkeys(("GB", "IE", "US", "CA", "AU", "NZ", "MT", "ZA", "SG", "IN", "KE", "NG"), ENGLISH),
}
"""Countries where most of an administration reads this language; a guess that a keeper corrects."""


def language_for(said: str, country: str) -> str:
    """One of the site's languages.

    said     the language that a keeper wrote into the case, or ""
    country  two letters, or ""; of a country whose language the site does not speak, English is the guess
    """
    spoken = dict(settings.LANGUAGES)
    guess = OF_COUNTRIES.get(country.upper(), ENGLISH) if country else settings.LANGUAGE_CODE
    return next((one for one in (said, guess, settings.LANGUAGE_CODE) if one in spoken), ENGLISH)
