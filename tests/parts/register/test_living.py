"""How long changes live, as a curve with its table, and where the cases of a list went from year to year."""

from __future__ import annotations

from datetime import date

import pytest

from perdure.parts.register.living import lives_of, stage_flow
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


def curve(**how):
    return lives_of(CaseFilters(), today=TODAY, **how).survival.curves[0]


def test_half_of_two_cases_live_on_when_one_of_them_has_ended(case_of):
    case_of("A", started=date(2020, 1, 1), ended=date(2021, 1, 1), status="ended")
    case_of("B", started=date(2020, 1, 1), status="running", last_listed=2025)
    known = curve()
    assert (known.cases, known.ended) == (2, 1)
    assert (known.at(365).share, known.at(366).share) == (1.0, 0.5)


def test_a_case_counts_only_as_long_as_it_was_seen(case_of):
    case_of("A", started=date(2020, 1, 1), status="unknown", last_listed=2020)
    case_of("B", started=date(2020, 1, 1), ended=date(2024, 1, 1), status="ended")
    assert curve().at(1461).at_risk == 1, "the first was last seen in 2020"


def test_in_a_list_that_names_every_case_one_that_is_named_no_more_has_ended(case_of, list_of):
    every = list_of("every", complete=True)
    case_of("A", source=every, key="a", first_listed=2018, last_listed=2019, status="unknown")
    case_of("B", source=every, key="b", first_listed=2018, last_listed=2022, status="unknown")
    some = list_of("some", complete=False)
    case_of("C", source=some, key="c", first_listed=2018, last_listed=2019, status="unknown")
    case_of("D", source=some, key="d", first_listed=2018, last_listed=2022, status="unknown")
    curves = {c.group: c.ended for c in lives_of(CaseFilters(source="every"), today=TODAY).survival.curves}
    assert curves == {"": 1}
    curves = {c.group: c.ended for c in lives_of(CaseFilters(source="some"), today=TODAY).survival.curves}
    assert curves == {"": 0}


def test_a_list_that_is_silent_about_a_whole_organisation_ends_none_of_its_cases(case_of, list_of, client):
    every = list_of("every", complete=True)
    told = {"source": every, "first_listed": 2018, "status": "unknown"}
    case_of("A", key="a", organisation="Parks", last_listed=2019, **told)
    case_of("B", key="b", organisation="Parks", last_listed=2022, **told)
    case_of("C", key="c", organisation="Rail", last_listed=2019, **told)
    case_of("D", key="d", organisation="Rail", last_listed=2020, **told)
    case_of("E", key="e", last_listed=2019, **told)  # whose it was is not said
    found = lives_of(CaseFilters(), today=TODAY)
    [curve] = found.survival.curves
    assert curve.ended == 3  # A, E, and C, for a later list names Rail
    assert (found.looked, found.silent) == (5, 1)
    page = client.get("/register/pictures/").content.decode()
    assert "1 case of which the later list names nothing of its organisation" in page


def test_a_case_that_nobody_saw_is_left_out_and_counted(case_of):
    case_of("A", status="unknown")
    found = lives_of(CaseFilters(), today=TODAY)
    assert (found.looked, found.without_span) == (1, 1)


def test_groups_get_curves_of_their_own_and_a_test_says_whether_they_differ(case_of):
    for number in range(6):
        case_of(f"F{number}", country="FR", started=date(2020, 1, 1), ended=date(2020, 7, 1), status="ended")
        case_of(f"D{number}", country="DE", started=date(2020, 1, 1), status="running", last_listed=2025)
    found = lives_of(CaseFilters(), by="country", today=TODAY).survival
    assert [(c.group, c.ended) for c in found.curves] == [("France", 6), ("Germany", 0)]
    assert found.log_rank is not None
    assert found.log_rank.p < 0.01


def test_the_page_shows_the_picture_its_table_and_the_file(case_of, client):
    case_of("A", started=date(2020, 1, 1), ended=date(2023, 1, 1), status="ended")
    case_of("B", started=date(2020, 1, 1), status="running", last_listed=2025)
    page = client.get("/register/pictures/").content.decode()
    assert 'class="survival"' in page
    assert "2 cases, 1 ended" in page
    file = client.get("/register/pictures/lives.csv").content.decode("utf-8-sig")
    assert file.splitlines()[0] == "group,days,share,low,high,at_risk,ended,censored"
    assert ",1096,0.50000," in file


def test_the_queries_of_the_page_do_not_grow_with_the_cases(case_of, client, django_assert_max_num_queries):
    for number in range(120):
        case_of(
            f"C{number}", started=date(2020, 1, 1), status="running", last_listed=2025, index=number % 2 == 0
        )
    with django_assert_max_num_queries(12):
        client.get("/register/pictures/?by=country")


def test_an_empty_register_says_so(client):
    assert "No case among these says when it began" in client.get("/register/pictures/").content.decode()
    assert (
        "No list has come in for two years yet." in client.get("/register/pictures/stages/").content.decode()
    )


def test_the_flow_counts_each_case_once_from_stage_to_stage_or_out(case_of, list_of, snapshot_of, client):
    source = list_of("projects")
    kept, gone, new = (case_of(t, source=source, key=t) for t in ("kept", "gone", "new"))
    snapshot_of(kept, 2020, stage="implementing")
    snapshot_of(kept, 2021, stage="evaluating")
    snapshot_of(gone, 2020, stage="implementing")
    snapshot_of(new, 2021, stage="generating_ideas")
    told = stage_flow("projects")
    assert told.counts == {("implementing", "evaluating"): 1, ("implementing", "not-listed"): 1}
    page = client.get("/register/pictures/stages/?list=projects").content.decode()
    assert 'class="flow"' in page
    assert "Not listed any more" in page
    assert (
        "2020,implementing,2021,evaluating,1"
        in client.get("/register/pictures/stages.csv?list=projects").content.decode()
    )
    assert client.get("/register/pictures/stages/?list=nothing").status_code == 404


def test_a_case_whose_organisation_the_later_list_does_not_name_is_not_told_as_gone(
    case_of, list_of, snapshot_of, client
):
    source = list_of("projects")
    for title, organisation, years in (
        ("kept", "Parks", (2020, 2021)), ("gone", "Parks", (2020,)), ("silent", "Seas", (2020,)),
    ):  # fmt: skip
        case = case_of(title, source=source, key=title)
        for year in years:
            snapshot_of(case, year, stage="implementing", organisation=organisation)
    assert stage_flow("projects").counts == {
        ("implementing", "implementing"): 1,
        ("implementing", "not-listed"): 1,
        ("implementing", "organisation-not-listed"): 1,
    }
    page = client.get("/register/pictures/stages/?list=projects").content.decode()
    assert "Organisation not in the list" in page


def test_a_list_that_tells_stages_is_shown_before_one_that_does_not(case_of, list_of, snapshot_of, client):
    for slug, stage in (("a-plain", ""), ("staged", "implementing")):
        case = case_of(slug, source=list_of(slug), key=slug, stage=stage)
        for year in (2020, 2021):
            snapshot_of(case, year, **({"stage": stage} if stage else {}))
    page = client.get("/register/pictures/stages/").content.decode()
    assert "Implementing projects" in page


def test_one_page_leads_to_everything_that_is_learnt_from_many_cases(client, db):
    page = client.get("/register/learnt/").content.decode()
    for address in ("pictures", "barriers", "listed", "passed-later", "like-mine", "api"):
        assert f'href="/register/{address}/' in page
        assert client.get(f"/register/{address}/").status_code == 200
