"""Instruments of the staying-power check: data files, read and scored by one engine."""

from __future__ import annotations

from perdure.core.foresee.instruments.loading import all_instruments, instrument, read_instrument
from perdure.core.foresee.instruments.scoring import score, score_group

__all__ = ["all_instruments", "instrument", "read_instrument", "score", "score_group"]
