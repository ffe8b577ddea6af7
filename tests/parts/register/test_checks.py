"""A check of staying power: twelve questions, a picture, and what to do; nothing is made up for a gap."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def address(case, instrument: str = "staying-power") -> str:
    return f"/register/keep/cases/{case.reference}/check/{instrument}/"


def items(instrument: str = "staying-power") -> list[str]:
    from perdure.core.foresee.api import instrument as known

    return [item.key for domain in known(instrument).domains for item in domain.items]


def test_our_own_check_asks_twelve_questions_on_one_page(keeper, case_of):
    page = keeper.get(address(case_of())).content.decode()
    assert page.count("<fieldset") == 12 == len(items())


def test_a_filled_check_is_shown_as_a_picture_with_its_table_and_advice(keeper, client, case_of):
    case = case_of()
    answers = {**dict.fromkeys(items(), "5"), "money": "1"}
    assert keeper.post(address(case), answers).url == f"/register/cases/{case.reference}/"
    page = client.get(f"/register/cases/{case.reference}/").content.decode()
    assert 'class="profile"' in page
    assert page.count('class="weak"') == 1
    assert "Ask for a line in the" in page, "the advice on money"
    assert "It is no forecast" in page


def test_a_gap_stays_a_gap(keeper, client, case_of):
    case = case_of()
    keeper.post(address(case), {"money": "3"})
    assert case.checks.get().answers == {"money": 3.0}
    assert client.get(f"/register/cases/{case.reference}/").content.decode().count("not answered") >= 11


def test_nothing_answered_is_told_and_the_note_is_kept_on_the_page(keeper, case_of):
    case = case_of()
    page = keeper.post(address(case), {"note": "Ask Olga first."}).content.decode()
    assert "Nothing was answered" in page
    assert "Ask Olga first." in page
    assert case.checks.count() == 0


def test_a_value_that_is_not_on_the_scale_is_refused(keeper, case_of):
    case = case_of()
    assert keeper.post(address(case), {"money": "9"}).status_code == 200
    assert case.checks.count() == 0


@pytest.mark.parametrize("instrument", ["psat", "nasss"])
def test_the_other_instruments_go_through_the_same_engine(keeper, case_of, instrument):
    case = case_of()
    first = items(instrument)[0]
    assert keeper.post(address(case, instrument), {first: "1"}).status_code == 302
    assert case.checks.get().instrument == instrument


def test_a_site_brings_the_wording_that_it_has_a_licence_for(keeper, case_of, settings, tmp_path):
    from importlib import resources

    text = (
        resources.files("perdure.core.foresee.instruments").joinpath("staying_power.yaml").read_text("utf-8")
    )
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "own.yaml").write_text(
        text.replace("Will it last? Twelve questions", "In our words")
    )
    (tmp_path / "instruments" / "broken.yaml").write_text("key: [")
    settings.DATA = tmp_path
    assert "In our words" in keeper.get(address(case_of())).content.decode()


def test_an_unknown_check_is_not_there_and_only_keepers_fill_one_in(keeper, caseworker, case_of):
    case = case_of()
    assert keeper.get(address(case, "horoscope")).status_code == 404
    assert caseworker.post(address(case), {"money": "3"}).status_code == 403
    assert case.checks.count() == 0
