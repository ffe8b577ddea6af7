"""Rows into the register: cases made and found again, what they say, and taking it back."""

from __future__ import annotations

import io
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perdure.core.lists.api import Mapped, Note, Rejected
from perdure.parts.register import importing, importing_bulk, importing_rows, importing_undo, search
from perdure.parts.register.errors import ImportMoved
from perdure.parts.register.models import Case, Import, Snapshot
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db


def row(line=2, key="", year=None, *, extra=None, notes=(), **values):
    """A row as the mapper gives it."""
    values = {"title": key or "A change", **values}
    return Mapped(line, key or values["title"], year, values, extra or {}, {}, {}, notes)


@pytest.fixture
def origin_of(list_of):
    """origin_of(year) -> a running import of the list of projects."""

    def origin_of(year=None, source="projects"):
        return Import.objects.create(
            source=list_of(source),
            name="list.csv",
            file="0" * 64,
            year=year,
            state="running",
            by="system:test",
        )

    return origin_of


def of(key):
    return Case.objects.get(key=key)


def undone(origin):
    Import.objects.filter(pk=origin.pk).update(state="undoing")
    origin.refresh_from_db()
    importing_undo.undo_rows(origin, report=lambda done, total: None)


def test_a_row_makes_a_case_that_search_finds(origin_of):
    origin = origin_of(2023)
    importing_rows.take_in(origin, [row(key="Talking tree", organisation="Parks", technology=("chatbot",))])
    case = of("Talking tree")
    assert (case.title, case.organisation, case.first_listed, case.state) == (
        "Talking tree",
        "Parks",
        2023,
        "published",
    )
    assert [one.name for one in case.technologies.all()] == ["chatbot"]
    assert [one.reference for one in search.find(CaseFilters(text="talk")).rows] == [case.reference]


def test_read_is_always_added_and_merged_and_rejected(origin_of):
    origin = origin_of(2023)
    rows = [
        row(2, "A"),
        row(3, "B"),
        row(4, "A"),
        Rejected(5, "No title.", "lists.required-empty", {"a": "x"}),
    ]
    importing_rows.take_in(origin, rows)
    origin.refresh_from_db()
    assert (origin.read, origin.added, origin.merged, origin.rejected) == (4, 2, 1, 1)
    assert Case.objects.count() == 2
    assert origin.rejected_rows.get().original == [["a", "x"]]


def test_next_years_row_of_the_same_key_says_how_the_case_stands_now(origin_of):
    importing_rows.take_in(
        origin_of(2023), [row(key="A", summary="Trees talk.", rating="Amber", status="running")]
    )
    importing_rows.take_in(origin_of(2024), [row(key="A", status="ended")])
    case = of("A")
    assert Snapshot.objects.filter(case=case).count() == 2
    assert case.summary == "Trees talk."  # what it is stays when the newer row is silent
    assert (case.rating, case.status) == ("", "ended")  # how it stands is what the newer row says
    assert (case.first_listed, case.last_listed) == (2023, 2024)


def test_the_order_of_imports_makes_no_difference(origin_of):
    years = {
        2021: {"summary": "First.", "rating": "Red"},
        2022: {"unit": "Trees"},
        2023: {"summary": "Third.", "rating": "Green"},
        2024: {"kind": "App"},
    }
    told = set()
    for number in range(6):
        order = random.Random(number).sample(sorted(years), 4)
        for year in order:
            importing_rows.take_in(origin_of(year, f"list-{number}"), [row(key="A", **years[year])])
        case = Case.objects.get(key="A", source__slug=f"list-{number}")
        told.add((case.summary, case.rating, case.unit, case.kind, case.first_listed, case.last_listed))
    assert told == {("Third.", "", "Trees", "App", 2021, 2024)}


def test_an_older_year_below_a_newer_one_in_one_file_does_not_win(origin_of):
    rows = [row(2, "A", 2024, rating="Green"), row(3, "A", 2022, rating="Red"), row(4, "A", 2023, unit="U")]
    importing_rows.take_in(origin_of(), rows)
    case = of("A")
    assert (case.rating, case.unit, case.first_listed, case.last_listed) == ("Green", "U", 2022, 2024)


def test_what_a_person_set_stays(origin_of):
    importing_rows.take_in(origin_of(2023), [row(key="A", status="running", unit="Old")])
    Case.objects.filter(key="A").update(status="ended", held=["status"])
    importing_rows.take_in(origin_of(2024), [row(key="A", status="running", unit="New")])
    assert (of("A").status, of("A").unit) == ("ended", "New")


def test_the_same_row_is_never_taken_twice(origin_of):
    origin = origin_of(2023)
    stale = Import.objects.get(pk=origin.pk)
    importing_rows.take_in(origin, [row(2, "A")])
    with pytest.raises(ImportMoved):
        importing_rows.take_in(stale, [row(2, "A")])
    assert Snapshot.objects.count() == 1


def test_an_import_that_was_stopped_takes_no_more(origin_of):
    origin = origin_of(2023)
    Import.objects.filter(pk=origin.pk).update(state="stopped")
    with pytest.raises(ImportMoved):
        importing_rows.take_in(origin, [row(2, "A")])


def test_one_row_that_the_database_refuses_is_rejected_and_the_others_come_in(origin_of, monkeypatch):
    from django.db import DataError

    real = importing_rows.bulk.insert

    def picky(rows):
        if any(one.key == "C" for one in rows):
            raise DataError("too much")
        real(rows)

    monkeypatch.setattr(importing_rows.bulk, "insert", picky)
    origin = origin_of(2023)
    importing_rows.take_in(origin, [row(n, key) for n, key in enumerate("ABCDE", start=2)])
    assert (origin.added, origin.rejected) == (4, 1)
    assert origin.rejected_rows.get().line == 4
    assert {case.key for case in Case.objects.all()} == set("ABDE")


def test_very_long_and_odd_texts_are_kept_whole_beside_a_shortened_field(origin_of):
    long = "x" * 2000
    importing_rows.take_in(origin_of(2023), [row(2, "k" * 999, organisation=long + "\x00\ud800")])
    case = Case.objects.get()
    assert len(case.key) == 300
    assert case.organisation == "x" * 299 + "…"
    assert case.snapshots.get().values["organisation"] == long + "\ufffd"
    importing_rows.take_in(origin_of(2024), [row(2, "k" * 999)])
    assert Case.objects.count() == 1


def test_undoing_an_import_removes_what_only_it_brought(origin_of):
    first, second = origin_of(2023), origin_of(2024)
    importing_rows.take_in(first, [row(2, "A", rating="Amber"), row(3, "B")])
    importing_rows.take_in(second, [row(2, "A", rating="Green"), row(3, "Zebra crossing")])
    undone(second)
    assert {case.key for case in Case.objects.all()} == {"A", "B"}
    assert (of("A").rating, of("A").last_listed) == ("Amber", 2023)
    assert search.find(CaseFilters(text="zebra")).total == 0
    second.refresh_from_db()
    assert second.state == "undone"
    undone(first)
    assert not Case.objects.exists()


def test_undoing_the_first_import_keeps_what_the_second_says(origin_of):
    first, second = origin_of(2023), origin_of(2024)
    importing_rows.take_in(first, [row(2, "A", summary="Old.")])
    importing_rows.take_in(second, [row(2, "A", unit="U")])
    undone(first)
    assert (of("A").summary, of("A").unit, of("A").first_listed) == ("", "U", 2024)


def test_a_case_that_people_wrote_about_stays_when_its_import_is_undone(origin_of):
    from perdure.parts.register.models import Evidence

    origin = origin_of(2023)
    importing_rows.take_in(origin, [row(2, "A"), row(3, "B")])
    Evidence.objects.create(case=of("A"), says="It runs.", by="kim")
    undone(origin)
    assert [case.key for case in Case.objects.all()] == ["A"]
    origin.refresh_from_db()
    assert origin.says == "1 case stays, because people wrote something about it."


def test_what_could_not_be_read_is_counted_by_field_and_by_row(origin_of):
    origin = origin_of(2023)
    start = Note("started", "lists.date", "Not a date.", "10/12023")
    cost = Note("cost", "lists.money", "Not a sum.", "much")
    rows = [row(2, "A", notes=(start, cost)), row(3, "B", notes=(start, start)), row(4, "C")]
    importing_rows.take_in(origin, rows)
    origin.refresh_from_db()
    assert origin.noted == {
        "years": {"2023": 3},
        "unread": {"started": 2, "cost": 1},
        "partly": 2,
        "apart": 0,
    }


@pytest.mark.parametrize(("column", "index"), [("key", "one_case_per_key"), ("shared_key", "case_shared")])
def test_cases_are_looked_up_by_the_index_of_keys_and_not_by_reading_their_list(origin_of, column, index):
    origin = origin_of()
    importing_rows.take_in(origin, [row(n, f"Case {n}") for n in range(50)])
    with CaptureQueriesContext(connection) as asked:
        found = importing_bulk.cases_under(origin.source_id, column, ["Case 3", "Case 99"])
    assert len(found) == (column == "key")
    plan = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET LOCAL enable_seqscan = off"
            )  # so few cases are read quicker without any index
        cursor.execute(plan + asked[-1]["sql"])
        assert index in str(cursor.fetchall())


def test_a_batch_costs_hardly_more_queries_for_many_rows_than_for_few(origin_of):
    def queries(count, source):
        with CaptureQueriesContext(connection) as seen:
            importing_rows.take_in(origin_of(2023, source), [row(n, f"{source} {n}") for n in range(count)])
        return len(seen)

    queries(2, "warm")
    assert queries(20, "few") < 30
    assert queries(400, "many") < 60  # SQLite takes about twenty rows of a case to a statement


def test_a_new_list_needs_a_name_and_an_empty_file_is_refused(keeper_person):
    from perdure.parts.register.errors import ImportRefused

    with pytest.raises(ImportRefused, match="empty"):
        importing.start_import(io.BytesIO(), "a.csv", size=0, list_title="L", year=None, by=keeper_person)
    with pytest.raises(ImportRefused, match="no name"):
        importing.start_import(io.BytesIO(b"x"), "a.csv", size=1, list_title=" ", year=None, by=keeper_person)
    assert not Import.objects.exists()


def test_a_second_row_of_the_same_year_adds_and_takes_nothing_away_and_a_corrected_file_does(origin_of):
    first = origin_of(2023)
    importing_rows.take_in(first, [row(2, "A", outcome="not_passed", outcome_later="pass")])
    importing_rows.take_in(first, [row(3, "A", outcome="not_passed"), row(4, "B", rating="Red"), row(5, "B")])
    assert (of("A").outcome_later, of("B").rating) == ("pass", "Red")
    importing_rows.take_in(origin_of(2023), [row(2, "A", outcome="not_passed")])
    assert of("A").outcome_later == ""


def test_one_case_by_one_row_or_rebuilt_from_all_its_rows_is_the_same(origin_of):
    chance = random.Random(5)
    values = {"rating": ("", "Red", "Green"), "unit": ("", "U1", "U2"), "status": ("", "running", "ended")}
    for _ in range(8):
        origin = origin_of(chance.choice((2021, 2022, 2023)))
        for start in (0, 5):
            rows = [
                row(
                    start + n,
                    chance.choice("AB"),
                    **{k: v for k in values if (v := chance.choice(values[k]))},
                )
                for n in range(5)
            ]
            importing_rows.take_in(origin, rows)
    names = (*importing_rows.fields.STANDS, "unit", "first_listed", "last_listed")
    for case in Case.objects.all():
        before = [getattr(case, name) for name in names]
        importing_rows.rebuild([case])
        assert [getattr(case, name) for name in names] == before


def test_a_case_that_came_in_before_links_were_read_is_found_again_under_its_key(origin_of):
    importing_rows.take_in(origin_of(2023), [row(key="plan https x example")])
    read_now = row(key="plan", summary="Trees talk.")
    again = Mapped(*[*[getattr(read_now, name) for name in read_now.__slots__[:-1]], "plan https x example"])
    importing_rows.take_in(origin_of(2024), [again])
    assert [case.summary for case in Case.objects.all()] == ["Trees talk."]
