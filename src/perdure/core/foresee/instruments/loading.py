"""Reading instruments: the ones that come with Perdure, and a site's own."""

from __future__ import annotations

from perdure.core.foresee.values import Instrument


def all_instruments() -> tuple[Instrument, ...]:
    """The instruments that come with Perdure, our own first."""
    raise NotImplementedError


def instrument(key: str) -> Instrument:
    """ "staying-power", "psat" or "nasss". Raises ForeseeError (foresee.no-such-instrument)."""
    raise NotImplementedError


def read_instrument(text: str) -> Instrument:
    """An instrument from its YAML, such as one whose wording a site has a licence for.

    Raises ForeseeError (foresee.bad-instrument) that names the place.
    """
    raise NotImplementedError
