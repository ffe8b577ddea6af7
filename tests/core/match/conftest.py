"""Made-up lists of cases whose true links are known, because we made the second list out of the first."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from perdure.core.match.api import Record

_DOING = (
    "Renewing",
    "Replacing",
    "Sharing",
    "Digitising",
    "Opening",
    "Testing",
    "Moving",
    "Measuring",
    "Joining",
)
_KINDS = (
    *("allotment", "school", "harbour", "river", "dog", "library", "tree", "pension", "parking", "passport"),
    *(
        "court",
        "hospital",
        "bus",
        "museum",
        "fishing",
        "noise",
        "street",
        "birth",
        "land",
        "vaccine",
        "ferry",
    ),
    *(
        "prison",
        "tax",
        "flood",
        "customs",
        "student",
        "blood",
        "heat",
        "cattle",
        "election",
        "fire",
        "asbestos",
    ),
)
_WHAT = ("permits", "payments", "gauges", "letters", "archives", "maps", "inspections", "timetables")
_THINGS = tuple(f"{kind} {what}" for kind in _KINDS for what in _WHAT)
_HOW = (
    "with sensors",
    "by text message",
    "in one place",
    "for rural counties",
    "through open data",
    "with chatbots",
)
_OFFICES = (
    "Department of Trade",
    "Ministry of Rivers",
    "Harbour Office",
    "National Registry",
    "Board of Schools",
)
_SAID = (
    "residents waited weeks for an answer and now hear within a day while staff spend their time on hard "
    "cases the old paper ledger is closed and money saved goes to repairs councils asked for one desk "
    "instead of four people without a computer telephone as before an audit found errors in every tenth "
    "file engineers built small tools farmers nurses clerks drivers teachers judges sailors wanted fewer "
    "visits shorter queues clearer bills warmer rooms safer crossings quieter nights cleaner water cheaper "
    "fares earlier warnings"
)
_WORDS = tuple(sorted(set(_SAID.split(" "))))


@pytest.fixture
def cases():
    """cases(60, seed=1) gives that many different cases of one list."""

    def make(count: int, seed: int = 1, year: int = 2020) -> list[Record]:
        rng = random.Random(seed)
        things = rng.sample(_THINGS, count)
        chosen = [f"{rng.choice(_DOING)} {thing} {rng.choice(_HOW)}" for thing in things]
        return [_case(rng, f"a{i}", title, year) for i, title in enumerate(chosen)]

    return make


def _case(rng: random.Random, key: str, title: str, year: int) -> Record:
    start = date(year - rng.randint(1, 6), rng.randint(1, 12), rng.randint(2, 27))
    words = title.lower().split() + rng.sample(_WORDS, 14)
    rng.shuffle(words)
    return Record(
        key=key,
        title=title,
        organisation=rng.choice(_OFFICES),
        year=year,
        start=start,
        end=start + timedelta(days=rng.randint(300, 3000)),
        description=" ".join(words),
    )


@pytest.fixture
def a_year_later():
    """a_year_later(records) gives the next list and the true links: retyped, reworded, renamed, some gone."""

    def make(records: list[Record], seed: int = 2) -> tuple[list[Record], set[tuple[str, str]]]:
        rng = random.Random(seed)
        later, truth = [], set()
        for record in records:
            if rng.random() < 0.2:
                continue
            key = record.key.replace("a", "b")
            later.append(_changed(rng, record, key))
            truth.add((record.key, key))
        rng.shuffle(later)
        return later, truth

    return make


def _changed(rng: random.Random, record: Record, key: str) -> Record:
    title = rng.choice((_same, _retyped, _turned, _longer, _formerly))(rng, record.title)
    words = record.description.split()
    kept = [word for word in words if rng.random() > 0.2] + rng.sample(_WORDS, 3)
    became = {"Department of Trade": "Department for Commerce and Skills"}
    end = record.end and record.end + timedelta(days=rng.choice((0, 0, 90, 400)))
    return Record(
        key=key,
        title=title,
        organisation=became.get(record.organisation, record.organisation),
        year=(record.year or 0) + 1,
        start=record.start,
        end=end,
        description=" ".join(kept),
    )


def _same(rng: random.Random, title: str) -> str:
    return title


def _retyped(rng: random.Random, title: str) -> str:
    place = rng.randrange(3, len(title) - 1)
    return title[:place] + title[place + 1] + title[place] + title[place + 2 :]


def _turned(rng: random.Random, title: str) -> str:
    words = title.split()
    return " ".join([*words[2:], *words[:2]]).capitalize()


def _longer(rng: random.Random, title: str) -> str:
    return f"{title} Programme ({''.join(word[0] for word in title.split()).upper()})"


def _formerly(rng: random.Random, title: str) -> str:
    return f"Project {rng.choice(('Heron', 'Falcon', 'Otter', 'Badger'))} (formerly {title})"
