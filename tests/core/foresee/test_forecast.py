"""Forecasts: what they learn, what they must not see, and what they say."""

from dataclasses import replace
from datetime import date

import pytest
from tests.core.foresee.lists import YEARS, made_register

from perdure.core.foresee.api import (
    EndReason,
    ForeseeError,
    Model,
    Outcome,
    Question,
    Snapshot,
    forecast,
    learn,
    outcomes,
    score_year,
    validate,
)
from perdure.core.foresee.design import design_for
from perdure.core.foresee.features import facts_of
from perdure.core.foresee.fitting import YEAR_SCALE, fit

LAST = YEARS[-1]


@pytest.fixture(scope="module")
def register() -> list[Snapshot]:
    return made_register()


@pytest.fixture(scope="module")
def model(register) -> Model:
    return learn(register, Question.STILL_LISTED)


def test_a_case_whose_end_has_come_is_given_less_than_one_with_years_to_go(register, model):
    found = {f.case: f.probability for f in forecast(model, register, LAST)}
    ends = {s.case: s.end for s in register if s.year == LAST}
    soon = [p for case, p in found.items() if ends[case] < date(LAST + 1, 1, 1)]
    later = [p for case, p in found.items() if ends[case] > date(LAST + 2, 6, 1)]

    assert sum(soon) / len(soon) == pytest.approx(0.2, abs=0.12)
    assert sum(later) / len(later) == pytest.approx(0.95, abs=0.05)


def test_years_not_seen_are_forecast_much_better_than_by_the_constant(register):
    found = validate(register, Question.STILL_LISTED)

    constant, table = found.baselines["constant"], found.baselines["time-left-table"]
    assert found.pooled.brier < constant.brier / 1.5
    assert found.pooled.brier < table.brier + 0.01  # the table happens to know the law of the made register
    assert found.pooled.auc is not None
    assert found.pooled.auc > 0.85
    assert list(found.by_year) == list(YEARS[1:-1])
    assert found.pooled.n == sum(score.n for score in found.by_year.values())


def test_forecasts_for_a_year_do_not_change_when_later_lists_do(register):
    known = [s for s in register if s.year <= 2013]
    spoiled = [s if s.year <= 2013 else replace(s, end=date(2040, 1, 1), text="cancelled") for s in register]
    honest = forecast(learn(known, Question.STILL_LISTED), known, 2013)
    tempted = forecast(learn(known, Question.STILL_LISTED), spoiled, 2013)

    assert honest == tempted


def test_a_validated_year_does_not_change_when_the_outcomes_after_it_do(register):
    spoiled = [s for s in register if s.year <= 2014 or int(s.case[:4]) % 2]
    honest, other = validate(register, Question.STILL_LISTED), validate(spoiled, Question.STILL_LISTED)

    assert honest.by_year[2012] == other.by_year[2012]
    assert honest.by_year[2014] != other.by_year[2014]


def test_the_order_of_the_snapshots_does_not_matter(register, model):
    assert learn(list(reversed(register)), Question.STILL_LISTED).to_json() == model.to_json()


def test_every_forecast_says_how_earlier_cases_like_it_fared(register, model):
    found = forecast(model, register, LAST)

    for one in found:
        assert one.base.of >= 20
        assert 0 <= one.low <= one.base.share <= one.high <= 1
    assert sum(abs(one.base.share - one.probability) for one in found) / len(found) < 0.1


def test_the_strongest_reason_of_a_case_past_its_end_is_its_time_left(register, model):
    over = {s.case for s in register if s.year == LAST and s.end < date(LAST, 1, 1)}
    found = next(f for f in forecast(model, register, LAST) if f.case in over)

    assert found.reasons[0].key == "time-left"
    assert found.reasons[0].effect < 0
    assert float(found.reasons[0].value) < 0


def test_the_ways_to_leave_share_what_is_not_staying(register, model):
    for found in forecast(model, register, LAST):
        assert sum(found.ways.values()) == pytest.approx(1 - found.probability)
        assert all(chance >= 0 for chance in found.ways.values())


def test_a_stored_model_says_the_same(register, model):
    again = Model.from_json(model.to_json())

    assert again.scores == model.scores
    assert again.logit == model.logit
    assert again.ways == model.ways
    for old, new in zip(forecast(model, register, LAST), forecast(again, register, LAST), strict=True):
        assert new.probability == pytest.approx(old.probability, abs=1e-9)
        assert new.reasons == old.reasons


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version":9}', "[" * 100_000])
def test_a_broken_model_is_refused_in_words(text):
    with pytest.raises(ForeseeError) as refusal:
        Model.from_json(text)
    assert refusal.value.code == "foresee.bad-model"


def test_too_few_outcomes_are_refused_in_words(register):
    one_list = [s for s in register if s.year == 2010]
    with pytest.raises(ForeseeError) as refusal:
        learn(one_list, Question.STILL_LISTED)
    assert refusal.value.code == "foresee.too-few-cases"

    two_lists = [s for s in register if s.year <= 2011]
    with pytest.raises(ForeseeError):
        validate(two_lists, Question.STILL_LISTED)
    assert learn(two_lists, Question.STILL_LISTED).scores == {}


def test_a_list_without_dates_money_or_words_can_be_learned_from():
    bare = [Snapshot(s.case, s.year, organisation=s.organisation) for s in made_register()]
    found = forecast(learn(bare, Question.STILL_LISTED), bare, LAST)

    assert all(0.3 < one.probability < 0.95 for one in found)


def test_slipping_is_learned_from_cases_that_are_still_there(register):
    found = learn(register, Question.SLIPS)
    stayed = [o for o in outcomes(register) if o.slip_days is not None]

    assert found.cases == len(stayed)
    mean = sum(f.probability for f in forecast(found, register, LAST)) / sum(s.year == LAST for s in register)
    assert mean == pytest.approx(0.1, abs=0.05)


def test_the_fit_is_that_of_scikit_learn(register):
    linear = pytest.importorskip("sklearn.linear_model")
    import numpy as np

    facts = [f for f in facts_of(register) if f.year <= 2013]
    known = {(o.case, o.year): o.still_listed for o in outcomes(register)}
    yes = [known[f.case, f.year] for f in facts]
    own = fit(facts, yes, 0.04)
    design = design_for(facts, yes)
    years = sorted({f.year for f in facts})
    table = [
        [*row, *(YEAR_SCALE * (f.year == y) for y in years)]
        for row, f in zip(design.table, facts, strict=True)
    ]
    other = linear.LogisticRegression(C=0.04, tol=1e-10, max_iter=10_000).fit(np.array(table), yes)

    assert own.weights == pytest.approx(other.coef_[0][: len(design.columns)], abs=1e-4)


def test_what_an_owner_told_goes_before_what_the_lists_show():
    lists = [Snapshot("a", 2020, text="It was cancelled."), Snapshot("b", 2020), Snapshot("b", 2021)]
    told = Outcome("a", 2020, still_listed=False, reason=EndReason.COMPLETED, told=True)

    assert outcomes(lists)[0].reason is EndReason.STOPPED or outcomes(lists)[0].reason is EndReason.UNKNOWN
    assert outcomes(lists, told=[told])[0] == told


def test_the_newest_list_has_no_outcomes_yet(register):
    assert {o.year for o in outcomes(register)} == set(YEARS[:-1])


def test_the_next_list_may_be_two_years_later():
    lists = [
        Snapshot("a", 2020, end=date(2024, 1, 1)),
        Snapshot("b", 2020),
        Snapshot("a", 2022, end=date(2024, 4, 1)),
    ]
    first, second = outcomes(lists)

    assert (first.still_listed, first.slip_days) == (True, 91)
    assert (second.still_listed, second.slip_days) == (False, None)


def test_a_year_is_scored_when_its_outcomes_are_known(register, model):
    found = forecast(model, register, 2013)
    score = score_year(found, outcomes(register))

    assert score.n == len(found)
    assert score.years == (2013,)
    with pytest.raises(ForeseeError):
        score_year(forecast(model, register, LAST), outcomes(register))


def test_two_rows_of_one_case_in_one_year_count_once():
    lists = [Snapshot("a", 2020, cost=1), Snapshot("a", 2020, cost=2), Snapshot("a", 2021)]

    assert len(outcomes(lists)) == 1
    assert [f.year for f in facts_of(lists)] == [2020, 2021]


def test_a_number_beyond_all_that_was_seen_counts_as_the_furthest_seen(register, model):
    now = next(s for s in register if s.year == LAST)
    rows = [replace(now, case="x", cost=1e3), replace(now, case="y", cost=1e12)]
    dear, absurd = (one.probability for one in forecast(model, rows, LAST))

    assert abs(dear - absurd) < 0.02
