"""Who may do what: in sentences, and against a table that was written without the policy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perdure.foundation.access import api as access
from perdure.foundation.access.labels import schemes
from perdure.foundation.access.policy import allows
from perdure.foundation.access.policy import labels as labels_seen
from perdure.foundation.access.policy import services as services_seen

TABLE = """
    act            viewer  caseworker  keeper  owner  reaches
    see_services   yes     yes         no      yes    one service
    see_cases      yes     yes         no      yes    one service
    see_paper      no      yes         no      yes    one service
    work_case      no      yes         no      yes    one service
    decide         no      yes         no      yes    one service
    edit_draft     no      no          no      yes    one service
    publish        no      no          no      yes    one service
    manage_people  no      no          no      yes    one service
    add_service    no      no          no      yes    the installation
    read_record    no      no          no      yes    the installation
    keep_register  no      no          yes     yes    the installation
    """

LADDERS = {  # every name of every label, lowest first; the mark is the ceiling
    "plain": "public < internal official cui-basic commission-use < *confidential official-sensitive "
    "cui-specified sensitive < restricted",
    "uk": "public < official internal < *official-sensitive confidential sensitive < secret < top-secret",
    "us-cui": "public uncontrolled < cui-basic internal official "
    "< *cui-specified confidential official-sensitive",
    "eu": "public < commission-use internal official < *sensitive confidential official-sensitive "
    "< restreint-ue < confidentiel-ue < secret-ue < tres-secret-ue",
}
SERVICES = ["parking", "grant", "burial"]
NAMES = sorted({name.lstrip("*") for words in LADDERS.values() for name in words.split() if name != "<"})


def expected(person: access.Person, act: str, scheme: str, service: str, label: str) -> bool:
    """The answer worked out step by step from the table and the ladders, role by role."""
    header, *rows = [line.split(maxsplit=5) for line in TABLE.strip().splitlines()]
    row = dict(zip(header, next(row for row in rows if row[0] == act), strict=True))
    by_role = False
    for role, where in person.roles:
        if row.get(role) != "yes" or role not in ("viewer", "caseworker", "keeper", "owner"):
            continue
        if where == "" or (row["reaches"] == "one service" and where == service):
            by_role = True
    if not by_role:
        return False
    if label == "":
        return True
    steps = [step.split() for step in LADDERS[scheme].split("<")]
    ceiling = next(n for n, step in enumerate(steps) if any(name.startswith("*") for name in step))
    place = {name.lstrip("*"): n for n, step in enumerate(steps) for name in step}
    if label not in place or person.clearance not in place:
        return False
    return place[label] <= place[person.clearance] and place[label] <= ceiling


roles = st.tuples(
    st.sampled_from(["viewer", "caseworker", "keeper", "owner", "auditor", ""]),
    st.sampled_from(["", *SERVICES]),
)
people = st.builds(
    access.Person,
    id=st.just("7"),
    roles=st.frozensets(roles, max_size=4),
    clearance=st.sampled_from(["", "no-such-label", *NAMES]),
)


@settings(max_examples=1500)
@given(
    person=people,
    act=st.sampled_from(list(access.Act)),
    scheme=st.sampled_from(sorted(LADDERS)),
    service=st.sampled_from(["", "unheard-of", *SERVICES]),
    label=st.sampled_from(["", "no-such-label", *NAMES]),
)
def test_the_policy_answers_as_the_table_says(person, act, scheme, service, label):
    answer = allows(person, act, schemes()[scheme], service=service, label=label)
    assert answer == expected(person, act.value, scheme, service, label)


@settings(max_examples=500)
@given(person=people, act=st.sampled_from(list(access.Act)), scheme=st.sampled_from(sorted(LADDERS)))
def test_what_a_list_is_filtered_by_is_what_each_row_would_be_allowed(person, act, scheme):
    where, seen = services_seen(person, act), labels_seen(person, schemes()[scheme])
    for service in SERVICES:
        for label in NAMES:
            by_lists = (where is access.ALL or service in where) and label in seen
            assert by_lists == expected(person, act.value, scheme, service, label)


def test_every_act_is_in_the_table():
    assert {line.split()[0] for line in TABLE.strip().splitlines()[1:]} == {act.value for act in access.Act}


def test_every_label_of_every_scheme_is_on_a_ladder():
    for name, scheme in schemes().items():
        known = {one for label in scheme.labels for one in (label.id, *label.also)}
        assert known == {word.lstrip("*") for word in LADDERS[name].split() if word != "<"}


def person(role: str, service: str = "", clearance: str = "official") -> access.Person:
    return access.Person("1", "Amina", frozenset({(role, service)}), clearance)


def test_a_caseworker_of_one_service_decides_there_and_nowhere_else():
    amina = person("caseworker", "grant")
    assert access.may(amina, access.Act.DECIDE, service="grant", label="official")
    assert not access.may(amina, access.Act.DECIDE, service="parking", label="official")
    assert access.services_visible(amina, access.Act.DECIDE) == {"grant"}


def test_a_viewer_is_told_in_words_why_they_may_not_decide():
    with pytest.raises(access.NotAllowed) as refused:
        access.require(person("viewer"), access.Act.DECIDE, service="grant")
    assert refused.value.what == "You may not decide this application."
    assert refused.value.code == "access.not-allowed"


def test_nobody_sees_what_is_above_the_ceiling_whatever_their_clearance(settings):
    settings.LABEL_SCHEME, settings.CEILING = "uk", "official"
    cleared = person("owner", clearance="top-secret")
    assert access.may(cleared, access.Act.SEE_CASES, service="grant", label="official")
    assert not access.may(cleared, access.Act.SEE_CASES, service="grant", label="official-sensitive")
    assert access.labels_visible(cleared) == {"public", "official", "internal"}


def test_an_installation_refuses_to_hold_a_label_above_its_ceiling(settings):
    settings.LABEL_SCHEME, settings.CEILING = "uk", "official"
    access.require_label_held("official")
    for label in ("secret", "no-such-label"):
        with pytest.raises(access.LabelTooHigh, match=label):
            access.require_label_held(label)


def test_a_ceiling_that_the_scheme_does_not_know_lets_nothing_in(settings):
    settings.LABEL_SCHEME, settings.CEILING = "uk", "offical"
    assert access.labels_visible(person("owner")) == frozenset()
