"""What a search for links did not compare, because it was too much: said, never silent."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from perdure.parts.register.models import SourceList

MOST = 200_000
"""Cases that are compared with one another in one go. Of more, those that are new or gone are, if they are no
more than that; else none."""


def sentences(source: SourceList) -> list[str]:
    """What the last search for links of a list left out. One query for each other list that was left out."""
    return [_says(source, *step) for step in source.left_out]


def foretold(rows: int) -> str:
    """What an import of so many rows has to say before anything was compared; "" when all will be."""
    if rows <= MOST:
        return ""
    return _(
        "At most %(most)s cases are compared with one another when the same things under other names are"
        " looked for. Of this list those are compared that are new or gone."
    ) % {"most": _number(MOST)}


def _says(source: SourceList, what: str, years: list[int | None], other: int | None, of: list[int]) -> str:
    cases, some = of
    told = {"list": source.title, "cases": _number(cases), "some": _number(some), "most": _number(MOST)}
    told["years"] = ", ".join(str(year) for year in years if year)
    if other is not None:
        told["other"] = str(SourceList.objects.filter(pk=other).values_list("title", flat=True).first() or "")
        says = _(
            "%(list)s was not compared with %(other)s: one has %(cases)s cases, and %(most)s are the most."
        )
    elif some and what == "double":
        says = _("%(list)s %(years)s names %(cases)s cases: only the %(some)s new ones were compared.")
    elif some:
        says = _("%(list)s %(years)s: of %(cases)s cases only the %(some)s gone or new ones were compared.")
    else:
        says = _("%(list)s %(years)s was not compared: it names %(cases)s cases, and %(most)s are the most.")
    return says % told


def _number(n: int) -> str:
    return str(number_format(n, force_grouping=True))
