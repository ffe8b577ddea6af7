"""Checks: data files scored by one engine."""

import pytest

from perdure.core.foresee.api import (
    ForeseeError,
    all_instruments,
    instrument,
    read_instrument,
    score,
    score_group,
)

# Domain means of four groups as printed in Support Care Cancer 2023;31:422, table 4, in the order of the
# tool's domains, and the printed sustainability score (doi 10.1007/s00520-023-07844-x).
PRINTED = {
    "site A": ([6.1, 5.2, 5.1, 4.8, 4.6, 5.9, 5.3, 4.6], 5.2),
    "site B": ([5.2, 3.4, 5.2, 5.4, 6.2, 6.3, 5.7, 5.5], 5.4),
    "site C, youth": ([5.6, 4.9, 5.0, 5.6, 5.4, 5.6, 4.2, 4.9], 5.2),
    "site C, adult": ([3.8, 3.8, 2.2, 3.7, 4.2, 5.6, 3.5, 3.2], 3.7),
}


def two_respondents(means: list[float]) -> list[dict[str, float]]:
    """Whole-number answers of two people whose mean in each domain is the printed one."""
    group: list[dict[str, float]] = [{}, {}]
    for domain, mean in zip(instrument("psat").domains, means, strict=True):
        total = round(10 * mean)
        values = [total // 10 + (place < total % 10) for place in range(10)]
        for place, value in enumerate(values):
            group[place % 2][domain.items[place // 2].key] = float(value)
    return group


@pytest.mark.parametrize("site", PRINTED)
def test_the_published_psat_scores_come_out(site):
    means, overall = PRINTED[site]
    profile = score_group(instrument("psat"), two_respondents(means))

    assert [domain.raw for domain in profile.domains] == pytest.approx(means)
    assert abs(profile.overall - overall) <= 0.05 + 1e-9


def test_the_weakest_psat_domain_of_the_published_site_b_is_funding():
    profile = score_group(instrument("psat"), two_respondents(PRINTED["site B"][0]))

    assert profile.weakest[0] == "funding-stability"
    assert profile.advice[0].domain == "funding-stability"


def test_our_own_check_has_twelve_questions_each_with_what_to_do():
    own = instrument("staying-power")

    assert [domain.key for domain in own.domains] == [
        *("leadership", "money", "users", "staff", "law", "data"),
        *("supplier", "skills", "access", "trust", "evidence", "exit"),
    ]
    for domain in own.domains:
        (item,) = domain.items
        assert item.text
        assert item.hint
        assert item.advice


def test_the_weakest_domains_come_with_their_own_advice():
    answers = {domain.key: 5.0 for domain in instrument("staying-power").domains}
    profile = score(instrument("staying-power"), {**answers, "law": 1, "money": 2})

    assert profile.weakest == ("law", "money")
    assert [advice.domain for advice in profile.advice] == ["law", "money"]
    assert profile.missing == ()
    assert profile.overall == pytest.approx((10 * 5 + 1 + 2) / 12)


def test_a_check_at_full_strength_has_nothing_to_advise():
    profile = score(instrument("staying-power"), {d.key: 5.0 for d in instrument("staying-power").domains})

    assert (profile.weakest, profile.advice) == ((), ())
    assert all(domain.value == 1 for domain in profile.domains)


def test_a_missing_answer_is_not_guessed():
    profile = score(instrument("staying-power"), {"money": 3, "law": None})

    assert profile.overall is None
    assert "law" in profile.missing
    assert len(profile.missing) == 11
    assert [d.raw for d in profile.domains if d.key in {"money", "law"}] == [3, None]
    assert profile.weakest == ("money",)


def test_a_domain_needs_half_of_its_answers():
    psat = instrument("psat")
    two = score(psat, {"partnerships-1": 7, "partnerships-2": 7})
    three = score(psat, {"partnerships-1": 7, "partnerships-2": 7, "partnerships-3": 4})

    assert [d.raw for d in two.domains if d.key == "partnerships"] == [None]
    assert [(d.raw, d.answered) for d in three.domains if d.key == "partnerships"] == [(6, 3)]


def test_more_complex_is_weaker_in_the_complexity_profile():
    profile = score(
        instrument("nasss"), {"need-nature": 1, "need-lives": 1, "value-supply": 3, "value-demand": 3}
    )
    strength = {domain.key: domain.value for domain in profile.domains}

    assert (strength["need"], strength["value"], strength["time"]) == (1, 0, None)
    assert profile.weakest == ("value",)
    assert len(profile.domains) == 7


@pytest.mark.parametrize("answers", [{"love": 3}, {"money": 6}, {"money": 2.5}, {"money": float("nan")}])
def test_an_answer_that_is_not_on_the_form_is_refused(answers):
    with pytest.raises(ForeseeError) as refusal:
        score(instrument("staying-power"), answers)
    assert refusal.value.code == "foresee.bad-answer"


def test_every_instrument_says_where_it_is_from_and_on_which_terms():
    for one in all_instruments():
        assert one.citation
        assert one.licence
        assert one.complete == all(item.text for domain in one.domains for item in domain.items)


def test_the_wording_of_psat_is_not_ours_to_print():
    psat = instrument("psat")

    assert not psat.complete
    assert not any(item.text for domain in psat.domains for item in domain.items)
    assert [len(domain.items) for domain in psat.domains] == [5] * 8
    assert [choice.value for choice in psat.scale] == [1, 2, 3, 4, 5, 6, 7]


def test_an_unknown_instrument_is_refused_with_those_there_are():
    with pytest.raises(ForeseeError, match="staying-power, psat, nasss"):
        instrument("horoscope")


SMALL = """
key: small
title: A small check
higher_is: stronger
citation: Ours
licence: Ours
complete: true
scale: [{value: 0, text: no}, {value: 1, text: yes}]
domains:
  - {key: one, title: One, items: [{key: one-a, text: "Is it?"}]}
"""


def test_a_site_loads_an_instrument_of_its_own():
    profile = score(
        read_instrument(SMALL.replace("text: no", 'text: "no"').replace("text: yes", 'text: "yes"')),
        {"one-a": 0},
    )

    assert profile.weakest == ("one",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file"),
        ("key: [", "line 1 is not YAML"),
        (SMALL + "  - {key: one, title: Again, items: [{key: b, text: B}]}", "domain"),
        (SMALL.replace('"Is it?"', '""'), "every item"),
        (SMALL.replace("higher_is: stronger", "higher_is: better"), "higher_is"),
        (SMALL.replace("title: A small check", "title: &a x\nsummary: *a"), "refers to another place"),
        (SMALL + "surprise: 1", "surprise"),
    ],
)
def test_a_file_that_is_no_instrument_is_refused_with_the_place(text, said):
    quoted = text.replace("text: no", 'text: "no"').replace("text: yes", 'text: "yes"')
    with pytest.raises(ForeseeError) as refusal:
        read_instrument(quoted)
    assert refusal.value.code == "foresee.bad-instrument"
    assert said in str(refusal.value)
