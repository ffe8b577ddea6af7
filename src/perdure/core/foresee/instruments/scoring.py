"""One engine for all instruments: plain means, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from perdure.core.foresee.errors import ForeseeError
from perdure.core.foresee.values import Advice, Domain, DomainScore, Instrument, Item, Profile

Answers = Mapping[str, float | None]
"""Item key -> value on the scale; None or absent: not answered, or does not apply."""

WEAK = 0.75
"""A domain at or above this strength needs no advice."""
MOST_ADVICE = 3


def score(instrument: Instrument, answers: Answers) -> Profile:
    """Score one person's answers.

    A domain's score is the plain mean of its answered items, once half of them are answered; else it has
    none. Raises ForeseeError (foresee.bad-answer) for an unknown item or a value that is not on the scale.
    """
    return score_group(instrument, [answers])


def score_group(instrument: Instrument, group: Sequence[Answers]) -> Profile:
    """Score several people's answers about the same change: the mean of each item over those who answered.

    So a domain's score is that of the published tables (PSAT). An item that nobody answered is missing.
    """
    means = _means(instrument, group)
    domains = tuple(_domain(instrument, domain, means) for domain in instrument.domains)
    raws = [domain.raw for domain in domains if domain.raw is not None]
    known = [domain for domain in domains if domain.value is not None and domain.value < WEAK]
    weakest = tuple(d.key for d in sorted(known, key=lambda d: d.value or 0.0)[:MOST_ADVICE])
    return Profile(
        instrument.key,
        domains,
        overall=fmean(raws) if len(raws) == len(domains) else None,
        weakest=weakest,
        advice=_advice(instrument, weakest, means),
        missing=tuple(
            item.key for domain in instrument.domains for item in domain.items if item.key not in means
        ),
    )


def _means(instrument: Instrument, group: Sequence[Answers]) -> dict[str, float]:
    known = {item.key for domain in instrument.domains for item in domain.items}
    steps = {choice.value for choice in instrument.scale}
    given: dict[str, list[float]] = {}
    for answers in group:
        for key, value in answers.items():
            if key not in known or (value is not None and value not in steps):
                raise ForeseeError(
                    "One of the answers does not belong to this check.",
                    "Open the check again and answer it anew.",
                    code="foresee.bad-answer",
                )
            if value is not None:
                given.setdefault(key, []).append(value)
    return {key: fmean(values) for key, values in given.items()}


def _domain(instrument: Instrument, domain: Domain, means: Mapping[str, float]) -> DomainScore:
    values = [means[item.key] for item in domain.items if item.key in means]
    raw = fmean(values) if values and 2 * len(values) >= len(domain.items) else None
    strength = None if raw is None else _strength(instrument, raw)
    return DomainScore(domain.key, domain.title, raw, strength, len(values), len(domain.items))


def _strength(instrument: Instrument, raw: float) -> float:
    """0 at the weak end of the scale, 1 at the strong end."""
    low, high = instrument.scale[0].value, instrument.scale[-1].value
    share = (raw - low) / (high - low)
    return share if instrument.higher_is == "stronger" else 1 - share


def _advice(instrument: Instrument, weakest: Sequence[str], means: Mapping[str, float]) -> tuple[Advice, ...]:
    """For each weak domain: what its own weak items say, weakest first, or else what the domain says."""
    domains = {domain.key: domain for domain in instrument.domains}
    found: list[Advice] = []
    for key in weakest:
        domain = domains[key]
        weak = [item for item in domain.items if item.advice and _is_weak(instrument, item, means)]
        weak.sort(key=lambda item: _strength(instrument, means[item.key]))
        found += [Advice(key, item.key, item.advice) for item in weak]
        if domain.advice:
            found.append(Advice(key, "", domain.advice))
    return tuple(found)


def _is_weak(instrument: Instrument, item: Item, means: Mapping[str, float]) -> bool:
    return item.key in means and _strength(instrument, means[item.key]) < WEAK
