"""What was forecast: the newest list with its reasons, the score of each year, and one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from perdure.core.foresee.api import Question, Score, Share, read_score, share
from perdure.foundation.jobs import api as jobs
from perdure.parts.register.errors import ForecastNotFound
from perdure.parts.register.linking import MERGING
from perdure.parts.register.listed import lists_with_years
from perdure.parts.register.models import Case, Forecast, Forecaster, Link, SourceList
from perdure.parts.register.values_listed import plain_share

ON_A_PAGE = 10
MOST_OF_A_CASE = 20
QUESTIONS = (Question.SLIPS.value, Question.STILL_LISTED.value)
AS_GOOD = 0.005
"""Brier scores closer than this are called equal."""

Reason = tuple[str, str, float]
"""Key of its words, the case's own value, effect in log-odds."""


@dataclass(frozen=True)
class Foreseen:
    """What was said of one case before it was known.

    base         what became of the cases most like it; the number that people are shown
    probability  the model's own number, by which cases are put in order
    ways         if it leaves, how (completed, absorbed, stopped, unknown): shares that add up to 1
    happened     what became of it; None while nobody knows
    """

    reference: str
    title: str
    organisation: str
    planned_end: date | None
    question: str
    year: int
    probability: float
    base: Share
    reasons: tuple[Reason, ...]
    ways: Mapping[str, float]
    happened: bool | None = None

    def plain(self) -> dict[str, Any]:
        """For JSON; `for` and `against` a yes to the question, strongest first."""
        told = [{"key": key, "value": value, "effect": effect} for key, value, effect in self.reasons]
        return {
            "reference": self.reference,
            "title": self.title,
            "organisation": self.organisation,
            "planned_end": self.planned_end.isoformat() if self.planned_end else None,
            "cases_like_this": plain_share(self.base),
            "probability": round(self.probability, 4),
            "for": [one for one in told if one["effect"] > 0],
            "against": [one for one in told if one["effect"] < 0],
            "ways_to_leave": {reason: round(part, 3) for reason, part in self.ways.items()},
        }


@dataclass(frozen=True)
class Tried:
    """How forecasts of a list did: each year by a model that saw only earlier ones, all together, and rivals.

    cases, first_year, last_year  what the newest model learnt from
    pooled      None when there are too few years to try it on
    baselines   "constant", "time-left-table": the same years
    published   year -> the score of what was said here before it was known
    """

    cases: int
    first_year: int
    last_year: int
    pooled: Score | None
    by_year: Mapping[int, Score]
    baselines: Mapping[str, Score]
    published: Mapping[int, Score]

    @property
    def beats_table(self) -> bool | None:
        """Is it better than the plain table by time left? None when nobody can say yet."""
        table = self.baselines.get("time-left-table")
        if self.pooled is None or table is None:
            return None
        return self.pooled.brier < table.brier - AS_GOOD


@dataclass(frozen=True)
class ListForeseen:
    """One page of a list's newest forecasts, likeliest first, with their score."""

    slug: str
    title: str
    question: str
    year: int
    made_at: datetime
    rows: tuple[Foreseen, ...]
    total: int
    page: int
    pages: int
    tried: Tried

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        tried = self.tried
        named = {"all_years": tried.pooled, **tried.baselines}
        return {
            "list": self.slug,
            "title": self.title,
            "question": self.question,
            "year": self.year,
            "made_at": self.made_at.isoformat(),
            "learnt_from": {"cases": tried.cases, "years": [tried.first_year, tried.last_year]},
            "scores": {
                **{name.replace("-", "_"): plainread_score(one) for name, one in named.items() if one},
                "by_year": {str(year): plainread_score(one) for year, one in tried.by_year.items()},
                "said_before_it_was_known": {
                    str(y): plainread_score(one) for y, one in tried.published.items()
                },
            },
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "cases": [row.plain() for row in self.rows],
        }


@dataclass(frozen=True)
class ForecastList:
    """A list for keepers: its years, what was made of it last, and how far a job is."""

    slug: str
    title: str
    years: tuple[int, ...]
    made: Mapping[str, datetime]
    undecided: int
    progress: jobs.Progress | None


def plainread_score(score: Score) -> dict[str, Any]:
    numbers = ("brier", "brier_low", "brier_high", "auc", "auc_low", "auc_high")
    rounded = {name: getattr(score, name) for name in numbers}
    return {"n": score.n} | {name: None if x is None else round(x, 4) for name, x in rounded.items()}


def lists_foreseen() -> tuple[tuple[str, str, str], ...]:
    """(slug, title, question) of all that was forecast, by title. One query."""
    rows = Forecaster.objects.order_by("source__title", "question")
    found = rows.values_list("source__slug", "source__title", "question").distinct()
    return tuple(sorted(found, key=lambda one: (one[1], QUESTIONS.index(one[2]))))


def list_foreseen(slug: str, question: str, *, page: int = 1, most: int = ON_A_PAGE) -> ListForeseen:
    """The newest forecasts of a list: likeliest to slip, or to leave, first. Three queries.

    Raises ForecastNotFound.
    """
    models = list(
        Forecaster.objects.filter(source__slug=slug, question=question)
        .select_related("source")
        .order_by("-learnt_to")
    )
    if not models:
        raise ForecastNotFound
    newest = models[0]
    said = (
        Forecast.objects.filter(forecaster=newest, case__state=Case.State.PUBLISHED, case__merged=None)
        .select_related("case")
        .defer("case__words", "case__summary", "case__extra")
    )
    first = "-probability" if question == Question.SLIPS.value else "probability"
    total = said.count()
    pages = max(1, -(-total // most))
    page = min(max(1, page), pages)
    rows = said.order_by(first, "case__title", "pk")[(page - 1) * most : page * most]
    return ListForeseen(
        slug=slug,
        title=newest.source.title,
        question=question,
        year=newest.learnt_to,
        made_at=newest.made_at,
        rows=tuple(_foreseen(row, question) for row in rows),
        total=total,
        page=page,
        pages=pages,
        tried=_tried(newest, models),
    )


def forecasts_of(case: int) -> tuple[Foreseen, ...]:
    """What was said of one case, newest first; what was said of an older list only with what happened.

    One query.
    """
    newest = Forecaster.objects.filter(
        source=OuterRef("forecaster__source"), question=OuterRef("forecaster__question")
    ).order_by("-learnt_to")
    rows: QuerySet[Any] = (
        Forecast.objects.filter(case=case)
        .filter(Q(happened__isnull=False) | Q(year=Subquery(newest.values("learnt_to")[:1])))
        .select_related("case", "forecaster__source")
        .order_by("-year", "-forecaster__question")
    )
    return tuple(_foreseen(row, row.forecaster.question) for row in rows[:MOST_OF_A_CASE])


def forecast_lists() -> tuple[ForecastList, ...]:
    """Lists of two years or more, by title. Four queries, and one for each list that is being learnt from."""
    years = {one.slug: one for one in lists_with_years()}
    doubts = dict(
        Link.objects.filter(state=Link.State.PROPOSED, kind__in=MERGING)
        .values("earlier__source__slug")
        .annotate(n=Count("pk"))
        .values_list("earlier__source__slug", "n")
    )
    made: dict[str, dict[str, datetime]] = {}
    rows = Forecaster.objects.order_by("learnt_to").annotate(slug=F("source__slug"))
    for slug, question, at in rows.values_list("slug", "question", "made_at"):
        made.setdefault(slug, {})[question] = at
    sources = SourceList.objects.filter(slug__in=years).order_by("title")
    return tuple(
        ForecastList(
            slug=one.slug,
            title=one.title,
            years=years[one.slug].years,
            made=made.get(one.slug, {}),
            undecided=doubts.get(one.slug, 0),
            progress=jobs.progress(one.foreseeing) if one.foreseeing else None,
        )
        for one in sources
    )


def _foreseen(row: Any, question: str) -> Foreseen:
    leaving = sum(row.ways.values())
    return Foreseen(
        reference=row.case.reference,
        title=row.case.title,
        organisation=row.case.organisation,
        planned_end=row.case.planned_end,
        question=question,
        year=row.year,
        probability=row.probability,
        base=share(row.of_them, row.like),
        reasons=tuple((key, value, effect) for key, value, effect in row.reasons),
        ways={reason: part / leaving for reason, part in row.ways.items()} if leaving else {},
        happened=row.happened,
    )


# -- Scores out of JSON -----------------------------------------------------------------------------------


def _tried(newest: Forecaster, models: list[Forecaster]) -> Tried:
    said = newest.validation
    return Tried(
        cases=said.get("cases", 0),
        first_year=said.get("first_year", newest.learnt_to),
        last_year=said.get("last_year", newest.learnt_to),
        pooled=read_score(said["pooled"]) if "pooled" in said else None,
        by_year={int(year): read_score(one) for year, one in sorted(said.get("by_year", {}).items())},
        baselines={name: read_score(one) for name, one in said.get("baselines", {}).items()},
        published={one.learnt_to: read_score(one.happened) for one in reversed(models) if one.happened},
    )


def question_in_words(question: str) -> str:
    """What is forecast, as a heading asks it."""
    if question == Question.SLIPS.value:
        return _("Which are likeliest to slip?")
    return _("Which will leave the list?")
