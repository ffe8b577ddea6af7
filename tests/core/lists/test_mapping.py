"""A mapping turns rows into fields, says what was lost, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perdure.core.lists.api import (
    Account,
    Checked,
    Kind,
    Mapped,
    Mapper,
    MappingRefused,
    Rejected,
    Row,
    TargetField,
    check_mapping,
    dump_mapping,
    load_mapping,
    load_targets,
    map_rows,
)

TARGETS = (
    TargetField("title", "Title", required=True),
    TargetField("place", "Place"),
    TargetField("begun", "Begun on", Kind.DATE),
    TargetField("cost", "Cost", Kind.MONEY),
    TargetField("status", "Status", Kind.CHOICE, vocabulary={"running": ("live",), "ended": ()}),
    TargetField("tags", "Tags", Kind.LIST),
    TargetField("country", "Country", Kind.COUNTRY),
)


def mapped(mapping: str, **cells: str) -> Mapped | Rejected:
    """One row through a mapping; the columns are the names of the cells."""
    mapper = Mapper(load_mapping(mapping), TARGETS, list(cells))
    return mapper.apply(Row(2, tuple(cells.values())))


def test_a_row_becomes_fields_and_the_other_columns_go_along():
    result = mapped(
        """
        fields:
          title: {column: name}
          begun: {column: start, date: {order: month_first}}
          cost: {column: gbpm, money: {unit: 1000000}}
          tags: {column: words, separators: [","]}
          country: {constant: UK}
        """,
        name=" North ", start="12/31/2020", gbpm="1.5", words="a, b", spare="kept", empty=" ",
    )  # fmt: skip
    assert isinstance(result, Mapped)
    assert {name: str(value) for name, value in result.values.items()} == {
        "title": "North", "begun": "2020-12-31", "cost": "1500000.0", "tags": "('a', 'b')", "country": "GB",
    }  # fmt: skip
    assert result.extra == {"spare": "kept"}
    assert result.notes == ()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Checks &amp; letters&nbsp;only", "Checks & letters only"),
        ("Caf&eacute; &#8211; &#x201C;open&#x201D;", "Café – “open”"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("AT&T, R&D; &nonsense; &#99999999;", "AT&T, R&D; &nonsense; &#99999999;"),
        ("https://x.example/?a=1&copy=2", "https://x.example/?a=1&copy=2"),
        ("&#0;&#xD800;", "\N{REPLACEMENT CHARACTER}" * 2),
    ],
)
def test_signs_written_as_on_a_web_page_become_themselves_once_and_stay_text(cell, read):
    result = mapped("fields: {title: {column: a}}", a=cell, spare=cell)
    assert isinstance(result, Mapped)
    assert (result.values["title"], result.extra["spare"]) == (read, read)


def test_a_sign_of_a_web_page_in_a_list_of_words_does_not_cut_it():
    result = mapped("fields: {title: {column: a}, tags: {column: b}}", a="x", b="Health &amp; care; rail")
    assert isinstance(result, Mapped)
    assert result.values["tags"] == ("Health & care", "rail")


def test_what_cannot_be_read_leaves_the_field_empty_with_its_text_and_the_row_comes_in():
    result = mapped("fields: {title: {column: a}, begun: {column: b}}", a="x", b="10/12023")
    assert isinstance(result, Mapped)
    assert "begun" not in result.values
    assert result.raw == {"begun": "10/12023"}
    assert [(note.field, note.code, note.raw) for note in result.notes] == [
        ("begun", "date.unreadable", "10/12023")
    ]


def test_a_row_without_what_every_row_needs_is_rejected_with_everything_in_it():
    result = mapped("fields: {title: {column: a}}", a=" ", b="y")
    assert result == Rejected(
        2, "Title is empty, and a row needs it.", "lists.required-empty", {"a": " ", "b": "y"}
    )


def test_a_faulty_row_is_rejected_with_the_cells_beyond_the_columns():
    mapper = Mapper(load_mapping("fields: {title: {column: a}}"), TARGETS, ["a"])
    result = mapper.apply(Row(7, ("x", "y"), "Too long.", "lists.ragged"))
    assert result == Rejected(7, "Too long.", "lists.ragged", {"a": "x", "cell 2": "y"})


def test_a_year_alone_is_the_first_of_january_and_says_so():
    result = mapped("fields: {title: {column: a}, begun: {column: b}}", a="x", b="2019")
    assert isinstance(result, Mapped)
    assert (str(result.values["begun"]), result.precision, result.raw) == (
        "2019-01-01",
        {"begun": "year"},
        {"begun": "2019"},
    )


CHOICES = """
fields:
  title: {column: a}
  status: {column: b, choices: {running: [In  Use, "prod*"], ended: [gone]}}
"""


@pytest.mark.parametrize(
    ("word", "value"),
    [("in use", "running"), ("IN USE.", "running"), ("Production: 1 year", "running"), ("Gone", "ended"),
     ("Live", "running"),     ("ended", "ended"), ("n/a", None), ("", None)],
)  # fmt: skip
def test_words_are_compared_without_case_and_spaces(word, value):
    result = mapped(CHOICES, a="x", b=word)
    assert isinstance(result, Mapped)
    assert result.values.get("status") == value
    assert result.notes == ()


def test_an_unknown_word_is_a_note_unless_the_mapping_says_what_it_means_otherwise():
    result = mapped(CHOICES, a="x", b="somehow")
    assert isinstance(result, Mapped)
    assert [note.code for note in result.notes] == ["choice.unknown"]
    meant = mapped(CHOICES.replace("[gone]}", "[gone]}, otherwise: ended"), a="x", b="somehow")
    assert isinstance(meant, Mapped)
    assert meant.values["status"] == "ended"


def test_a_filler_stands_for_nothing():
    mapping = "fields: {title: {column: a}, begun: {column: b, filler: [2021/01/01]}}"
    result = mapped(mapping, a="x", b="2021/01/01")
    assert isinstance(result, Mapped)
    assert (result.values.get("begun"), result.notes, result.raw) == (None, (), {"begun": "2021/01/01"})
    assert "begun" in mapped(mapping, a="x", b="2021/01/02").values


def test_the_first_rule_that_says_something_fills_the_field():
    mapping = """
    fields:
      title: {columns: [a, b], first: true}
      status:
        - {constant: ended, when: {column: c, filled: true}}
        - {column: b, choices: {running: [yes]}}
    """
    assert mapped(mapping, a="x", b="yes", c="2020").values == {"title": "x", "status": "ended"}
    assert mapped(mapping, a="", b="yes", c=" ").values == {"title": "yes", "status": "running"}


def test_conditions_know_words_and_their_absence():
    mapping = """
    fields:
      title: {column: a}
      status: {constant: ended, when: {column: b, is_one_of: [closed, "end*"], is_none_of: [ending]}}
    """
    found = [
        mapped(mapping, a="x", b=word).values.get("status") for word in ("Closed", "ended 2020", "ending", "")
    ]
    assert found == ["ended", "ended", None, None]


def test_several_columns_are_joined_and_ends_of_titles_left_off():
    mapping = """
    fields:
      title: {column: a, without: [Service Assessment]}
      place: {columns: [b, c], join: ", "}
    """
    result = mapped(mapping, a="Visas – service assessment", b="x", c="")
    assert result.values == {"title": "Visas", "place": "x"}
    assert mapped(mapping, a="Service assessment", b="x", c="y").values["title"] == "Service assessment"


def test_a_row_is_known_again_by_its_key_and_else_by_all_its_cells():
    by_key = "key: {columns: [a, b], year: y}\nfields: {title: {column: a}}"
    one = mapped(by_key, a="The  Big-Plan", b="North", y="2020")
    two = mapped(by_key, a="big plan", b="NORTH", y="2021")
    assert (one.key, one.year, two.key, two.year) == ("big plan | north", 2020, "big plan | north", 2021)
    whole = "fields: {title: {column: a}}"
    assert (
        mapped(whole, a="x", b="1").key == mapped(whole, a="x", b="1").key != mapped(whole, a="x", b="2").key
    )
    long = mapped(by_key, a="x" * 900, b="", y="")
    assert len(long.key) < 300


def test_rows_with_the_same_key_are_kept_apart_and_the_same_row_twice_is_one():
    mapper = Mapper(load_mapping("key: {columns: [a]}\nfields: {title: {column: a}}"), TARGETS, ["a", "b"])
    rows = [
        Row(2, ("x", "1")),
        Row(3, ("x", "2")),
        Row(4, ("x", "1")),
        Row(5, ("y", "1")),
        Row(6, ("x", "2")),
    ]
    results = list(map_rows(rows, mapper))
    assert [result.key for result in results] == ["x", "x #2", "x", "y", "x #2"]
    assert [note.code for note in results[1].notes] == ["key.repeated"]


def test_a_mapping_survives_being_written_and_read():
    mapping = load_mapping(
        """
        perdure_mapping: 1
        name: A list
        key: {columns: [a], year: y}
        fields:
          title: {column: a, without: [x]}
          begun: [{column: b, date: {order: month_first, century: 30}, filler: [2021-01-01]}, {column: c}]
          cost: {column: d, money: {unit: 1000000, most: 2.5, decimal: ","}}
          status: {column: e, choices: {'09': [no, 12], "": [on]}, otherwise: ''}
          tags: {constant: "08"}
        """
    )
    text = dump_mapping(mapping)
    assert load_mapping(text) == mapping
    assert dump_mapping(load_mapping(text)) == text
    assert mapping.fields["status"][0].choices == {"09": ("no", "12"), "": ("yes",)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fields: {title: {colum: a}}", "fields.title"),
        ("fields: {title: {column: a, constant: b}}", "constant"),
        ("fields: {title: {}}", "constant"),
        ("fields: {begun: {column: a, date: {order: upside_down}}}", "order"),
        ("perdure_mapping: 2", "perdure_mapping"),
        ("a: [", "YAML"),
        ("- a", "no names"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("!!python/object/apply:os.system ['true']", "YAML"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(text, says):
    with pytest.raises(MappingRefused, match=says) as caught:
        load_mapping(text)
    assert caught.value.next_step


def test_a_mapping_is_held_against_this_years_columns():
    mapping = load_mapping("key: {columns: [a]}\nfields: {title: {column: a}, cost: {column: gone}}")
    assert check_mapping(mapping, TARGETS, ["a", "new"]) == Checked({"gone": ("cost",)}, ("new",))
    assert check_mapping(mapping, TARGETS, ["a", "gone"]).fits
    Mapper(mapping, TARGETS, ["a", "new"])  # works without the column that is gone


def test_a_mapping_that_leaves_a_needed_field_empty_or_names_an_unknown_one_is_refused():
    with pytest.raises(MappingRefused, match="Nothing fills Title") as caught:
        Mapper(load_mapping("fields: {title: {column: gone}}"), TARGETS, ["a"])
    assert "gone" in caught.value.what
    with pytest.raises(MappingRefused, match="no field called titel"):
        Mapper(load_mapping("fields: {titel: {column: a}}"), TARGETS, ["a"])
    with pytest.raises(MappingRefused, match="cannot stand in Begun on"):
        Mapper(load_mapping("fields: {title: {column: a}, begun: {constant: soon}}"), TARGETS, ["a"])


def test_target_fields_are_read_from_a_file():
    found = load_targets(
        "title: {label: Title, required: true, part_of_key: true}\nwhen: {kind: date, synonyms: [day]}"
    )
    assert found[0] == TargetField("title", "Title", required=True, part_of_key=True)
    assert (found[1].label, found[1].kind, found[1].synonyms) == ("When", Kind.DATE, ("day",))
    with pytest.raises(MappingRefused, match="kindd"):
        load_targets("when: {kindd: date}")


CELLS = st.lists(st.text(max_size=12), max_size=6).map(tuple)


@given(st.lists(st.tuples(CELLS, st.booleans()), max_size=30))
def test_every_row_is_accounted_for(given_rows):
    """Whatever the cells: as many results as rows, in their order, and the account adds up."""
    mapping = load_mapping(
        "key: {columns: [a]}\nfields: {title: {column: a}, begun: {column: b}, status: {column: c}}"
    )
    mapper = Mapper(mapping, TARGETS, ["a", "b", "c"])
    rows = [
        Row(n, cells, "It is broken." if faulty else "", "lists.ragged" if faulty else "")
        for n, (cells, faulty) in enumerate(given_rows, start=2)
    ]
    account, keys = Account(), set()
    results = list(map_rows(rows, mapper))
    for result in results:
        if isinstance(result, Rejected):
            account = account.with_rejected()
        elif result.key in keys:
            account = account.with_merged()
        else:
            keys.add(result.key)
            account = account.with_added()
    assert [result.line for result in results] == [row.line for row in rows]
    assert account.read == len(rows)
    assert account.balanced
    assert account.added == len(keys)


@given(CELLS)
def test_no_text_of_a_row_is_lost(cells):
    """Every filled cell is found again: in a value or its raw text, in extra, or in the rejected row."""
    mapper = Mapper(
        load_mapping("fields: {title: {column: a}, begun: {column: b}, cost: {column: c}}"),
        TARGETS,
        list("abcdef"),
    )
    result = mapper.apply(Row(2, cells))
    for name, cell in zip("abcdef", cells, strict=False):
        if isinstance(result, Rejected):
            assert result.original[name] == cell
        elif name in "def" and cell.strip():
            assert result.extra[name] == cell
        elif name in "bc" and cell.strip():
            field = {"b": "begun", "c": "cost"}[name]
            assert field in result.values or result.raw[field] == cell


def test_counting_rows_of_one_key_takes_no_longer_when_there_are_many():
    """Twenty thousand different rows under one key; each is given its own number, and the same one again."""
    from perdure.core.lists.repeats import Repeats

    with Repeats() as repeats:
        numbers = [repeats.number("x", (str(n),)) for n in range(20_000)]
        again = [repeats.number("x", (str(n),)) for n in (0, 777, 19_999)]
    assert numbers == list(range(1, 20_001))
    assert again == [1, 778, 20_000]


LINKED = TargetField("link", "Web address", Kind.URL)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("[Home Office](https://www.gov.uk/home)", "Home Office"),
        ("[A](https://a.example) [B](https://b.example 'b')", "A B"),
        ("See [the [new] plan](<https://x.example/a_(b)>), now", "See the [new] plan, now"),
        ('<a class="o" href="https://x.example/?a=1">Home <b>Office</b></a>', "Home Office"),
        ("<A HREF=/here>Here</A >", "Here"),
        ("[](https://x.example)", "https://x.example"),
        ("a[i](x) and [sic] (https://x.example)", "a[i](x) and [sic] (https://x.example)"),
        ("href=x ](http <a href=", "href=x ](http <a href="),
    ],
)
def test_a_link_in_a_text_is_read_as_its_words_and_kept_beside(cell, words):
    result = mapped("fields: {title: {column: a}}", a=cell, spare=cell)
    assert isinstance(result, Mapped)
    assert (result.values["title"], result.extra["spare"]) == (words, cell)
    assert result.raw.get("title", words) == cell
    assert [note.code for note in result.notes] == (["text.link"] if words != cell else [])


@pytest.mark.parametrize(
    ("cell", "address", "codes"),
    [
        ("[Home Office](https://www.gov.uk/home)", "https://www.gov.uk/home", []),
        ("[Home](www.gov.uk/home)", "https://www.gov.uk/home", []),
        ('<a href="https://x.example/a">x</a>', "https://x.example/a", []),
        ("[X](https://a.example) or [Y](https://b.example)", "https://a.example", ["url.words-beside"]),
    ],
)
def test_a_link_gives_its_address_where_an_address_is_wanted(cell, address, codes):
    mapping = "{key: {columns: [a]}, fields: {title: {column: a}, link: {column: a}}}"
    result = Mapper(load_mapping(mapping), (*TARGETS, LINKED), ["a"]).apply(Row(2, (cell,)))
    assert isinstance(result, Mapped)
    assert (result.values["link"], result.key[:1]) == (address, result.values["title"][:1].casefold())
    assert [note.code for note in result.notes if note.field == "link"] == codes
    assert "example" not in result.key
    assert "gov" in result.former or "example" in result.former  # the key of releases that read no links


def test_words_of_links_are_what_choices_and_conditions_look_at():
    mapping = """
        fields:
          title: {column: a, when: {column: b, is_one_of: [Live]}}
          status: {column: b, choices: {running: [live]}}
        """
    result = mapped(mapping, a="x", b="[Live](https://x.example)")
    assert isinstance(result, Mapped)
    assert result.values == {"title": "x", "status": "running"}


def test_a_million_signs_of_broken_links_take_no_time():
    for broken in ("[](/", "[a[", "<a href=x ", "<a href=x>", "[x](/(", "![[[]]]("):
        cell = broken * (1_000_000 // len(broken))
        result = mapped("fields: {title: {column: a}}", a=cell)
        assert isinstance(result, Mapped)
        assert result.values["title"] == cell.strip()
