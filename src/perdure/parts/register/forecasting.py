"""Forecasts of lists: learnt in a job, said before it is known, and scored when the next list is in.

One list at a time. Links that a person accepted have already put the rows of a renamed case together, so a
rename counts as staying; so does one that is likely and that nobody has decided on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.foresee import api as foresee
from perdure.core.foresee.api import (
    EndReason,
    ForeseeError,
    Model,
    Outcome,
    Question,
    Snapshot,
    Validation,
)
from perdure.foundation.audit.api import record
from perdure.foundation.files import api as files
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import models
from perdure.parts.register.actors import Actor, permit, recorded
from perdure.parts.register.errors import ForecastRefused, ListNotFound
from perdure.parts.register.forecasting_joining import joined, likely_same, names_in
from perdure.parts.register.models import Case, Forecast, Forecaster, Import, SourceList

FORESEE = "register.foresee"
SLIP_DAYS = 90
MOST_ROWS = 20_000
"""Rows of lists that one forecast learns from; learning time grows with them."""
_MOVING = (Import.State.RUNNING, Import.State.UNDOING)
_REASONS = {
    Case.Ending.ENDED_WELL: EndReason.COMPLETED,
    Case.Ending.ABSORBED: EndReason.ABSORBED,
    Case.Ending.ENDED_BADLY: EndReason.STOPPED,
}


@transaction.atomic
def ask_to_foresee(slug: str, *, by: Actor) -> None:
    """Ask for a list to be learnt from and forecast. Raises NotAllowed, ListNotFound or ForecastRefused."""
    permit(by)
    source = SourceList.objects.select_for_update().filter(slug=slug).first()
    if source is None:
        raise ListNotFound(slug)
    if source.imports.filter(state__in=_MOVING).exists():
        raise ForecastRefused(
            _("An import of this list is still running."), _("Forecast it when the import is done.")
        )
    going = jobs.progress(source.foreseeing) if source.foreseeing else None
    if going and not going.finished:
        return
    source.foreseeing = jobs.enqueue(
        FORESEE, what=_("Learning from earlier years"), queue="slow", source=source.pk
    )
    source.save(update_fields=["foreseeing"])
    record("register-forecast-asked", about=f"list {source.slug}", by=recorded(by))


@jobs.handles(FORESEE)
def foresee_list(work: jobs.Work, *, source: int) -> None:
    """Score what was said before, learn again, and forecast the newest list; twice is as once.

    Raises ForeseeError when neither question can be learnt.
    """
    row = SourceList.objects.filter(pk=source).first()
    if row is None:
        return
    named = snapshots_of(row)
    same = likely_same(row, named)
    said = joined(named, same)
    told = [replace(one, case=same.get(one.case, one.case)) for one in told_by_people(named)]
    learnable = said if row.complete else without_silent(said)
    newest = max((one.year for one in said), default=0)
    names = names_in(named, same, newest)
    made, refused = [], None
    for number, question in enumerate(Question):
        work.report(_("Learning from earlier years"), done=number, total=len(Question))
        try:
            made.append(_learn(learnable, said, question, told, names))
        except ForeseeError as problem:
            refused = problem
    with transaction.atomic():
        _keep(row, made, newest)
        score_what_was_said(row, foresee.outcomes(learnable, told=told), same)
    if refused and not made:
        raise refused
    work.report(_done(made, refused), done=len(Question), total=len(Question))


def _done(made: Sequence[_Learnt], refused: ForeseeError | None) -> str:
    """What a keeper reads at the end: also what could not be forecast, and why."""
    if refused is None:
        return _("Done")
    slips = made[0].model.question is Question.STILL_LISTED
    what = _("Slips could not be forecast.") if slips else _("Leaving could not be forecast.")
    return f"{what} {refused.what}"


# -- What lists said --------------------------------------------------------------------------------------


def snapshots_of(source: SourceList) -> list[Snapshot]:
    """The rows of a list as foresee reads them, a merged case under one key. One query.

    Raises ForecastRefused when there are too many.
    """
    rows = models.Snapshot.objects.filter(
        origin__source=source, case__state=Case.State.PUBLISHED, case__merged=None, year__isnull=False
    ).order_by("year", "origin__at", "line")
    found = [
        _snapshot(*row) for row in rows.values_list("case_id", "year", "values")[: MOST_ROWS + 1].iterator()
    ]
    if len(found) > MOST_ROWS:
        raise ForecastRefused(
            _("This list has more than %(n)s rows, too many to learn from here.") % {"n": MOST_ROWS},
            _("Forecast a shorter list."),
        )
    return found


def _snapshot(case: int, year: int, values: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        str(case),
        year,
        title=values.get("title", ""),
        start=_day(values.get("started")),
        end=_day(values.get("planned_end") or values.get("ended")),
        cost=_sum(values.get("cost")),
        year_budget=_sum(values.get("year_budget")),
        year_forecast=_sum(values.get("year_forecast")),
        rating=values.get("rating", ""),
        organisation=values.get("organisation", ""),
        area=values.get("area", ""),
        kind=values.get("kind", ""),
        stage=values.get("stage", ""),
        text=values.get("notes", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sum(text: str | None) -> float | None:
    return float(text) if text else None


def without_silent(said: Sequence[Snapshot]) -> list[Snapshot]:
    """Without the rows of organisations that the next list does not speak of at all.

    For a list that may leave out whole organisations: their silence says nothing of their cases. A case
    that is in the next list under another organisation stays.
    """
    years = sorted({one.year for one in said})
    following = dict(pairwise(years))
    spoken = {(one.year, one.organisation) for one in said}
    there = {(one.year, one.case) for one in said}
    heard = {
        (one.year, one.organisation)
        for one in said
        if (later := following.get(one.year)) is None
        or (later, one.organisation) in spoken
        or (later, one.case) in there
    }
    return [one for one in said if (one.year, one.organisation) in heard]


def told_by_people(said: Sequence[Snapshot]) -> Iterable[Outcome]:
    """Why cases left, where an owner or a keeper said so. One query for each thousand cases."""
    last: dict[str, int] = {}
    for one in said:
        last[one.case] = max(one.year, last.get(one.case, 0))
    newest = max(last.values(), default=0)
    gone = [int(case) for case, year in last.items() if year < newest]
    for start in range(0, len(gone), 1000):
        known = Case.objects.filter(pk__in=gone[start : start + 1000]).exclude(ending="")
        for case, ending in known.values_list("pk", "ending"):
            key = str(case)
            yield Outcome(key, last[key], still_listed=False, reason=_REASONS.get(ending), told=True)


# -- Learning and keeping ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Learnt:
    model: Model
    validation: dict[str, Any]
    forecasts: tuple[foresee.Forecast, ...]


def _learn(
    learnable: Sequence[Snapshot],
    said: Sequence[Snapshot],
    question: Question,
    told: Sequence[Outcome],
    names: Mapping[str, str],
) -> _Learnt:
    """names  the case to show, by the case that its rows are read as"""
    model, tried = foresee.learn_and_try(learnable, question, told=told, slip_days=SLIP_DAYS)
    newest = max(one.year for one in said)
    forecasts = foresee.forecast(model, said, newest)
    return _Learnt(
        model,
        _validated(model, tried),
        tuple(replace(one, case=names[one.case]) for one in forecasts),
    )


def _validated(model: Model, tried: Validation | None) -> dict[str, Any]:
    """Scores of models that saw only earlier years, as JSON; without them when there are too few years."""
    from_ = {"first_year": model.first_year, "last_year": model.last_year, "cases": model.cases}
    if tried is None:
        return from_
    return from_ | {
        "pooled": asdict(tried.pooled),
        "by_year": {str(year): asdict(score) for year, score in tried.by_year.items()},
        "baselines": {name: asdict(score) for name, score in tried.baselines.items()},
    }


def _keep(source: SourceList, made: Iterable[_Learnt], newest: int) -> None:
    """Put the new models and forecasts in the place of those of the same year."""
    SourceList.objects.select_for_update().get(pk=source.pk)
    source.forecasters.filter(learnt_to__gt=newest).delete()  # their list was taken back
    now = timezone.now()
    for one in made:
        forecaster, _made = Forecaster.objects.update_or_create(
            source=source,
            question=one.model.question.value,
            learnt_to=newest,
            defaults={
                "model": files.store(one.model.to_json().encode(), media_type="application/json"),
                "validation": one.validation,
                "made_at": now,
            },
        )
        forecaster.forecasts.all().delete()
        Forecast.objects.bulk_create((_row(forecaster, said) for said in one.forecasts), batch_size=500)
        detail = {"question": forecaster.question, "year": newest, "cases": one.model.cases}
        record("register-forecast-learnt", about=f"list {source.slug}", by="system:register", detail=detail)


def _row(forecaster: Forecaster, said: foresee.Forecast) -> Forecast:
    return Forecast(
        case_id=int(said.case),
        forecaster=forecaster,
        year=said.year,
        probability=said.probability,
        like=said.base.of,
        of_them=said.base.count,
        low=said.low,
        high=said.high,
        reasons=[[one.key, one.value, one.effect] for one in said.reasons],
        ways={reason.value: round(chance, 4) for reason, chance in said.ways.items()},
    )


# -- Scoring ----------------------------------------------------------------------------------------------


def score_what_was_said(source: SourceList, outcomes: Sequence[Outcome], same: Mapping[str, str]) -> None:
    """Write down what happened to every case that was forecast, and how each year's forecasts did.

    same  case -> the case under which its outcomes are told, where that is another
    """
    known = {(one.case, one.year): one for one in outcomes}
    for forecaster in source.forecasters.all():
        question = Question(forecaster.question)
        rows = list(forecaster.forecasts.annotate(now=F("case__merged")))
        said, there = [], []
        for row in rows:
            own = str(row.now or row.case_id)
            key = same.get(own, own)
            outcome = known.get((key, row.year))
            row.happened = _happened(outcome, question)
            said.append(_as_said(row, key, question))
            there.extend([outcome] if outcome else [])
        Forecast.objects.bulk_update(rows, ["happened"], batch_size=500)
        forecaster.happened = _scored(said, there)
        forecaster.save(update_fields=["happened"])


def _happened(outcome: Outcome | None, question: Question) -> bool | None:
    if outcome is None:
        return None
    if question is Question.STILL_LISTED:
        return outcome.still_listed
    return None if outcome.slip_days is None else outcome.slip_days > SLIP_DAYS


def _as_said(row: Forecast, key: str, question: Question) -> foresee.Forecast:
    base = foresee.share(row.of_them, row.like)
    return foresee.Forecast(key, row.year, question, row.probability, base)


def _scored(said: Sequence[foresee.Forecast], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    try:
        return asdict(foresee.score_year(said, outcomes, slip_days=SLIP_DAYS))
    except ForeseeError:
        return {}
