"""What is compared, and how alike it can be: each level in SQL for lists, and in Python for one case.

The first level that holds counts, as in splink. Both forms read the columns of `prepare.Ready`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perdure.core.match.prepare import Ready, in_common

_RARE = 60  # bits: titles that say at least this much are not shared by chance
_A_WORD = 22  # what a telling word weighs with its triples; a typing error weighs less
_TELLING = 20  # a name that says less than this does not count as contained in another


@dataclass(frozen=True)
class Level:
    """words: for a person, one sentence. empty: nothing to compare, no evidence either way."""

    code: str
    sql: str
    holds: Callable[[Ready, Ready], bool]
    words: str
    empty: bool = False


@dataclass(frozen=True)
class Comparison:
    name: str
    levels: tuple[Level, ...]

    def level(self, left: Ready, right: Ready) -> Level:
        return next(level for level in self.levels if level.holds(left, right))


def _always(left: Ready, right: Ready) -> bool:
    return True


# --- titles
_SHARED = "in_common(terms_l, terms_r, terms_size_l, terms_size_r)"
_IN_R = "in_common(terms_l, terms_all_r, terms_size_l, terms_all_size_r) >= 0.9 * terms_size_l"
_IN_L = "in_common(terms_r, terms_all_l, terms_size_r, terms_all_size_l) >= 0.9 * terms_size_r"


def _alike(left: Ready, right: Ready, share: float) -> bool:
    """Whether the names have this share of their bits in common (Jaccard's index)."""
    shared = in_common(left.terms, right.terms, left.terms_size, right.terms_size)
    return shared * (1 + share) >= share * (left.terms_size + right.terms_size)


def _swapped(left: Ready, right: Ready) -> bool:
    """Whether the names are alike, but each has a word of its own: "... for schools", "... for ships"."""
    shared = in_common(left.terms, right.terms, left.terms_size, right.terms_size)
    return _alike(left, right, 0.45) and min(left.terms_size, right.terms_size) - shared >= _A_WORD


def _within(left: Ready, right: Ready) -> bool:
    """Whether nine tenths of the left name stand in the right one, its other names included."""
    shared = in_common(left.terms, right.terms_all, left.terms_size, right.terms_all_size)
    return shared >= 0.9 * left.terms_size


def _contained(left: Ready, right: Ready) -> bool:
    telling = min(left.terms_size, right.terms_size) >= _TELLING
    return telling and (_within(left, right) or _within(right, left))


def _alike_level(share: float, code: str, words: str) -> Level:
    sql = f"{_SHARED} * {1 + share} >= {share} * (terms_size_l + terms_size_r)"
    return Level(code, sql, lambda a, b: _alike(a, b, share), words)


TITLE = Comparison(
    "title",
    (
        Level(
            "title-unknown",
            "title_l = '' or title_r = ''",
            lambda a, b: not a.title or not b.title,
            "",
            empty=True,
        ),
        Level(
            "title-same",
            f"title_l = title_r and terms_size_l >= {_RARE}",
            lambda a, b: a.title == b.title and a.terms_size >= _RARE,
            "The titles are the same.",
        ),
        Level(
            "title-same-plain",
            "title_l = title_r",
            lambda a, b: a.title == b.title,
            "The titles are the same, in words that many titles share.",
        ),
        Level(
            "title-same-words",
            "core_l = core_r",
            lambda a, b: a.core == b.core,
            "The titles have the same words, give or take order, plurals and short forms.",
        ),
        Level(
            "title-other-name",
            "list_has_any(names_l, names_r)",
            lambda a, b: not set(a.names).isdisjoint(b.names),
            "One title gives the other as its former name.",
        ),
        Level(
            "title-initials",
            "(list_contains(initials_l, core_r) or list_contains(initials_r, core_l))",
            lambda a, b: b.core in a.initials or a.core in b.initials,
            "One title is the initials of the other.",
        ),
        Level(
            "title-within",
            f"least(terms_size_l, terms_size_r) >= {_TELLING} and ({_IN_R} or {_IN_L})",
            _contained,
            "One title contains the other.",
        ),
        Level(
            "title-swap",
            f"{_SHARED} * 1.45 >= 0.45 * (terms_size_l + terms_size_r)"
            f" and least(terms_size_l, terms_size_r) - {_SHARED} >= {_A_WORD}",
            _swapped,
            "The titles share most of their words, but each has one that the other has not.",
        ),
        _alike_level(0.7, "title-close", "The titles are nearly the same."),
        _alike_level(0.5, "title-alike", "The titles share most of their words."),
        _alike_level(0.33, "title-part", "The titles share several words."),
        _alike_level(0.18, "title-little", "The titles share few words."),
        Level("title-other", "ELSE", _always, "The titles have different words."),
    ),
)

# --- numbers that tell one of a series from the next
_CONFLICT = (
    "len(list_filter(list_intersect(series_l, series_r), lambda s: len(list_intersect("
    "list_filter(numbers_l, lambda n: split_part(n, ':', 1) = s), numbers_r)) = 0)) > 0"
)


def numbers_conflict(left: Ready, right: Ready) -> bool:
    """Both have a number of the same series and none in common: Phase 1 and Phase 2."""
    shared = left.numbers & right.numbers
    return bool((left.series & right.series) - {n.split(":")[0] for n in shared})


NUMBERS = Comparison(
    "numbers",
    (
        Level(
            "numbers-none",
            "len(numbers_l) = 0 and len(numbers_r) = 0",
            lambda a, b: not a.numbers and not b.numbers,
            "",
            empty=True,
        ),
        Level(
            "numbers-differ",
            _CONFLICT,
            numbers_conflict,
            "The titles have different numbers, as of two phases or years.",
        ),
        Level(
            "numbers-same",
            "list_has_any(numbers_l, numbers_r)",
            lambda a, b: bool(a.numbers & b.numbers),
            "The titles have the same number.",
        ),
        Level("numbers-one", "ELSE", _always, "Only one title has a number."),
    ),
)

# --- organisations
ORGANISATION = Comparison(
    "organisation",
    (
        Level(
            "organisation-unknown",
            "org_l = '' or org_r = ''",
            lambda a, b: not a.org or not b.org,
            "",
            empty=True,
        ),
        Level(
            "organisation-same",
            "list_has_any(org_forms_l, org_forms_r)",
            lambda a, b: bool(a.org_forms & b.org_forms),
            "The organisation is the same.",
        ),
        Level(
            "organisation-became",
            "list_contains(org_became_l, org_r) or list_contains(org_became_r, org_l)",
            lambda a, b: b.org in a.org_became or a.org in b.org_became,
            "Other things of the first organisation stand under the second one too.",
        ),
        Level(
            "organisation-part",
            "starts_with(org_l || ' ', org_r || ' ') or starts_with(org_r || ' ', org_l || ' ')",
            lambda a, b: f"{a.org} ".startswith(f"{b.org} ") or f"{b.org} ".startswith(f"{a.org} "),
            "One organisation is named as part of the other.",
        ),
        Level("organisation-other", "ELSE", _always, "The organisations differ."),
    ),
)

# --- descriptions
_COSINE = "(in_common(words_l, words_r, words_size_l, words_size_r) / sqrt(words_size_l * words_size_r))"


def cosine(left: Ready, right: Ready) -> float:
    """How alike two descriptions are by their telling words (tf-idf, each word once), 0 to 1."""
    shared = in_common(left.words, right.words, left.words_size, right.words_size)
    return float(shared / (left.words_size * right.words_size) ** 0.5)


def _cosine_level(share: float, code: str, words: str) -> Level:
    return Level(code, f"{_COSINE} >= {share}", lambda a, b: cosine(a, b) >= share, words)


DESCRIPTION = Comparison(
    "description",
    (
        Level(
            "description-unknown",
            "words_size_l < 12 or words_size_r < 12",
            lambda a, b: a.words_size < 12 or b.words_size < 12,
            "",
            empty=True,
        ),
        _cosine_level(0.8, "description-same", "The descriptions are nearly the same."),
        _cosine_level(0.5, "description-close", "The descriptions share most of their telling words."),
        _cosine_level(0.3, "description-alike", "The descriptions share many telling words."),
        _cosine_level(0.15, "description-part", "The descriptions share some telling words."),
        _cosine_level(0.08, "description-little", "The descriptions share few words."),
        Level("description-other", "ELSE", _always, "The descriptions have different words."),
    ),
)


# --- dates
def _no_day(key: str, column: str) -> Level:
    return Level(
        key,
        f"{column}_l is null or {column}_r is null",
        lambda a, b: getattr(a, column) is None or getattr(b, column) is None,
        "",
        empty=True,
    )


def _days_apart(key: str, column: str, days: int, says: str) -> Level:
    return Level(
        key,
        f"abs({column}_l - {column}_r) <= {days}",
        lambda a, b: abs((getattr(a, column) or 0) - (getattr(b, column) or 0)) <= days,
        says,
    )


START = Comparison(
    "start",
    (
        _no_day("start-unknown", "first_day"),
        Level(
            "start-same",
            "first_day_l = first_day_r and first_telling_l",
            lambda a, b: a.first_day == b.first_day and a.first_telling,
            "Both start on the same day.",
        ),
        Level(
            "start-same-usual",
            "first_day_l = first_day_r",
            lambda a, b: a.first_day == b.first_day,
            "Both start on the same day, one on which many things start.",
        ),
        _days_apart("start-close", "first_day", 92, "The starts are within three months."),
        _days_apart("start-near", "first_day", 400, "The starts are about a year apart."),
        Level("start-other", "ELSE", _always, "The starts are years apart."),
    ),
)

END = Comparison(
    "end",
    (
        _no_day("end-unknown", "last_day"),
        Level(
            "end-same",
            "last_day_l = last_day_r",
            lambda a, b: a.last_day == b.last_day,
            "Both end on the same day.",
        ),
        _days_apart("end-near", "last_day", 400, "The ends are about a year apart at most."),
        Level("end-other", "ELSE", _always, "The ends are years apart."),
    ),
)


def _same_or_not(name: str, what: str) -> Comparison:
    return Comparison(
        name,
        (
            Level(
                f"{name}-unknown",
                f"{name}_l = '' or {name}_r = ''",
                lambda a, b: not getattr(a, name) or not getattr(b, name),
                "",
                empty=True,
            ),
            Level(
                f"{name}-same",
                f"{name}_l = {name}_r",
                lambda a, b: bool(getattr(a, name) == getattr(b, name)),
                f"The {what} is the same.",
            ),
            Level(f"{name}-other", "ELSE", _always, f"The {what} differs."),
        ),
    )


AREA = _same_or_not("area", "area")
COUNTRY = _same_or_not("country", "country")

COMPARISONS = (TITLE, NUMBERS, ORGANISATION, DESCRIPTION, START, END, AREA, COUNTRY)
