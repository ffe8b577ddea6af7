"""Finding cases: as people type, with filters and counts, on whichever database runs the tests."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perdure.parts.register import search
from perdure.parts.register.models import Case, Evidence, Term, Total
from perdure.parts.register.search_index import recount
from perdure.parts.register.search_words import case_words, fold, near, query_of, split
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db


def titles(text="", **filters):
    return [row.title for row in search.find(CaseFilters(text=text, **filters)).rows]


def counts(found, group):
    return {one.value: one.n for facet in found.facets if facet.group == group for one in facet.values}


def test_accents_and_capitals_make_no_difference():
    assert fold("Élan à Łódź, Straße, ØRESUND") == "elan a lodz, strasse, oresund"
    assert split("e-Government & AI4Gov_2021") == ["e", "government", "ai4gov", "2021"]


def test_a_case_is_found_by_the_beginning_of_any_of_its_words(case_of):
    case_of("Tax chatbot", summary="Answers questions of citizens", organisation="Skatteverket")
    for typed in ("t", "chat", "citiz tax", "TAX", "skatte", "questions  of"):
        assert titles(typed) == ["Tax chatbot"], typed
    for typed in ("hatbot", "chat robot"):
        assert titles(typed) == [], typed


def test_accents_need_not_be_typed(case_of):
    case_of("Élan numérique", summary="für die Straße")
    assert titles("elan") == titles("numérique") == titles("STRASSE") == titles("fur") == ["Élan numérique"]


def test_a_country_is_found_by_its_name(case_of):
    case_of("Queue tickets", country="EE")
    assert titles("estonia queue") == ["Queue tickets"]


def test_words_in_the_title_come_first_then_the_newest(case_of):
    case_of("Permit desk", summary="now with a chatbot")
    case_of("Chatbot one")
    case_of("Chatbot two")
    assert titles("chatbot") == ["Chatbot two", "Chatbot one", "Permit desk"]


@pytest.mark.parametrize("typed", ["chatbto", "chatbt", "chatboot", "chadbot", "hcatbot"])
def test_one_slip_of_the_keyboard_is_understood_and_told(case_of, typed):
    case_of("Tax chatbot")
    found = search.find(CaseFilters(text=f"tax {typed}"))
    assert [row.title for row in found.rows] == ["Tax chatbot"]
    assert found.read_as == "tax chatbot"


def test_a_word_that_is_like_nothing_finds_nothing(case_of):
    case_of("Tax chatbot")
    found = search.find(CaseFilters(text="zebra"))
    assert (found.rows, found.total, found.read_as) == ((), 0, "")


def test_a_word_is_never_taken_for_another_that_is_two_slips_away():
    assert near("chatbot", ["chatter", "chart"]) == ""
    assert near("accessibilty", ["accessibility", "accessible"]) == "accessibility"


@pytest.mark.parametrize(
    "typed", ['"', "'", "a' | 'b", "tax & !", "tax*", "NEAR(", ":*", "\\", "%", "--", "\0"]
)
def test_signs_are_never_taken_for_operators(case_of, typed):
    case_of("Tax chatbot")
    assert search.find(CaseFilters(text=typed)).total in {0, 1}


def test_every_filter_narrows_and_counts(case_of, list_of):
    fits = case_of(
        "Fits",
        source=list_of("projects"),
        key="1",
        country="DE",
        level="local",
        organisation="Stadt Köln (Amt 12)",
        area="07",
        kind="Pilot / trial",
        stage="implementing",
        status="ended",
        ending="absorbed",
        started=date(2019, 5, 1),
        technologies=["machine learning"],
    )
    case_of("Does not", source=list_of("cases"), key="1", country="FR", status="running")
    Evidence.objects.create(case=fits, says="It runs", by="x")
    search.index_cases([fits.pk])
    filters = {
        "source": "projects",
        "country": "de",
        "level": "local",
        "organisation": "Stadt Köln (Amt 12)",
        "area": "07",
        "kind": "Pilot / trial",
        "technology": "Machine Learning",
        "stage": "implementing",
        "status": "ended",
        "ending": "absorbed",
        "year": "2019",
        "evidence": "yes",
    }
    everything = search.find(CaseFilters())
    assert everything.total == 2
    for group, value in filters.items():
        assert titles(**{group: value}) == ["Fits"], group
        assert sum(counts(everything, group).values()) in {1, 2}, group
    assert titles("fits", **filters) == ["Fits"]
    assert titles("not", **filters) == []


def test_counts_follow_every_change(case_of):
    one = case_of("One", country="DE", technologies=["chatbot"])
    case_of("Two", country="DE")
    assert counts(search.find(CaseFilters()), "country") == {"DE": 2}
    Case.objects.filter(pk=one.pk).update(country="FR")
    search.index_cases([one.pk])
    assert counts(search.find(CaseFilters()), "country") == {"DE": 1, "FR": 1}
    assert counts(search.find(CaseFilters(text="one")), "technology") == {"chatbot": 1}
    search.forget_cases([one.pk])
    one.delete()
    assert counts(search.find(CaseFilters()), "country") == {"DE": 1}
    assert titles("one") == []
    assert recount() == {}


def test_the_totals_that_are_kept_are_counted_anew_and_put_right(case_of):
    case_of("One", country="DE")
    Total.objects.filter(group="country").update(n=7)
    assert list(recount().values()) == [(7, 1)]
    assert recount() == {}


@pytest.mark.parametrize("change", [{"state": "draft"}, {"state": "withdrawn"}, {"state": "submitted"}])
def test_only_published_cases_are_found(case_of, change):
    case_of("Hidden one", **change)
    assert titles("hidden") == titles() == []
    assert search.find(CaseFilters()).total == 0


def test_a_merged_case_is_not_found_even_before_it_is_indexed_anew(case_of):
    stays, goes = case_of("Stays"), case_of("Goes")
    Case.objects.filter(pk=goes.pk).update(merged=stays)
    assert titles("goes") == []
    search.index_cases([goes.pk])
    assert titles() == ["Stays"]
    assert recount() == {}


def test_words_written_by_an_import_are_taken_in_as_if_indexed(list_of):
    source = list_of("projects")
    cases = [
        Case(title=f"Line {n}", reference=f"L{n}", key=str(n), source=source, country="SE") for n in range(3)
    ]
    for case in cases:
        case.words = search.words_for(case, source="projects")
    made = Case.objects.bulk_create(cases)
    search.index_words([(case, "projects") for case in made])
    assert len(titles("line")) == len(titles(country="SE")) == len(titles(source="projects")) == 3
    assert recount() == {}
    search.index_cases([case.pk for case in made])
    assert recount() == {}


def test_more_than_a_thousand_are_told_as_such_and_pages_end_there(list_of, monkeypatch):
    monkeypatch.setattr(search, "MOST", 60)
    make_lines(list_of("projects"), 70)
    found = search.find(CaseFilters(text="line", country="SE"), page=99)
    assert (found.more, found.looked, found.total) == (True, 60, 60)
    assert (found.page, found.pages, len(found.rows)) == (3, 3, 10)
    assert search.find(CaseFilters(country="SE")).total == 70
    assert not search.find(CaseFilters(country="SE")).more
    assert search.find(CaseFilters()).total == 70


def make_lines(source, n):
    cases = [
        Case(title=f"Line {k}", reference=f"L{k}", key=str(k), source=source, country="SE", area="07")
        for k in range(n)
    ]
    for case in cases:
        case.words = search.words_for(case, source=source.slug)
    search.index_words([(case, source.slug) for case in Case.objects.bulk_create(cases)])


def test_the_database_is_asked_as_often_for_500_cases_as_for_1(case_of, list_of):
    def queries(text="line", **filters):
        search._MEANINGS.clear()
        with CaptureQueriesContext(connection) as caught:
            assert search.find(CaseFilters(text=text, **filters)).rows
        return len(caught)

    make_lines(list_of("projects"), 1)
    first = queries(), queries(""), queries(country="SE")
    make_lines(list_of("others"), 0)
    Case.objects.all().delete()
    make_lines(list_of("projects"), 500)
    assert (queries(), queries(""), queries(country="SE")) == first
    assert max(first) <= 10


def test_ids_are_walked_newest_first_and_each_once(list_of):
    make_lines(list_of("projects"), 25)
    steps = list(search.walk_ids(CaseFilters(text="line"), step=10))
    ids = [pk for step in steps for pk in step]
    assert [len(step) for step in steps] == [10, 10, 5]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 25


def test_a_register_without_cases_is_walked_calmly(db):
    assert list(search.walk_ids(CaseFilters())) == list(search.walk_ids(CaseFilters(text="line"))) == []


def test_a_very_long_case_is_found_by_its_first_words():
    words = case_words(["beginning " + "x" * 100_000 + " " + " ".join(f"w{n}" for n in range(5000))], [])
    assert len(words) < 30_000
    assert words.startswith("beginning")


def test_short_words_that_others_follow_are_taken_whole():
    assert query_of(CaseFilters(text="ai tool")).whole == ("ai",)
    assert query_of(CaseFilters(text="ai")).begins == ("ai",)
    assert query_of(CaseFilters(text="ai ")).whole == ("ai",)


def test_words_of_filters_cannot_be_typed(case_of):
    case_of("One", country="DE")
    assert query_of(CaseFilters(text="xqcode")).empty
    assert not Term.objects.filter(term__startswith="xq").exists()
