"""Forecasts in sentences: the base, the score beside its rivals, and the reasons. No database here."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from perdure.core.foresee.api import EndReason, Question, Score, Share
from perdure.parts.register import labels
from perdure.parts.register.queries_forecasting import Foreseen, Reason, Tried

_WHAT = {
    "time-left": gettext_noop("time to the planned end"),
    "age": gettext_noop("time since it began"),
    "planned-length": gettext_noop("planned length"),
    "slipped-before": gettext_noop("how far its end moved in earlier lists"),
    "times-seen": gettext_noop("earlier lists that name it"),
    "cost": gettext_noop("whole-life cost"),
    "year-budget": gettext_noop("budget of the year"),
    "year-share": gettext_noop("the year's budget as a share of the whole cost"),
    "over-budget": gettext_noop("spending against the year's budget"),
    "budget-change": gettext_noop("the year's budget against the year before"),
    "cost-change": gettext_noop("whole-life cost against the list before"),
    "rating": gettext_noop("rating"),
    "rating-history": gettext_noop("how its rating changed"),
    "organisation": gettext_noop("organisation"),
    "area": gettext_noop("policy area"),
    "kind": gettext_noop("kind of change"),
    "stage": gettext_noop("stage"),
    "words-leaving": gettext_noop("words about leaving the list"),
    "words-the-list": gettext_noop("words about the list itself"),
    "words-closing": gettext_noop("words about closing"),
    "words-benefits": gettext_noop("words about benefits"),
    "words-finishing": gettext_noop("words about finishing"),
    "words-normal-work": gettext_noop("words about normal work"),
    "words-stopping": gettext_noop("words about stopping or merging"),
    "words-early": gettext_noop("words of an early stage"),
    "words-delay": gettext_noop("words about delay"),
    "words-on-track": gettext_noop("words about being on track"),
    "words-learnt": gettext_noop("words of its text that went with such cases before"),
    "withheld": gettext_noop("rating or text withheld"),
}
_YEARS = {"time-left", "age", "planned-length", "slipped-before"}
_SUMS = {"cost", "year-budget"}
_TIMES = {"over-budget", "budget-change", "cost-change"}
_MANY_TIMES = 7.3
"""Ratios are bounded there (core.foresee); more is not known."""
WAYS = {
    EndReason.COMPLETED.value: "ended_well",
    EndReason.ABSORBED.value: "absorbed",
    EndReason.STOPPED.value: "ended_badly",
}


def base_in_words(question: str, base: Share) -> str:
    """What became of 100 cases like this, how many that rests on, and the interval."""
    numbers = {
        "n": base.of_100,
        "of": base.of,
        "low": round(100 * base.low),
        "high": round(100 * base.high),
    }
    if question == Question.SLIPS.value:
        return (
            _(
                "Of 100 cases like this, %(n)s had their planned end moved back by more than 90 days a year "
                "later (based on %(of)s cases, %(low)s to %(high)s in 100)."
            )
            % numbers
        )
    return (
        _(
            "Of 100 cases like this, %(n)s were still listed a year later (based on %(of)s cases, %(low)s to "
            "%(high)s in 100)."
        )
        % numbers
    )


def happened_in_words(one: Foreseen) -> str:
    """What became of it, or "" while nobody knows."""
    if one.happened is None:
        return ""
    if one.question == Question.SLIPS.value:
        return _("Its end slipped.") if one.happened else _("Its end did not slip.")
    return _("It was still listed.") if one.happened else _("It was not listed any more.")


def reasons_in_words(one: Foreseen, *, most: int = 3) -> tuple[list[str], list[str]]:
    """What speaks for slipping (or for leaving) and what against, strongest first."""
    sign = 1 if one.question == Question.SLIPS.value else -1
    towards = [_reason(reason, one) for reason in one.reasons if reason[2] * sign > 0]
    against = [_reason(reason, one) for reason in one.reasons if reason[2] * sign < 0]
    return towards[:most], against[:most]


def _reason(reason: Reason, one: Foreseen) -> str:
    key, value, _effect = reason
    what = _(_WHAT[key]) if key in _WHAT else key
    told = _value(key, value, one)
    return f"{what}: {told}" if told else what


def _value(key: str, value: str, one: Foreseen) -> str:
    if key == "rating-history":
        return ""
    if key == "words-learnt":
        return value
    if value == "":
        return _("not known")
    if key == "organisation":
        return one.organisation or value
    if key in {"area", "stage"}:
        return labels.title_of(key, value)
    if key in {"kind", "rating"}:
        return value.title() if key == "rating" else value.capitalize()
    return _number(key, float(value))


def _number(key: str, number: float) -> str:
    if key == "time-left" and number < 0:
        return _("%(n)s years past") % {"n": number_format(-number, 1)}
    if key in _YEARS:
        return _("%(n)s years") % {"n": number_format(number, 1)}
    if key in _SUMS:
        return str(number_format(round(number), force_grouping=True))
    if key in _TIMES:
        told = {"n": number_format(number, 2)}
        return _("7 times or more") if number > _MANY_TIMES else _("%(n)s times") % told
    if key == "year-share":
        return f"{100 * number:.0f} %"
    if key == "withheld":
        return _("yes") if number else _("no")
    if key == "times-seen":
        return f"{number:.0f}"
    return (
        ngettext("%(n)s time", "%(n)s times", round(number)) % {"n": round(number)} if number else _("none")
    )


def ways_in_words(one: Foreseen) -> list[tuple[str, str]]:
    """(how, percent) of those that leave; "" when nothing is known of how cases left."""
    return [
        (
            labels.title_of("ending", WAYS[reason]) if reason in WAYS else _("Reason not known"),
            f"{100 * part:.0f} %",
        )
        for reason, part in one.ways.items()
    ]


def in_short(tried: Tried) -> str:
    """How far to trust it, in a line; "" when it could not be tried."""
    if tried.pooled is None:
        return ""
    told = {"right": right_of_100(tried.pooled)}
    return _("Right about %(right)s of 100 cases, in years that it had not seen.") % told


def verdict(tried: Tried) -> str:
    """How far to trust it, in plain words, beside its rivals."""
    if tried.pooled is None:
        return _(
            "It could not be tried on a year it had not seen: that needs three lists. Take it as a guess."
        )
    years = sorted(tried.by_year)
    told = {
        "right": right_of_100(tried.pooled),
        "constant": right_of_100(tried.baselines["constant"]),
        "table": right_of_100(tried.baselines["time-left-table"]),
        "first": years[0],
        "last": years[-1],
        "n": tried.pooled.n,
    }
    said = (
        _(
            "Tried on the %(n)s cases of %(first)s to %(last)s, each year knowing only the years before, it "
            "was right about %(right)s of 100. Saying the same of every case is right about %(constant)s of "
            "100, a plain table by time left about %(table)s."
        )
        % told
    )
    if not tried.beats_table:
        return f"{said} {as_good()}"
    nearer = _("Its chances came nearer to what happened than those of both.")
    return f"{said} {nearer}" if _beats_constant(tried) else said


def as_good() -> str:
    return _("The plain table does as well, so do not lean on the order.")


def figures(tried: Tried) -> str:
    """The same as errors, for those who know the measure; "" when it could not be tried."""
    if tried.pooled is None:
        return ""
    told = {
        "brier": three(tried.pooled.brier),
        "low": three(tried.pooled.brier_low),
        "high": three(tried.pooled.brier_high),
        "constant": three(tried.baselines["constant"].brier),
        "table": three(tried.baselines["time-left-table"].brier),
        "n": tried.pooled.n,
    }
    return (
        _(
            "Error (Brier score) %(brier)s, interval %(low)s to %(high)s, of %(n)s cases. Saying the same of "
            "every case has %(constant)s, a plain table by time left has %(table)s; 0 is perfect."
        )
        % told
    )


def right_of_100(score: Score) -> int:
    return round(100 * score.right / score.n)


def _beats_constant(tried: Tried) -> bool:
    return tried.pooled is not None and tried.pooled.brier < tried.baselines["constant"].brier


def three(number: float | None) -> str:
    return "-" if number is None else str(number_format(number, 3))
