"""Single cells: dates, sums, words, countries, addresses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perdure.core.lists.api import DateReading, Kind, MoneyReading, Rule, TargetField
from perdure.core.lists.dates import read_date
from perdure.core.lists.money import read_money
from perdure.core.lists.reading import countries, reader_for

DAY_FIRST = DateReading()
MONTH_FIRST = DateReading(order="month_first")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/05/2010", "2010-05-31"),
        ("8/06/2015", "2015-06-08"),
        ("01.12.98", "1998-12-01"),
        ("25/09/14", "2014-09-25"),
        ("2010-05-31", "2010-05-31"),
        ("2021/01/02", "2021-01-02"),
        ("20200304", "2020-03-04"),
        ("2020-03-04T10:11:12Z", "2020-03-04"),
        ("2011-10-11 13:42:22.688000+02:00", "2011-10-11"),
        ("31 July 2015", "2015-07-31"),
        ("16 December&nbsp;2015", "2015-12-16"),
        ("Monday, 4th of March 2020", "2020-03-04"),
        ("March 4, 2020", "2020-03-04"),
        ("4-Mar-20", "2020-03-04"),
        ("4. März 2027", "2027-03-04"),
        ("1er mai 2020", "2020-05-01"),
    ],
)
def test_a_date_is_read_in_many_forms(text, day):
    found = read_date(text, DAY_FIRST)
    assert (str(found.day), found.precision, found.code) == (day, "", "")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2019", "2019-01-01", "year"),
        ("2019-07", "2019-07-01", "month"),
        ("07/2019", "2019-07-01", "month"),
        ("July 2019", "2019-07-01", "month"),
        ("Aug-24", "2024-08-01", "month"),
    ],
)
def test_a_date_without_a_day_says_so(text, day, precision):
    found = read_date(text, DAY_FIRST)
    assert (str(found.day), found.precision) == (day, precision)


@pytest.mark.parametrize(
    "text",
    ["10/12023", "1/012/2014", "Pre-2021", "2015-2022", "FY2025", "No end date", "31/02/2020", "TBD",
     "9999-12-31",
     "2024-02-15 (kick-off); 2024-08-23 (signed)", "13/13/2013", "24-Aug"],
)  # fmt: skip
def test_what_is_no_date_gives_none_and_a_reason(text):
    found = read_date(text, DAY_FIRST)
    assert found.day is None
    assert found.code.startswith("date.")
    assert found.words.endswith(".")


def test_day_and_month_go_by_the_column_and_what_can_be_only_one_thing_is_read_so():
    assert read_date("04/05/2023", DAY_FIRST).day == date(2023, 5, 4)
    assert read_date("04/05/2023", MONTH_FIRST).day == date(2023, 4, 5)
    other = read_date("25/12/2015", MONTH_FIRST)
    assert (other.day, other.code) == (date(2015, 12, 25), "date.other-order")


def test_a_year_that_a_spreadsheet_took_for_a_day_is_the_year_again():
    how = DateReading(order="month_first", years_as_days=True)
    for text, year in (("7/14/1905", 2022), ("7/15/1905", 2023), ("7/7/1905", 2015)):
        found = read_date(text, how)
        assert (found.day, found.precision, found.code) == (date(year, 1, 1), "year", "date.year-as-day")
    assert read_date("7/15/1905", MONTH_FIRST).day == date(1905, 7, 15)


def test_short_dates_are_year_and_month_only_when_the_mapping_says_so():
    assert read_date("24-Aug", DateReading(short="year_month")).day == date(2024, 8, 1)
    assert read_date("24-Aug", DAY_FIRST).code == "date.no-year"


def test_days_as_numbers():
    assert read_date("44927", DateReading(days_as_numbers=True)).day == date(2023, 1, 1)
    assert read_date("44927", DAY_FIRST).day is None


def test_words_beside_a_date_are_told():
    found = read_date("2022-11-16 (first formal action)", DAY_FIRST)
    assert (found.day, found.code) == (date(2022, 11, 16), "date.words-beside")


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2029, 12, 31)))
def test_every_day_written_in_any_order_is_the_same_day(day):
    for form, how in (
        ("%d/%m/%Y", DAY_FIRST),
        ("%d.%m.%Y", DAY_FIRST),
        ("%m/%d/%Y", MONTH_FIRST),
        ("%Y-%m-%d", MONTH_FIRST),
        ("%d %B %Y", MONTH_FIRST),
        ("%d.%m.%y", DateReading(century=29)),
    ):
        assert read_date(day.strftime(form), how).day == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for kind in Kind:
        read = reader_for(TargetField("x", "X", kind), Rule(columns=("x",)))(text)
        assert read.value is not None or read.code or read == (None, "", "", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("1 234,50", "1234.50"), ("£2.5m", "2500000"),
     ("(45)", "-45"),
     ("$1,234", "1234"), ("12,5", "12.5"), ("1'000", "1000"), ("−74.90", "-74.90"), ("2,50,000", "250000"),
     ("€ 1 000 000", "1000000"),
     ("1.5 billion", "1500000000"), ("45-", "-45"), ("1e6", "1000000"),
     ("1.234.567", "1234567")],
)  # fmt: skip
def test_a_sum_is_read_in_many_forms(text, value):
    assert read_money(text, MoneyReading()) == (Decimal(value), "", "")


@pytest.mark.parametrize(
    "text", ["5-10m", "12%", "1.2.3", "1,2,3", "about 5", "--5", "½", "5 apples", "1" * 60]
)
def test_what_is_no_sum_gives_none_and_a_reason(text):
    value, code, words = read_money(text, MoneyReading())
    assert value is None
    assert (code, words.endswith(".")) == ("money.unreadable", True)


def test_the_unit_and_the_decimal_mark_of_a_column_count():
    assert read_money("1.5", MoneyReading(unit=Decimal(1_000_000)))[0] == Decimal(1_500_000)
    assert read_money("1.234", MoneyReading(decimal=","))[0] == Decimal(1234)
    assert read_money("1.234", MoneyReading())[0] == Decimal("1.234")


def test_a_figure_beyond_what_a_column_can_hold_is_not_believed():
    how = MoneyReading(unit=Decimal(1_000_000), most=Decimal(150_000))
    assert read_money("432000.00", how)[:2] == (None, "money.too-large")
    assert read_money("-4322000", how)[0] is None
    assert read_money("55700", how)[0] == Decimal(55_700_000_000)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_sum_written_either_way_is_the_same_sum(value):
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_money(english, MoneyReading())[0] == value
    assert read_money(german, MoneyReading(decimal=","))[0] == value


def read(kind: Kind, text: str, **rule):
    return reader_for(TargetField("x", "X", kind), Rule(columns=("x",), **rule))(text)


def test_countries_are_known_by_code_and_by_name_in_four_languages():
    found = {
        read(Kind.COUNTRY, text).value
        for text in ("GB", "UK", "gbr", "United Kingdom", "Royaume-Uni", "Vereinigtes Königreich")
    }
    assert found == {"GB"}
    assert read(Kind.COUNTRY, "El").value == "GR"
    assert read(Kind.COUNTRY, "Atlantis").code == "country.unknown"
    assert len(set(countries().values())) >= 249


def test_web_addresses():
    assert read(Kind.URL, " https://a.example/b?c=1 ").value == "https://a.example/b?c=1"
    assert read(Kind.URL, "www.gov.example/x").value == "https://www.gov.example/x"
    assert read(Kind.URL, "see https://a.example/b and https://c.example").code == "url.words-beside"
    assert read(Kind.URL, "javascript:alert(1)").value is None
    assert read(Kind.URL, "http://[").value is None


def test_lists_are_cut_at_their_separators_without_doubles():
    assert read(Kind.LIST, "AI; API ;ai;AI;").value == ("AI", "API", "ai")
    assert read(Kind.LIST, "AI, API", separators=(",",)).value == ("AI", "API")


def test_yes_and_no():
    assert [read(Kind.YES_NO, text).value for text in ("Yes", "x", "JA", "No", "nein", "0")] == [True] * 3 + [
        False
    ] * 3
    assert read(Kind.YES_NO, "perhaps").code == "yes-no.unknown"


def test_letters_that_were_taken_for_control_characters_come_right():
    assert read(Kind.TEXT, "the State\x92s ability \x96 now").value == "the State’s ability – now"


def test_words_that_mean_nothing_are_empty_but_not_in_free_text():
    for kind in (Kind.DATE, Kind.MONEY, Kind.COUNTRY, Kind.CHOICE, Kind.YES_NO):
        assert read(kind, " N/A ") == (None, "", "", "")
    assert read(Kind.TEXT, "N/A").value == "N/A"
