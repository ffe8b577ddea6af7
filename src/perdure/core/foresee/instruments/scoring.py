"""One engine for all instruments: plain means, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping

from perdure.core.foresee.values import Instrument, Profile


def score(instrument: Instrument, answers: Mapping[str, float | None]) -> Profile:
    """Score the answers (item key -> value on the scale; None or absent: not answered).

    Raises ForeseeError (foresee.bad-answer) for an unknown item or a value that is not on the scale.
    """
    raise NotImplementedError
