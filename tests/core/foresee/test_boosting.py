"""Steps: jumps of single columns that together say how likely yes is."""

from random import Random

import pytest
from tests.core.foresee.lists import made_register

from perdure.core.foresee.boosting import Steps, boosted
from perdure.core.foresee.design import design_for
from perdure.core.foresee.features import facts_of
from perdure.core.foresee.fitting import Logit, fit
from perdure.core.foresee.forecast import outcomes

np = pytest.importorskip("numpy")


def test_a_limit_belongs_to_the_step_below_it():
    steps = Steps((1.0, 2.0), (10.0, 20.0, 30.0))
    assert [steps.at(number) for number in (0.0, 1.0, 1.5, 2.0, 9.0)] == [10.0, 10.0, 20.0, 20.0, 30.0]
    assert Steps().at(3.0) == 0.0


def drawn(rows: int):
    """A table of three columns, and answers that jump where the second passes 0.5."""
    random = Random(7)
    table = np.array([[random.random() for _ in range(3)] for _ in range(rows)])
    yes = np.array([float(random.random() < (0.9 if row[1] > 0.5 else 0.2)) for row in table])
    return table, yes


def chances(table, yes, rounds=150):
    steps = boosted(table, yes, np.zeros(len(table)), rounds)
    odds = [sum(one.at(float(x)) for one, x in zip(steps, row, strict=True)) for row in table]
    return 1 / (1 + np.exp(-np.array(odds)))


def test_a_jump_is_found_where_it_is():
    said = chances(*(made := drawn(2000)))
    above = made[0][:, 1] > 0.55
    below = made[0][:, 1] < 0.45
    assert said[above].mean() == pytest.approx(0.9, abs=0.04)
    assert said[below].mean() == pytest.approx(0.2, abs=0.04)


def test_steps_say_what_those_of_scikit_learn_say():
    trees = pytest.importorskip("sklearn.ensemble")
    table, yes = drawn(2000)
    settings = {"n_estimators": 150, "max_depth": 1, "learning_rate": 0.06, "random_state": 0}
    other = trees.GradientBoostingClassifier(**settings).fit(table, yes).predict_proba(table)[:, 1]
    assert np.abs(chances(table, yes) - other).mean() < 0.03


def test_the_same_table_gives_the_same_steps():
    table, yes = drawn(300)
    start = np.zeros(300)
    assert boosted(table, yes, start, 20) == boosted(table, yes, start, 20)


@pytest.fixture(scope="module")
def learnt():
    register = made_register()
    facts = [one for one in facts_of(register) if one.year <= 2013]
    known = {(one.case, one.year): one.still_listed for one in outcomes(register)}
    yes = [known[one.case, one.year] for one in facts]
    return facts, yes, fit(facts, yes, 0.16, rounds=60)


def test_reasons_add_up_to_the_forecast_and_to_nothing_over_all_cases(learnt):
    facts, yes, found = learnt
    assert any(steps.heights for steps in found.steps)
    one = facts[0]
    assert found.log_odds(one) == pytest.approx(found.level + sum(e for _, e in found.effects(one)))
    of_time_left = [place for place, column in enumerate(found.columns) if column.shape != "text"]
    rows = design_for(facts, yes).table
    for place in of_time_left:
        mean = sum(found.steps[place].at(row[place]) for row in rows) / len(rows)
        assert mean == pytest.approx(0.0, abs=1e-9)


def test_a_stored_model_keeps_its_steps_and_one_without_any_is_still_read(learnt):
    facts, yes, found = learnt
    assert Logit.from_json(found.as_json()) == found
    plain = fit(facts, yes, 0.16)
    assert "limits" not in str(plain.as_json())
    assert Logit.from_json(plain.as_json()).log_odds(facts[0]) == pytest.approx(plain.log_odds(facts[0]))
