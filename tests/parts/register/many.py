"""As many cases as one likes, made up but shaped like real ones: few common words and many rare ones.

Words follow Zipf's law, organisations too; a fifth of the cases share one list's block of ids, as after
an import. The same seed gives the same cases.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from perdure.parts.register.models import Case, SourceList

COMMON = [
    "the",
    "of",
    "service",
    "for",
    "digital",
    "to",
    "in",
    "and",
    "data",
    "public",
    "with",
    "a",
    "citizens",
    "new",
    "on",
    "system",
    "health",
    "tax",
    "project",
    "online",
    "platform",
    "local",
    "programme",
    "by",
    "national",
    "support",
    "management",
    "permit",
    "chatbot",
    "information",
    "portal",
    "school",
    "planning",
    "benefit",
    "register",
    "identity",
    "energy",
    "transport",
    "water",
    "housing",
    "learning",
    "machine",
    "automation",
    "licence",
    "fraud",
    "payment",
    "hospital",
    "vaccine",
    "border",
    "court",
    "police",
    "archive",
    "library",
    "farm",
    "forest",
    "road",
    "rail",
    "budget",
    "audit",
]
TECHNOLOGIES = [
    "machine learning",
    "chatbot",
    "blockchain",
    "mobile app",
    "open data",
    "API",
    "cloud",
    "robotic process automation",
    "computer vision",
    "natural language processing",
    "sensors",
    "geodata",
    "digital identity",
    "dashboard",
    "video calls",
]
KINDS = ("new service", "changed process", "new rule", "pilot", "platform", "partnership")
COUNTRIES = [
    "US",
    "GB",
    "DE",
    "FR",
    "IT",
    "ES",
    "NL",
    "SE",
    "FI",
    "EE",
    "PL",
    "PT",
    "CA",
    "AU",
    "JP",
    "KR",
    "BR",
    "CL",
    "IN",
    "ZA",
    "NZ",
    "IE",
    "AT",
    "BE",
    "DK",
    "NO",
    "CH",
    "CZ",
    "GR",
    "RO",
]
STATUSES = ("running", "running", "running", "planned", "ended", "unknown", "unknown")
ENDINGS = ("ended_well", "absorbed", "ended_badly", "")
STAGES = (
    "identifying_problems",
    "generating_ideas",
    "developing_proposals",
    "implementing",
    "evaluating",
    "",
)
LEVELS = ("national", "national", "local", "regional", "international", "")
_STARTS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "cl",
    "dr",
    "gr",
    "pl",
    "pr",
    "st",
    "tr",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_ENDS = ["", "n", "r", "s", "t", "l", "m", "nd", "rt", "st"]


@dataclass(frozen=True)
class Words:
    """A vocabulary with the chance of each word, and organisations with theirs."""

    words: tuple[str, ...]
    chances: tuple[float, ...]
    organisations: tuple[str, ...]
    likely: tuple[float, ...]


def vocabulary(seed: int = 7, *, size: int = 60_000, organisations: int = 4_000) -> Words:
    """Common words first, then made-up ones, by Zipf's law."""
    chance = random.Random(seed)
    made = dict.fromkeys(COMMON)
    while len(made) < size:
        parts = chance.randint(2, 3)
        made["".join(_syllable(chance) for _part in range(parts))] = None
    words = tuple(made)
    kinds = ("Ministry", "Agency", "City", "Department", "Office")
    names = tuple(
        f"{chance.choice(kinds)} of {chance.choice(words[60:5000]).title()} {n}" for n in range(organisations)
    )
    return Words(words, _zipf(len(words)), names, _zipf(len(names)))


def _syllable(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_VOWELS) + chance.choice(_ENDS)


def _zipf(n: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (place + 3) for place in range(n)))


def cases(n: int, sources: list[SourceList], *, seed: int = 7) -> Iterator[tuple[Case, str, list[str]]]:
    """n unsaved cases, each with the slug of its list and its technologies."""
    chance, known = random.Random(seed + 1), vocabulary(seed)
    for place in range(n):
        source = sources[0] if place < n // 5 else sources[1 + place % (len(sources) - 1)]
        yield (
            _case(place, source, chance, known),
            source.slug,
            chance.sample(TECHNOLOGIES, chance.randint(0, 2)),
        )


def _case(place: int, source: SourceList, chance: random.Random, known: Words) -> Case:
    def text(fewest: int, most: int) -> str:
        picked = chance.choices(known.words, cum_weights=known.chances, k=chance.randint(fewest, most))
        return " ".join(picked)

    status, year = chance.choice(STATUSES), chance.randint(2005, 2025)
    return Case(
        reference=f"G{place:08d}",
        key=str(place),
        source=source,
        title=text(4, 9).capitalize(),
        summary=text(25, 55),
        country=chance.choice(COUNTRIES),
        level=chance.choice(LEVELS),
        organisation=chance.choices(known.organisations, cum_weights=known.likely)[0],
        area=f"{chance.randint(1, 10):02d}",
        kind=chance.choice(KINDS),
        stage=chance.choice(STAGES),
        status=status,
        ending=chance.choice(ENDINGS) if status == "ended" else "",
        started=date(year, chance.randint(1, 12), chance.randint(1, 28)),
        first_listed=year,
        last_listed=min(2025, year + chance.randint(0, 6)),
    )


def searches(n: int, *, seed: int = 11) -> list[tuple[str, dict[str, str]]]:
    """n searches as somebody types them: beginnings of words, two words, and filters on some of them."""
    chance, known = random.Random(seed), vocabulary()
    asked = []
    for _place in range(n):
        picked = chance.choices(known.words, cum_weights=known.chances, k=chance.choice((1, 1, 2, 2, 3)))
        last = picked[-1][: chance.randint(1, len(picked[-1]))]
        text = " ".join([*picked[:-1], last])
        filters = {
            "country": chance.choice(COUNTRIES),
            "area": f"{chance.randint(1, 10):02d}",
            "status": chance.choice(STATUSES),
            "year": str(chance.randint(2005, 2025)),
            "source": f"list-{chance.randint(0, 4)}",
            "organisation": chance.choices(known.organisations, cum_weights=known.likely)[0],
        }
        names = chance.sample(sorted(filters), chance.choice((0, 0, 0, 1, 1, 2)))
        asked.append((text if chance.random() < 0.9 else "", {name: filters[name] for name in names}))
    return asked
