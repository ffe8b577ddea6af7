"""Cases like mine: a few that share policy area, size, technology and rare words, each with its reasons.

The rarest words of the description and the filters of the case are asked of the index as "any of
these"; what comes back, a few hundred at most, is weighed one by one. A word weighs by its rarity
(inverse document frequency), so that "the service" counts for nothing and "probate" for much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from perdure.parts.register import labels
from perdure.parts.register.models import Case, Total
from perdure.parts.register.search import public_cases, row_of
from perdure.parts.register.search_index import vendor
from perdure.parts.register.search_words import EVERY, MARK, Query, split, word_of
from perdure.parts.register.values_find import CaseRow

MOST_WEIGHED = 300
WORDS_ASKED = 8
WORDS_WEIGHED = 40
WORDS_SHOWN = 4
BANDS = (Decimal(100_000), Decimal(1_000_000), Decimal(10_000_000), Decimal(100_000_000))
"""Edges of the bands of size: whole-life cost, in units of whichever currency."""
_AREA, _TECHNOLOGY, _SIZE, _KIND = 2.0, 2.0, 1.5, 0.5
_LEAST_LETTERS = 4
_SAY_NOTHING = frozenset((
    "about", "also", "aber", "auch", "been", "based", "diese", "durch", "eine", "einer", "from", "have",
    "into", "more", "nicht", "oder", "other", "sich", "sind", "such", "than", "that", "their", "they",
    "this", "used", "uses", "using", "were", "werden", "what", "when", "which", "will", "wird", "with",
))  # fmt: skip


@dataclass(frozen=True)
class Mine:
    """What somebody says of their own change. size: 0 to 4, the band of its cost, or None."""

    text: str = ""
    area: str = ""
    technology: str = ""
    kind: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Like:
    """A case that is like it, with the reasons in words, strongest first."""

    row: CaseRow
    because: tuple[str, ...]
    weight: float


def band(cost: Decimal | None) -> int | None:
    """The band of a cost, 0 to 4; None when it is not known."""
    return None if cost is None else sum(cost >= edge for edge in BANDS)


def like_case(case_id: int, *, most: int) -> tuple[Like, ...]:
    """Cases like this one, without itself."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return ()
    technology = case.technologies.order_by("name").values_list("name", flat=True).first() or ""
    text = f"{case.title} {case.summary[:1000]}"
    mine = Mine(text, case.area, technology, case.kind, band(case.cost))
    return like_mine(mine, most=most, without=case_id)


def like_mine(mine: Mine, *, most: int, without: int | None = None) -> tuple[Like, ...]:
    """Cases like what is described, likest first. A fixed number of queries, at most 300 cases weighed."""
    rare = _rare_words(mine.text)
    told = _filters_of(mine)
    ids = [pk for pk in _candidates(rare, told) if pk != without]
    cases = public_cases().filter(pk__in=ids).select_related("source")
    weighed = [like for case in cases if (like := _weigh(case, mine, rare)) is not None]
    return tuple(sorted(weighed, key=lambda one: (-one.weight, one.row.reference))[:most])


def _rare_words(text: str) -> dict[str, float]:
    """The rarest words that at least one case has, with their weights; at most WORDS_ASKED."""
    words = [word for word in dict.fromkeys(split(text)) if _says_something(word)]
    all_ = Total.objects.filter(word=EVERY).values_list("n", flat=True).first() or 1
    counts = vendor().how_many(words[:WORDS_WEIGHED])
    weights = {word: math.log(1 + all_ / n) for word, n in counts.items() if 0 < n <= max(20, all_ / 5)}
    rarest = sorted(weights, key=lambda word: (-weights[word], words.index(word)))
    return {word: weights[word] for word in rarest[: WORDS_ASKED * 2]}


def _says_something(word: str) -> bool:
    return len(word) >= _LEAST_LETTERS and not word.isdecimal() and word not in _SAY_NOTHING


def _filters_of(mine: Mine) -> list[str]:
    pairs = (("area", mine.area), ("technology", mine.technology))
    return [word_of(group, value) for group, value in pairs if value]


def _candidates(rare: dict[str, float], told: Sequence[str]) -> list[int]:
    """Ids worth weighing: cases with rare words of the text, of the same area or technology first."""
    words = tuple(list(rare)[:WORDS_ASKED])
    asked = [Query(whole=(one,), any_of=words) for one in told] if words else []
    if words:
        asked.append(Query(any_of=words))
    elif told:
        asked.append(Query(whole=tuple(told)))
    found: dict[int, None] = {}
    for query in asked:
        found.update(dict.fromkeys(vendor().some(query, most=MOST_WEIGHED // len(asked))))
    return list(found)


def _weigh(case: Case, mine: Mine, rare: dict[str, float]) -> Like | None:
    words = {word for word in case.words.split() if not word.startswith(MARK)}
    shared = [word for word in rare if word in words]
    reasons: list[tuple[float, str]] = []
    if shared:
        said = ", ".join(shared[:WORDS_SHOWN])
        reasons.append(
            (sum(rare[word] for word in shared), _("Shares the words %(words)s") % {"words": said})
        )
    if mine.area and case.area == mine.area:
        title = labels.title_of("area", case.area)
        reasons.append((_AREA, _("Same policy area: %(area)s") % {"area": title}))
    if mine.technology and word_of("technology", mine.technology) in case.words.split():
        reasons.append((_TECHNOLOGY, _("Also uses %(technology)s") % {"technology": mine.technology}))
    if mine.size is not None and band(case.cost) == mine.size:
        reasons.append((_SIZE, _("Similar size")))
    if mine.kind and case.kind.casefold() == mine.kind.casefold():
        reasons.append((_KIND, _("Same kind: %(kind)s") % {"kind": case.kind}))
    if not reasons or (not shared and len(reasons) < 2):
        return None
    reasons.sort(key=lambda pair: -pair[0])
    return Like(
        row_of(case), tuple(words for _weight, words in reasons), sum(weight for weight, _w in reasons)
    )
