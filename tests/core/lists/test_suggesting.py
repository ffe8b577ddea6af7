"""A suggestion: which column for which field, how sure, why, and what was decided from the evidence."""

from __future__ import annotations

from perdure.core.lists.api import Kind, Row, Suggestion, TargetField, suggest

TARGETS = (
    TargetField("title", "Title", required=True, part_of_key=True, synonyms=("project name",)),
    TargetField("owner", "Organisation", part_of_key=True, synonyms=("department",)),
    TargetField("begun", "Begun on", Kind.DATE, synonyms=("start date",)),
    TargetField("cost", "Cost", Kind.MONEY, synonyms=("whole life cost",)),
    TargetField("cost_currency", "Currency", synonyms=("currency",)),
    TargetField(
        "status", "Status", Kind.CHOICE, vocabulary={"running": ("live", "in use"), "ended": ("closed",)}
    ),
    TargetField("country", "Country", Kind.COUNTRY),
    TargetField("url", "Address", Kind.URL, synonyms=("link",)),
)


def suggested(columns: list[str], *rows: tuple[str, ...]) -> Suggestion:
    return suggest(columns, [Row(n, row) for n, row in enumerate(rows, start=2)], TARGETS)


def column_of(found: Suggestion, field: str) -> str | None:
    rules = found.mapping.fields.get(field)
    return rules[0].columns[0] if rules else None


def test_columns_are_found_by_name_and_the_rest_is_named():
    found = suggested(["Project Name", "DEPARTMENT", "start_date", "remarks"], ("a", "x", "2020-01-31", "b"))
    assert [column_of(found, name) for name in ("title", "owner", "begun")] == [
        "Project Name",
        "DEPARTMENT",
        "start_date",
    ]
    assert found.unmapped == ("remarks",)
    assert all(guess.why.endswith(".") and 0 < guess.confidence <= 1 for guess in found.guesses)


def test_a_name_is_not_believed_when_the_cells_say_otherwise():
    found = suggested(["title", "start date"], *[("a", "soon"), ("b", "later"), ("c", "at once")])
    assert column_of(found, "begun") is None


def test_addresses_and_countries_are_found_by_what_stands_in_the_column():
    rows = [
        (str(n), f"https://a.example/{n}", code)
        for n, code in enumerate(("FR", "DE", "IT", "ES", "NL", "SE"))
    ]
    found = suggested(["title", "where to look", "place"], *rows)
    assert (column_of(found, "url"), column_of(found, "country")) == ("where to look", "place")
    assert all(guess.confidence < 0.5 for guess in found.guesses if guess.field in {"url", "country"})


def test_yes_and_no_are_not_norway():
    found = suggested(["title", "has pii"], *[("a", "No"), ("b", "No"), ("c", "Yes"), ("d", "No")])
    assert column_of(found, "country") is None


def test_day_or_month_first_is_decided_from_the_evidence_and_told():
    day = suggested(["title", "start date"], ("a", "04/05/2020"), ("b", "25/05/2020"))
    month = suggested(["title", "start date"], ("a", "04/05/2020"), ("b", "05/25/2020"))
    either = suggested(["title", "start date"], ("a", "04/05/2020"), ("b", "06/07/2020"))
    orders = [found.mapping.fields["begun"][0].date.order for found in (day, month, either)]
    assert orders == ["day_first", "month_first", "day_first"]
    assert any("Nothing in start date shows" in sentence for sentence in either.told)


def test_dates_in_both_orders_are_told():
    found = suggested(["title", "start date"], ("a", "25/05/2020"), ("b", "05/25/2020"), ("c", "04/05/2020"))
    assert any("both orders" in sentence for sentence in found.told)


def test_years_that_a_spreadsheet_spoilt_are_noticed():
    days = ["7/14/1905", "7/15/1905", "7/13/1905", "12/30/2020"]
    found = suggested(["title", "start date"], *[(str(n), day) for n, day in enumerate(days)])
    assert found.mapping.fields["begun"][0].date.years_as_days


def test_short_dates_are_years_only_when_they_look_like_years():
    years = suggested(
        ["title", "start date"], ("a", "24-Aug"), ("b", "23-Dec"), ("c", "18-Jan"), ("d", "20-May")
    )
    days = suggested(
        ["title", "start date"], ("a", "24-Aug"), ("b", "31-Dec"), ("c", "02-Jan"), ("d", "20-May")
    )
    assert years.mapping.fields["begun"][0].date.short == "year_month"
    assert "begun" not in days.mapping.fields or days.mapping.fields["begun"][0].date.short == "unread"


def test_a_filler_is_noticed():
    rows = [(f"a{n}", "2021/01/01") for n in range(20)] + [(f"b{n}", str(2000 + n)) for n in range(15)]
    found = suggested(["title", "start date"], *rows)
    assert found.mapping.fields["begun"][0].filler == ("2021/01/01",)
    assert any("2021/01/01" in sentence for sentence in found.told)


def test_units_currency_and_the_decimal_mark():
    found = suggested(["title", "whole life cost (£m)"], ("a", "1.5"), ("b", "20.25"))
    assert found.mapping.fields["cost"][0].money.unit == 1_000_000
    assert found.mapping.fields["cost_currency"][0].constant == "GBP"
    german = suggested(["title", "cost"], ("a", "1.234,50"), ("b", "7,25"))
    assert german.mapping.fields["cost"][0].money.decimal == ","


def test_sums_that_repeat_far_beyond_the_others_are_told():
    rows = [(str(n), str(100 + 7 * n)) for n in range(60)] + [("x", "432000"), ("y", "432000")]
    assert any("432000" in sentence for sentence in suggested(["title", "cost"], *rows).told)


def test_words_nobody_knows_are_listed_with_counts():
    rows = [("a", "Live"), ("b", "In  use"), ("c", "closed"), ("d", "resting"), ("e", "resting")]
    found = suggested(["title", "status"], *rows)
    guess = next(guess for guess in found.guesses if guess.field == "status")
    assert guess.unknown == {"resting": 2}
    assert found.mapping.fields["status"][0].choices == {"running": ("Live", "In  use"), "ended": ("closed",)}


def test_the_key_is_a_number_of_its_own_or_what_names_the_thing():
    own = suggested(["id", "title"], ("1", "a"), ("2", "b"))
    named = suggested(["year", "title", "department"], ("2020", "a", "x"), ("2021", "a", "x"))
    nothing = suggest(["b"], [Row(2, ("x",))], TARGETS)
    assert own.mapping.key.columns == ("id",)
    assert (named.mapping.key.columns, named.mapping.key.year) == (("title", "department"), "year")
    assert nothing.mapping.key.columns == ()
    assert "Nothing names a row" in nothing.told[-1]


def test_a_list_without_rows_gives_a_suggestion_by_names():
    assert column_of(suggest(["title", "start date"], [], TARGETS), "title") == "title"


def test_titles_that_are_links_fill_the_address_too_where_no_column_has_one():
    targets = (
        TargetField("title", "Title", required=True, part_of_key=True),
        TargetField("url", "Web address", Kind.URL),
    )
    rows = [Row(n, (f"[Plan {n}](https://x.example/{n})", f"https://y.example/{n}")) for n in range(2, 8)]
    alone = suggest(["title"], [row._replace(cells=row.cells[:1]) for row in rows], targets).mapping
    beside = suggest(["title", "web address"], rows, targets).mapping
    assert alone.fields["url"][0].columns == ("title",)
    assert beside.fields["url"][0].columns == ("web address",)
