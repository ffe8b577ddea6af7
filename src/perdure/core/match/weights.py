"""How much each level counts, and what probability the sum stands for.

A level's weight is log2(m / u) as in Fellegi and Sunter (1969): m, how often pairs that are one thing are
alike like this; u, how often pairs that are not. The weights were learnt without labels (EM, see `training`).
As the comparisons lean on each other, their sum promises too much. A factor for each comparison, fitted on
links that are known (logistic regression), makes a probability of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import exp, log, log2
from typing import Any

from perdure.core.match.knowledge import Counted, Knowledge

# Two numbers of one series: a pair of phases is never one thing, however alike the rest.
NEVER_ABOVE = 0.02
# The factors were fitted from year to year, where about three records in four are found again.
FOUND_AGAIN = 0.75
# Within one list few things stand twice; two in a hundred is assumed, not measured.
LISTED_TWICE = 0.02


@dataclass(frozen=True)
class Weights:
    """chances: level code to (m, u). prior: chance that two random records of two lists are one thing.

    factors, shift: log-odds (natural) of being one thing = sum of factor * bits, plus shift.
    """

    chances: Mapping[str, tuple[float, float]]
    prior: float = 0.003
    factors: Mapping[str, float] = field(default_factory=dict)
    shift: float = 0.0

    def bits(self, code: str) -> float:
        """Evidence of one level; 0 where there was nothing to compare."""
        if code not in self.chances:
            return 0.0
        m, u = self.chances[code]
        return log2(m / u)

    def log_odds(self, codes: Mapping[str, str]) -> float:
        """Natural log-odds that a pair with these levels (comparison to code) is one thing."""
        return self.shift + sum(self.factors.get(name, 0.0) * self.bits(code) for name, code in codes.items())

    def expecting(self, share: float) -> Weights:
        """The same evidence, where this share of the records is expected to have a counterpart."""
        return replace(self, shift=self.shift + log(share / FOUND_AGAIN))

    def probability(self, codes: Mapping[str, str]) -> float:
        found = logistic(self.log_odds(codes))
        return min(found, NEVER_ABOVE) if codes.get("numbers") == "numbers-differ" else found


def logistic(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, log_odds))))


def as_json(weights: Weights, knowledge: Knowledge) -> str:
    """Everything that is shipped, one line per table so that a change can be read."""
    tables = {
        "prior": weights.prior,
        "factors": {name: float(f"{x:.4g}") for name, x in weights.factors.items()},
        "shift": round(weights.shift, 4),
        "chances": {code: [float(f"{x:.4g}") for x in pair] for code, pair in weights.chances.items()},
        "titles": {"total": knowledge.titles.total, "words": dict(sorted(knowledge.titles.words.items()))},
        "descriptions": {
            "total": knowledge.descriptions.total,
            "words": dict(sorted(knowledge.descriptions.words.items())),
        },
    }
    lines = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in tables.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def from_json(text: str) -> tuple[Weights, Knowledge]:
    tables: dict[str, Any] = json.loads(text)
    weights = Weights(
        chances={code: (pair[0], pair[1]) for code, pair in tables["chances"].items()},
        prior=tables["prior"],
        factors=tables["factors"],
        shift=tables["shift"],
    )
    counted = {
        name: Counted(tables[name]["words"], tables[name]["total"]) for name in ("titles", "descriptions")
    }
    return weights, Knowledge(titles=counted["titles"], descriptions=counted["descriptions"])


@cache
def shipped() -> tuple[Weights, Knowledge]:
    """The weights and word counts that come with the package (scripts/linking_validation.py makes them)."""
    return from_json(files("perdure.core.match").joinpath("weights.json").read_text(encoding="utf-8"))
