"""Learn the weights from lists, without labels; fit the probability on links that are known.

u comes from pairs within one list, which are different things nearly always: pairs across lists would count
the same thing as chance. m comes from splink's EM across lists. Areas and countries are too rarely given in
the lists we learn from; their chances are stated, not learnt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from perdure.core.match.engine import compared, duck, quiet, settings, shared_blocks, table
from perdure.core.match.knowledge import Counted, Knowledge
from perdure.core.match.levels import COMPARISONS
from perdure.core.match.prepare import block_keys, made_ready
from perdure.core.match.values import Record
from perdure.core.match.weights import Weights

Pair = tuple[Sequence[Record], Sequence[Record]]
_STATED = {
    "area-same": (0.8, 0.15),
    "area-other": (0.2, 0.85),
    "country-same": (0.98, 0.2),
    "country-other": (0.02, 0.8),
}
_LEAST = 3e-5  # no level of likeness is rarer by chance, as far as our lists can tell
_AS_GOOD_AS_SAME = ("organisation-became", "organisation-part")
_FITTED = ("title", "numbers", "organisation", "description", "start", "end")
_MAY_BE_MISSING = (
    (),
    ("start", "end"),
    ("description",),
    ("start", "end", "description"),
    ("end", "organisation"),
)
_TRUST = 0.05  # of the fit against the guess that nothing counts; smaller is more careful
_ALL_PAIRS = 100_000  # above, EM looks within organisations only
_ENOUGH = 400  # records of one list: 80,000 pairs of different things


def learn_words(lists: Iterable[Sequence[Record]], least: int = 3) -> Knowledge:
    """Word counts to ship: only words that stand in `least` records or more."""
    every = Knowledge()
    for records in lists:
        every = every.and_of(records)
    return Knowledge(_common(every.titles, least), _common(every.descriptions, least))


def _common(counted: Counted, least: int) -> Counted:
    return Counted({w: n for w, n in counted.words.items() if n >= least}, counted.total)


def learn(pairs: Sequence[Pair], knowledge: Knowledge) -> Weights:
    """m and u of every level, from pairs of consecutive lists."""
    u = _chances_by_chance([records for pair in pairs for records in pair], knowledge)
    found: dict[str, list[float]] = {code: [] for code in u}
    for left, right in pairs:
        for code, chance in _learn_m(left, right, knowledge.and_of(left, right), u).items():
            found[code].append(chance)
    m = {code: sum(some) / len(some) if some else 0.0 for code, some in found.items()}
    # What an organisation is called says less than that it is the same, whichever way we know it.
    known = min(0.99, sum(m[code] for code in ("organisation-same", *_AS_GOOD_AS_SAME)))
    m.update(
        {"organisation-same": known, "organisation-became": 0.9 * known, "organisation-part": 0.7 * known}
    )
    chances = {code: (max(m[code], _LEAST), u[code]) for code in u}
    return Weights(chances={**chances, **_STATED}, prior=0.003)


def _chances_by_chance(lists: Sequence[Sequence[Record]], knowledge: Knowledge) -> dict[str, float]:
    """u: how often two different things of one list are alike like this. Each list counts once."""
    seen: dict[str, float] = {}
    for records in lists:
        known = knowledge.and_of(records)
        with duck() as connection:
            some = sorted(records, key=lambda r: crc32(r.key.encode()))[:_ENOUGH]
            table(connection, "one", [made_ready(r, known) for r in some], [[]] * len(some))
            for comparison in COMPARISONS:
                for code, count in _counts_within(connection, comparison):
                    seen[code] = seen.get(code, 0.0) + count
    found: dict[str, float] = {}
    for comparison in COMPARISONS:
        codes = [level.code for level in comparison.levels if not level.empty]
        total = sum(seen.get(code, 0.0) for code in codes)
        for code in codes:
            found[code] = max((seen.get(code, 0.0) + 0.3) / (total + 1), _LEAST)
    for code in _AS_GOOD_AS_SAME:  # these cannot be seen within one list
        found[code] = found["organisation-same"]
    return found


def _counts_within(connection: Any, comparison: Any) -> list[tuple[str, int]]:
    cases = " ".join(
        f"when {level.sql} then '{level.code}'" for level in comparison.levels if level.sql != "ELSE"
    )
    names = {"_l": "l", "_r": "r"}
    columns = [row[0] for row in connection.execute("describe one").fetchall()]
    sides = ", ".join(f"{alias}.{c} as {c}{end}" for end, alias in names.items() for c in columns)
    return list(
        connection.execute(
            f"select case {cases} else '{comparison.levels[-1].code}' end as code, count(*) from "  # noqa: S608
            f"(select {sides} from one l join one r on l.unique_id < r.unique_id) group by 1"
        ).fetchall()
    )


def _learn_m(
    left: Sequence[Record], right: Sequence[Record], known: Knowledge, u: Mapping[str, float]
) -> dict[str, float]:
    """m of the levels that EM saw; a level that no pair has keeps its first guess and is left out."""
    from splink import DuckDBAPI, Linker

    keys = [[block_keys(r, known) for r in records] for records in (left, right)]
    kept = shared_blocks(*keys)
    with duck() as connection, quiet():
        api = DuckDBAPI(connection)
        frames = []
        for number, records in enumerate((left, right)):
            table(
                connection,
                f"list_{number}",
                [made_ready(r, known) for r in records],
                [[k for k in some if k in kept] for some in keys[number]],
            )
            frames.append(api.register(f"list_{number}", dataset_display_name=f"list_{number}"))
        begun = settings("link_only")
        _begin(begun, u)
        linker = Linker(frames, begun, log_level=None, validate_settings=False)
        linker.training.estimate_parameters_using_expectation_maximisation(
            "1=1" if len(left) * len(right) < _ALL_PAIRS else "l.org = r.org"
        )
        model = linker.misc.save_model_to_json()
    guesses = _chances_in(begun)
    return {code: m for code, m in _chances_in(model).items() if abs(m - guesses[code]) > 1e-12}


def _chances_in(model: Mapping[str, Any]) -> dict[str, float]:
    return {
        level["label_for_charts"]: level.get("m_probability", 0.0)
        for comparison in model["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level") and not level["label_for_charts"].startswith(("area", "country"))
    }


def _begin(said: dict[str, Any], u: Mapping[str, float]) -> None:
    """Where EM starts: u as counted; m the likelier, the higher the level stands."""
    for comparison in said["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        share = [0.5**rank for rank in range(1, len(levels) + 1)]
        for level, part in zip(levels, share, strict=True):
            level["m_probability"] = part / sum(share)
            level["u_probability"] = u[level["label_for_charts"]]


@dataclass(frozen=True)
class Labelled:
    """Two lists, the places (left, right) of known links, and of pairs nobody can call either way."""

    left: Sequence[Record]
    right: Sequence[Record]
    links: set[tuple[int, int]]
    aside: set[tuple[int, int]] = field(default_factory=set)


def fit_probability(weights: Weights, known_links: Sequence[Labelled], knowledge: Knowledge) -> Weights:
    """Fit how much each comparison's bits count towards the log-odds, on lists whose links are known.

    Pairs are those that share a block; each counts as it is and with parts of it missing, as lists without
    dates or descriptions must be linked with the same factors. No comparison may count against its own
    evidence: a factor below nothing is set to nothing.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows: list[list[float]] = []
    truth: list[int] = []
    for lists in known_links:
        known = knowledge.and_of(lists.left, lists.right)
        for first, second, codes in compared(lists.left, lists.right, known, weights, 0.0):
            if codes["numbers"] != "numbers-differ" and (first, second) not in lists.aside:
                bits = {name: weights.bits(codes[name]) for name in _FITTED}
                for missing in _MAY_BE_MISSING:
                    rows.append([0.0 if name in missing else bits[name] for name in _FITTED])
                    truth.append(int((first, second) in lists.links))
    model = LogisticRegression(C=_TRUST).fit(np.array(rows), truth)
    factors = {name: max(0.0, float(f)) for name, f in zip(_FITTED, model.coef_[0], strict=True)}
    usual = sum(factors.values()) / len(factors)
    factors |= dict.fromkeys(("area", "country"), usual)
    return replace(weights, factors=factors, shift=float(model.intercept_[0]))
