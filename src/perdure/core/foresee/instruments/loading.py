"""Reading instruments: the ones that come with Perdure, and a site's own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from perdure.core.foresee.errors import ForeseeError
from perdure.core.foresee.values import Choice, Domain, Instrument, Item

if TYPE_CHECKING:
    from perdure.core.foresee.instruments.written import SaidDomain, SaidInstrument, WrittenInstrument

_FILES = {"staying-power": "staying_power.yaml", "psat": "psat.yaml", "nasss": "nasss.yaml"}
_LONGEST = 200_000


def all_instruments() -> tuple[Instrument, ...]:
    """The instruments that come with Perdure, our own first."""
    return tuple(instrument(key) for key in _FILES)


@cache
def instrument(key: str) -> Instrument:
    """ "staying-power", "psat" or "nasss". Raises ForeseeError (foresee.no-such-instrument)."""
    if key not in _FILES:
        raise ForeseeError(
            "There is no check of that name.",
            f"Choose one of these: {', '.join(_FILES)}.",
            code="foresee.no-such-instrument",
        )
    text = resources.files("perdure.core.foresee.instruments").joinpath(_FILES[key]).read_text("utf-8")
    return read_instrument(text)


def read_instrument(text: str) -> Instrument:
    """An instrument from its YAML, such as one whose wording a site has a licence for.

    Raises ForeseeError (foresee.bad-instrument) that names the place.
    """
    return _as_value(_checked(_yaml(text)))


def _yaml(text: str) -> Any:
    import yaml

    if len(text) > _LONGEST:
        raise _refused(f"it is longer than {_LONGEST:,} characters")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise _refused("it refers to another place in itself; write each part out")
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise _refused(f"line {mark.line + 1} is not YAML" if mark else "it is not YAML") from problem


def _checked(content: Any) -> WrittenInstrument:
    from pydantic import ValidationError

    from perdure.core.foresee.instruments.written import WrittenInstrument

    try:
        return WrittenInstrument.model_validate(content)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise _refused(f"at {place}: {first['msg']}") from problem


def _refused(what: str) -> ForeseeError:
    return ForeseeError(
        f"This file is not a check that we can use: {what}.",
        "Correct it and load it again; docs/explanation/will-it-last.md shows what it holds.",
        code="foresee.bad-instrument",
    )


def _as_value(written: WrittenInstrument) -> Instrument:
    own = _own(written)
    return replace(own, others={language: _said(own, said) for language, said in written.languages.items()})


def _said(own: Instrument, said: SaidInstrument) -> Instrument:
    """The same instrument in another language; what that one leaves out stays as it is."""
    scale = tuple(Choice(one.value, said.scale.get(one.value) or one.text) for one in own.scale)
    domains = tuple(_said_domain(one, said.domains.get(one.key)) for one in own.domains)
    title, summary = said.title or own.title, said.summary or own.summary
    return replace(own, title=title, summary=summary, scale=scale, domains=domains)


def _said_domain(own: Domain, said: SaidDomain | None) -> Domain:
    if said is None:
        return own
    items = tuple(
        Item(one.key, told.text or one.text, told.hint or one.hint, told.advice or one.advice)
        if (told := said.items.get(one.key))
        else one
        for one in own.items
    )
    return Domain(own.key, said.title or own.title, items, said.advice or own.advice)


def _own(written: WrittenInstrument) -> Instrument:
    domains = tuple(
        Domain(d.key, d.title, tuple(Item(i.key, i.text, i.hint, i.advice) for i in d.items), d.advice)
        for d in written.domains
    )
    return Instrument(
        written.key,
        written.title,
        written.summary,
        domains,
        scale=tuple(Choice(choice.value, choice.text) for choice in written.scale),
        higher_is=written.higher_is,
        citation=written.citation,
        licence=written.licence,
        complete=written.complete,
        minutes=written.minutes,
    )
