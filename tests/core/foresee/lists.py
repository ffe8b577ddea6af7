"""A made register whose law is known: cases leave when their printed end has passed, mostly."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from perdure.core.foresee.api import Snapshot

YEARS = range(2010, 2016)


def made_register(*, seed: int = 1, each_year: int = 25) -> list[Snapshot]:
    """Every year some cases start, planned for one to six years; one in ten end dates slips by a year.

    A case whose end date lies before the next list leaves with probability 0.8, any other with 0.05.
    """
    random = Random(seed)
    snapshots: list[Snapshot] = []
    running: dict[str, date] = {}
    for year in range(YEARS[0] - 7, YEARS[-1] + 1):  # seven years to come to rest
        for number in range(each_year):
            running[f"{year}-{number}"] = date(year, 1, 1) + timedelta(days=random.randrange(200, 2200))
        for case, end in list(running.items()):
            words = random.choice(["", "Work is on track and remains so.", "The project closed as planned."])
            snapshots.append(
                Snapshot(
                    case,
                    year,
                    start=date(int(case[:4]), 1, 1),
                    end=end,
                    cost=float(random.randrange(1, 900)),
                    rating=random.choice(["Green", "Amber", "Amber/Red", "Red"]),
                    organisation=random.choice(["North", "South", "East"]),
                    text=words,
                )
            )
            leaves = random.random() < (0.8 if end < date(year + 1, 1, 1) else 0.05)
            if leaves:
                del running[case]
            elif random.random() < 0.1:
                running[case] = end + timedelta(days=365)
    return [snapshot for snapshot in snapshots if snapshot.year in YEARS]
