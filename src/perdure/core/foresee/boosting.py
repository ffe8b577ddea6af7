"""Steps: what each column adds to the log-odds, learnt as a sum of many small jumps at single limits.

Gradient boosting of trees with one split each (stumps). Sources: Friedman, Greedy function approximation
(2001), and Stochastic gradient boosting (2002); the height of a jump as in Chen and Guestrin, XGBoost (2016).
A sum of such trees says something of each column by itself, so that a forecast can still name its reasons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

RATE = 0.06
"""How much of a jump is taken at a time."""
ROWS, COLUMNS = 0.6, 0.4
"""Each jump looks at so many of the rows and of the columns, drawn anew."""
LEAST = 10
"""So many rows drawn stand on either side of a jump."""
LIMITS = 15
"""At so many limits at most, a like number of rows between them, may a column jump."""
RIDGE = 1.0


@dataclass(frozen=True)
class Steps:
    """heights[n] is for numbers above limits[n - 1], up to and including limits[n]; empty: nothing."""

    limits: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()

    def at(self, number: float) -> float:
        return self.heights[bisect_left(self.limits, number)] if self.heights else 0.0


def boosted(table: Numbers, yes: Numbers, start: Numbers, rounds: int) -> list[Steps]:
    """Steps for each column of the table, after so many jumps from the log-odds that rows start with.

    table  a row a case, a number a column. The same table gives the same steps: what is drawn is fixed.
    """
    import numpy as np

    draw = np.random.default_rng(0)
    limits = [_limits(column) for column in table.T]
    places = np.stack(
        [np.searchsorted(own, column) for own, column in zip(limits, table.T, strict=True)], axis=1
    )
    heights = np.zeros((table.shape[1], LIMITS + 1))
    odds = start.copy()
    for _ in range(rounds):
        columns = draw.permutation(table.shape[1])[: max(1, int(COLUMNS * table.shape[1]))]
        kept = draw.random(len(table)) < ROWS
        chance = 1 / (1 + np.exp(-odds[kept]))
        jump = _best_jump(places[np.ix_(kept, columns)], yes[kept] - chance, chance * (1 - chance))
        if jump is None:
            continue
        column, last, below, above = jump
        column = int(columns[column])
        heights[column, : last + 1] += RATE * below
        heights[column, last + 1 :] += RATE * above
        odds += RATE * np.where(places[:, column] <= last, below, above)
    return [_steps(own.tolist(), high.tolist()) for own, high in zip(limits, heights, strict=True)]


def _limits(column: Numbers) -> Numbers:
    import numpy as np

    shares = np.linspace(0, 1, LIMITS + 2)[1:-1]
    found: Numbers = np.unique(np.quantile(column, shares, method="lower"))
    return found


def _best_jump(places: Places, slope: Numbers, curve: Numbers) -> tuple[int, int, float, float] | None:
    """Column, last place below, and the heights below and above of the jump that gains most; None: none does.

    places  a row a case: which step of each column it stands on
    """
    import numpy as np

    width = places.shape[1]
    flat = (places + np.arange(width) * (LIMITS + 1)).ravel()

    def below(of_rows: Numbers | None) -> Numbers:
        weights = None if of_rows is None else np.repeat(of_rows, width)
        counted = np.bincount(flat, weights, width * (LIMITS + 1)).reshape(width, LIMITS + 1)
        summed: Numbers = counted.cumsum(axis=1)
        return summed

    slopes, curves, rows = below(slope), below(curve) + RIDGE, below(None)
    slopes_above, rows_above = slopes[:, -1:] - slopes, rows[:, -1:] - rows
    curves_above = curves[:, -1:] - curves + RIDGE
    gain = slopes**2 / curves + slopes_above**2 / curves_above
    gain[(rows < LEAST) | (rows_above < LEAST)] = 0.0
    column, last = (int(found) for found in np.unravel_index(gain.argmax(), gain.shape))
    if gain[column, last] <= 0:
        return None
    height, height_above = slopes / curves, slopes_above / curves_above
    return column, last, float(height[column, last]), float(height_above[column, last])


def _steps(limits: Sequence[float], heights: Sequence[float]) -> Steps:
    """Only the limits at which the height changes."""
    jumps = [n for n in range(len(limits)) if abs(heights[n + 1] - heights[n]) > 1e-9]
    if not jumps:
        return Steps()
    kept = [*jumps, len(limits)]
    return Steps(tuple(limits[n] for n in jumps), tuple(round(heights[n], 6) for n in kept))
