"""The five real lists come in whole, and the answers asked of them agree with counts made another way."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from perdure.parts.register import api as register
from perdure.parts.register import linking
from perdure.parts.register.models import Case, Link, SourceList

pytestmark = pytest.mark.django_db

SETS = {
    "gmpp_2014_2019.csv": ("gmpp", "Major projects", 941),
    "us_ai_cases_2023.csv": ("us_federal_ai", "Federal AI", 710),
    "us_ai_cases_2024_dev.csv": ("us_federal_ai", "Federal AI", 1143),
    "service_assessments_dev.csv": ("uk_service_assessments", "Assessments", 106),
    "jrc_cases_dev.csv": ("jrc_digital_cases", "Digital cases", 294),
}


@pytest.fixture
def dev(shared):
    folder = shared / "register" / "dev"
    if not folder.is_dir():
        pytest.skip(f"no register data at {folder}")
    return folder


def taken_in(dev, name):
    mapping, title, _rows = SETS[name]
    return register.import_file(
        dev / name,
        mapping=register.known_mapping(mapping),
        list_title=title,
        by="system:test",
        report=lambda done, total: None,
    )


def rows_of(dev, name):
    with (dev / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def name_of(agency):
    """An agency as both years write it: Department of Interior, Department of the Interior."""
    return " ".join(agency.casefold().replace(" of the ", " of ").split())


@pytest.mark.parametrize("name", SETS)
def test_every_row_of_a_real_list_is_accounted_for_and_a_second_import_doubles_nothing(dev, name):
    account = taken_in(dev, name)
    assert account.read == SETS[name][2] == account.added + account.merged + account.rejected
    assert account.rejected == 0
    cases = Case.objects.count()
    assert cases == account.added
    again = taken_in(dev, name)
    assert (again.read, again.added, again.merged) == (account.read, 0, account.read)
    assert Case.objects.count() == cases


def test_rows_of_the_ai_list_that_share_a_key_are_one_case_only_when_they_tell_of_one_thing(dev):
    account = taken_in(dev, "us_ai_cases_2024_dev.csv")
    apart = Case.objects.exclude(shared_key="")
    assert account.apart == sum(case.snapshots.count() for case in apart) > 0
    assert apart.filter(title="Salesforce").count() == 1  # two offices use it, each in its own way
    together = [case for case in Case.objects.all() if case.snapshots.count() > 1]
    assert together
    for case in together:
        first, *others = (one.values for one in case.snapshots.order_by("line"))
        for other in others:
            assert first["title"].casefold().strip(".") == other["title"].casefold().strip(".")
            offices = {first.get("unit"), other.get("unit")}
            assert len(offices) == 1 or _shared(first["summary"], other["summary"]) >= 0.4, (first, other)


def _shared(one, two):
    """Of the shorter text's words, how many stand in the other."""
    some, others = ({word.strip(".,;:()").casefold() for word in text.split()} for text in (one, two))
    return len(some & others) / min(len(some), len(others))


def test_no_sign_of_a_web_page_is_left_in_the_assessments(dev):
    assert any(
        "&nbsp;" in cell for row in rows_of(dev, "service_assessments_dev.csv") for cell in row.values()
    )
    taken_in(dev, "service_assessments_dev.csv")
    assert not Case.objects.filter(summary__regex="&(nbsp|amp|quot|#39);").exists()


def test_how_many_federal_ai_cases_of_2023_are_still_listed_agrees_with_a_count_of_titles(dev):
    taken_in(dev, "us_ai_cases_2023.csv")
    taken_in(dev, "us_ai_cases_2024_dev.csv")
    found = register.still_listed("federal-ai", 2023)

    def key(row):
        return " ".join(row["title"].split()).casefold(), name_of(row["agency"])

    before = {key(row) for row in rows_of(dev, "us_ai_cases_2023.csv")}
    after = {key(row) for row in rows_of(dev, "us_ai_cases_2024_dev.csv")}
    agencies = {agency for _title, agency in after}
    for row in found.rows:
        agency = name_of(row.organisation)
        mine = {one for one in before if one[1] == agency}
        assert agency in agencies
        assert abs(row.share.of - len(mine)) <= 2  # names that differ in signs only
        assert abs(row.share.count - len(mine & after)) <= 2
        assert row.share.low <= row.share.share <= row.share.high
    assert {name_of(name) for name, _cases in found.absent}.isdisjoint(agencies)
    told = Client().get("/register/api/listed/?list=federal-ai&year=2023").json()
    assert told["all"]["count"] == found.all.share.count
    assert "list of 2024" in Client().get("/register/listed/?list=federal-ai&year=2023").content.decode()


def test_links_between_the_years_are_proposed_and_change_the_answer_when_accepted(dev):
    taken_in(dev, "us_ai_cases_2023.csv")
    taken_in(dev, "us_ai_cases_2024_dev.csv")
    from perdure.parts.register.linking_finding import find_links

    before = register.still_listed("federal-ai", 2023).all
    find_links(SourceList.objects.get(slug="federal-ai"))
    between = register.still_listed("federal-ai", 2023).all
    assert between.undecided > 0
    link = Link.objects.filter(
        state="proposed", kind="renamed", earlier__last_listed=2023, later__first_listed=2024
    ).order_by("-probability")[0]
    linking.accept(link.pk, kind="renamed", by="system:test")
    after = register.still_listed("federal-ai", 2023).all
    assert after.share.count == between.share.count + 1
    assert after.renamed == between.renamed + 1
    assert between.share.count >= before.share.count


def test_which_assessments_failed_first_and_passed_later_agrees_with_the_file(dev):
    taken_in(dev, "service_assessments_dev.csv")
    found = register.passed_later("assessments")
    rows = rows_of(dev, "service_assessments_dev.csv")
    failed = [
        row for row in rows if row["result"].strip().casefold() in {"not pass", "not passed", "not met"}
    ]
    passed = sorted(
        row["title"] for row in failed if row["re_result"].strip().casefold() in {"pass", "passed", "met"}
    )
    assert abs(found.share.of - len(failed)) <= 2  # a report that is there twice is one case
    told = sorted(row.title for row in found.rows if row.outcome_later == "pass")
    assert len(told) == len(passed) == found.share.count
    assert all(whole.startswith(title) for title, whole in zip(told, passed, strict=True))


def test_an_organisation_that_is_a_link_is_read_as_its_words_and_the_account_says_so(dev):
    linked = [row for row in rows_of(dev, "service_assessments_dev.csv") if "](http" in row["department"]]
    assert linked
    account = taken_in(dev, "service_assessments_dev.csv")
    assert account.plain()["links_read_as_words"]["organisation"] == len(linked)
    assert not Case.objects.filter(organisation__contains="](").exists()
    assert Case.objects.filter(organisation="Valuation Office Agency (VOA)").exists()
