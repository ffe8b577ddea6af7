"""Instruments of the staying-power check: data files, read and scored by one engine."""

from __future__ import annotations

from perdure.core.foresee.instruments.loading import all_instruments, instrument, read_instrument
from perdure.core.foresee.instruments.scoring import score

__all__ = ["all_instruments", "instrument", "read_instrument", "score"]
