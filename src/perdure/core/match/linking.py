"""Link two lists, one list with itself, or one record with a shortlist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from perdure.core.match.assign import Scored, against_rivals, one_to_one
from perdure.core.match.knowledge import Knowledge
from perdure.core.match.levels import COMPARISONS
from perdure.core.match.prepare import made_ready
from perdure.core.match.successors import successors
from perdure.core.match.values import Kind, Link, Reason, Record
from perdure.core.match.weights import FOUND_AGAIN, LISTED_TWICE, Weights, shipped

_WORDS = {level.code: level.words for comparison in COMPARISONS for level in comparison.levels}
_SAME_NAME = frozenset({"title-same", "title-same-plain", "title-same-words"})
_PART_OF = frozenset({"title-within", "title-same-words", "title-other-name", "title-close"})
_WORTH_LOOKING = 0.02  # rivals below this change nothing
_WORTH_SAYING = 0.3  # bits
_NEXT = Reason("numbers-next", 0.0, "The number in the title goes up by one.")

Progress = Callable[[float], None]


def link_lists(
    left: Sequence[Record],
    right: Sequence[Record],
    *,
    at_least: float,
    progress: Progress,
    found_again: float = FOUND_AGAIN,
    scale: tuple[Weights, Knowledge] | None = None,
) -> list[Link]:
    """See `api.link`. scale: weights and word counts other than those shipped, to try them out."""
    if not left or not right:
        return []
    left, right = _sorted(left), _sorted(right)
    weights, known = scale or shipped()
    weights = weights.expecting(found_again)
    knowledge = known.and_of(left, right)
    progress(0.1)
    pairs = _scored(left, right, knowledge, weights, min(at_least, _WORTH_LOOKING))
    progress(0.8)
    own = _one_to_one(pairs, at_least)
    gone = set(range(len(left))) - {pair.left for pair in own}
    taken = {pair.right for pair in own}
    absorbed = _absorbed(pairs, gone, taken, at_least)
    gone -= {pair.left for pair in absorbed}
    new = [right[i] for i in range(len(right)) if i not in taken]
    followed = _followed([left[i] for i in sorted(gone)], new, knowledge, weights)

    def named(pair: Scored, kind: Kind) -> Link:
        return _link(left[pair.left].key, right[pair.right].key, kind, pair, weights)

    found = [named(pair, _kind(pair.codes)) for pair in own]
    found += [named(pair, Kind.ABSORBED) for pair in absorbed]
    found += [one for one in followed if one.probability >= at_least]
    progress(1.0)
    return _in_order(found)


def link_within(records: Sequence[Record], *, at_least: float, progress: Progress) -> list[Link]:
    """See `api.duplicates`."""
    if len(records) < 2:
        return []
    place = {record.key: i for i, record in enumerate(records)}
    ordered = _sorted(records)
    weights, known = shipped()[0].expecting(LISTED_TWICE), shipped()[1]
    knowledge = known.and_of(ordered)
    progress(0.1)
    found: list[Link] = []
    for pair in _scored(ordered, (), knowledge, weights, at_least):
        keys = (ordered[pair.left].key, ordered[pair.right].key)
        first, second = sorted(keys, key=lambda key: place[key])
        found.append(_link(first, second, _kind(pair.codes), pair, weights))
    progress(1.0)
    return _in_order(found)


def score_near(
    record: Record, candidates: Iterable[Record], *, at_least: float, knowledge: Knowledge
) -> list[Link]:
    """See `api.near`."""
    weights = shipped()[0].expecting(LISTED_TWICE)
    one = made_ready(record, knowledge)
    found: list[Link] = []
    for candidate in candidates:
        other = made_ready(candidate, knowledge)
        codes = {c.name: c.level(one, other).code for c in COMPARISONS}
        probability = weights.probability(codes)
        if probability >= at_least:
            pair = Scored(0, 0, codes, probability)
            found.append(_link(record.key, candidate.key, _kind(codes), pair, weights))
    return _in_order(found)


def _sorted(records: Sequence[Record]) -> list[Record]:
    """In an order of their own, so that the caller's order changes nothing."""
    return sorted(records, key=lambda record: (record.key, record.title))


def _in_order(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda found: (-found.probability, found.left, found.right))


def _scored(
    left: Sequence[Record],
    right: Sequence[Record],
    knowledge: Knowledge,
    weights: Weights,
    at_least: float,
) -> list[Scored]:
    from perdure.core.match.engine import compared

    scored = (
        Scored(a, b, codes, weights.probability(codes))
        for a, b, codes in compared(left, right, knowledge, weights, at_least)
    )
    return [pair for pair in scored if pair.probability >= at_least]


def _kind(codes: Mapping[str, str]) -> Kind:
    return Kind.SAME if codes["title"] in _SAME_NAME else Kind.RENAMED


def _one_to_one(pairs: Sequence[Scored], at_least: float) -> list[Scored]:
    """The pairs chosen, each with its probability against its rivals."""
    chances = against_rivals(pairs)
    by_place = {(pair.left, pair.right): pair for pair in pairs}
    chosen = [(place, chances[place]) for place in one_to_one(chances) if chances[place] >= at_least]
    return [replace(by_place[place], probability=chance) for place, chance in chosen]


def _absorbed(pairs: Sequence[Scored], gone: set[int], taken: set[int], at_least: float) -> list[Scored]:
    """Records without a link of their own, whose name is part of one that another record went on to."""
    best: dict[int, Scored] = {}
    for pair in pairs:
        fits = pair.left in gone and pair.right in taken and pair.codes["title"] in _PART_OF
        if fits and pair.probability >= at_least:
            known = best.get(pair.left)
            if known is None or pair.probability > known.probability:
                best[pair.left] = pair
    return [best[place] for place in sorted(best)]


def _followed(
    gone: Sequence[Record], new: Sequence[Record], knowledge: Knowledge, weights: Weights
) -> list[Link]:
    """Phase 2 after Phase 1, where Phase 1 is gone and Phase 2 is new."""
    before = [(record, made_ready(record, knowledge)) for record in gone]
    after = [(record, made_ready(record, knowledge)) for record in new]
    found: list[Link] = []
    for one, other, codes in successors(before, after):
        pair = Scored(0, 0, codes, weights.probability(codes))
        made = _link(one.key, other.key, Kind.SUCCESSOR, pair, weights)
        found.append(replace(made, reasons=(*made.reasons, _NEXT)))
    return found


def _link(left: str, right: str, kind: Kind, pair: Scored, weights: Weights) -> Link:
    reasons = [
        Reason(code, round(weights.bits(code), 2), _WORDS[code])
        for code in pair.codes.values()
        if _WORDS.get(code) and abs(weights.bits(code)) >= _WORTH_SAYING
    ]
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.code))
    return Link(left, right, round(pair.probability, 6), kind, tuple(reasons))
