"""Reading a definition file: every error names its line and says what to write instead."""

from __future__ import annotations

import time
from datetime import date

import pytest
from tests.core.definition.conftest import HEAD

from perdure.core.definition.api import (
    DefinitionError,
    content_hash,
    dump_definition,
    lint,
    lint_text,
    load_definition,
)


def problems_in(text):
    with pytest.raises(DefinitionError) as caught:
        load_definition(text)
    return caught.value.problems


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


MENDS = [
    # in the file, written wrongly, says, write instead
    ("summary: |", "sumary: |", "sumary is not a key", "Write summary."),
    ("type: yes_no", "type: yesno", "“yesno” is not a type", "Write yes_no."),
    (
        "id: partner-income",
        "id: Partner Income",
        "cannot stand in a web address",
        "Write id: partner-income.",
    ),
    ("- id: has_savings", "- id: has-savings", "cannot be used as a name", "Write id: has_savings."),
    ("- id: has_savings", "- id: born", "born names two questions, groups or values", "born_2"),
    ("- id: savings\n  sec", "- id: income\n  sec", "income names two pages", "income_2"),
    ("id: has_savings", "id: today", "a word of the condition language", ""),
    ("review_by: 2027-09-30", "review_by: next year", "a day is written like 2027-03-04", ""),
    ("decide_within_days: 56", "decide_within_days: soon", "must be a whole number", "like 28"),
    ("at_most: 8", "at_most: 0", "out of range", "at least 1"),
    ("at_most: 8", "at_most: 8\n    at_least: 9", "at_least 9 is more than at_most 8", "at most 8"),
    ("months: 72", "months: -1", "out of range", "at least 0"),
    ("screen: 4.10", "screen: cheap", "must be a number", "12.50"),
    ("value: partner,", "value: alone,", "alone names two options", "alone_2"),
    (
        "asked_when: lives_with = partner",
        "asked_when: lives_with = partnr",
        "not an option",
        "Write partner.",
    ),
    ("asked_when: lives_with = partner", "asked_when: income > 5", "income is asked later", "earlier page"),
    ("asked_when: has_savings", "asked_when: savings > 5", "savings is asked later", "earlier page"),
    ("asked_when: child_allowance > 0", "asked_when: child_needs = yes", "asked later", ""),
    ("value: sum(income, partner_income)", "value: sum(incme)", "incme is not a question", "Write income."),
    ("refuse_when: age < 18", "refuse_when: age", "age is a number, so it does not hold", "Compare it"),
    ("pattern: '[0-9]{8}'", "pattern: '[0-9'", "The pattern cannot be used", "regular expression"),
    ("pattern: '[0-9]{8}'", "pattern: '([0-9]+)+'", "can take very long", "each repeat once"),
    ("pattern: '[0-9]{8}'", "pattern: '(a|a)*b'", "can take very long", "each repeat once"),
    ("min: 0\n    max: 120", "min: 9\n    max: 5", "min 9 is more than max 5", "smaller one as min"),
    ("max: 120", "max: many", "many cannot limit a whole_number", "like 1000"),
    ("min: 1900-01-01", "min: 1900", "1900 cannot limit a date", "2027-03-04, or today"),
    ("max_length: 500", "max: 500", "cannot limit a long_text", "max_length"),
    ("currency: GBP", "currency: pounds", "not a currency code", "GBP or EUR"),
    ("parts: [line1, line2, town, postcode]", "parts: [line1, twon]", "twon is not a part", "Write town."),
    ("answer: born.day", "answer: born.hour", "born has no part hour", "day, month or year"),
    ("answer: lives_with", "answer: lives_in", "lives_in is not a question", "Write lives_with."),
    ("answer: household_income", "answer: child_name", "asked once for each of children", "children[1]"),
    ("'children[1].child_name.given'", "'children[0].child_name'", "count from 1", "children[1].child_name"),
    ("when: partner}", "when: parner}", "parner is not an option", "Write partner."),
    ("id: p1-2, page: 1", "id: p1-1, page: 1", "p1-1 names two boxes", "p1-1-2"),
    ("id: p1-2, page: 1", "id: p1-2, page: 9", "the paper has 1", "from 1 to 1"),
    ("at: [72.0, 100.0, 280.0, 118.0]", "at: [72.0, 100.0]", "a box is four numbers", ""),
    ("because: office_use", "because: office", "not a because that is known", "office_use"),
    ("letter: granted", "letter: grant", "There is no letter grant", "Write granted."),
    ("Dear {applicant},", "Dear {aplicant},", "Nothing fills in {aplicant}", "Write {applicant}."),
    ("effect: approved", "effect: good", "not a effect that is known", "approved"),
    ("perdure: 1", "perdure: 2", "version of the format is not known", "perdure: 1"),
    ("language: en", "language: english", "not a language code", "en or de"),
    ("title: Home adaptation grant", 'title: ""', "title is empty", "a few words"),
    ("title: How much?", "title: How much: all of it?", "not YAML", "in quotes"),
    ("owner: Housing", "title: Housing", "title is written twice; first on line 3", "Keep one"),
    ("contact:\n", "contact: none\nx:\n", "must be a group of keys", "key: value"),
]


@pytest.mark.parametrize(("right", "wrong", "says", "write_instead"), MENDS)
def test_an_error_says_what_to_write_instead_and_where(grant_text, right, wrong, says, write_instead):
    before, found, _ = grant_text.partition(right)
    assert found
    problems = problems_in(grant_text.replace(right, wrong, 1))
    first = before.count("\n") + 1
    lines = range(first, first + wrong.count("\n") + 1)
    if "Dear" in right:  # within a block of text, its key is named
        lines = range(first - 1, first)
    there = [problem for problem in problems if problem.line in lines]
    told = [each for each in there if says in each.says and write_instead in each.write_instead]
    assert told, [str(problem) for problem in problems]


def test_an_error_in_a_condition_points_at_the_word(grant_text):
    text = grant_text.replace("household_income > 60000 and", "household_incom > 60000 and")
    (problem,) = problems_in(text)
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("household_incom >")


def test_every_error_is_found_at_once_in_the_order_of_the_file(grant_text):
    text = grant_text.replace("type: name", "type: nam").replace("months: 72", "months: x")
    lines = [problem.line for problem in problems_in(text)]
    assert len(lines) >= 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it has no keys"),
        ("- 1\n- 2", "it has no keys"),
        ("a: &x [1]\nb: *x", "Anchors"),
        ("a: !!python/object:os.system x", "The tag"),
        ("a: 1\n---\nb: 2", "second document"),
        ("[" * 100_000, "nested too deeply"),
        ("{a: " * 100_000, "nested too deeply"),
        ("- " * 100_000, "nested too deeply"),
        ("? " * 100_000, ""),
        ("a:\n\t- b", "not YAML"),
        ("a: 'open", "not YAML"),
        ("\x00", "characters that a definition cannot hold"),
        ("a: \ud800", "characters that a definition cannot hold"),
        ("a: " + "x" * 5_000_000, "longer than"),
        ("a:\n" + "- 1\n" * 400_000, "too large"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_soon(text, says):
    started = time.process_time()
    problems = problems_in(text)
    assert says in problems[0].says
    assert time.process_time() - started < 5


def test_an_alias_cannot_make_a_file_grow():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "Anchors" in problems_in(bomb)[0].says


def test_scalars_stay_what_was_written():
    text = HEAD + (
        "pages:\n- id: p\n  questions:\n  - id: answer\n    type: choice\n    title: 0123\n"
        "    options: [{value: yes, title: on}, {value: 1, title: 1.50}, {value: 18_to_24, title: 'null'}]\n"
    )
    question = load_definition(text).pages[0].questions[0]
    assert question.title == "0123"
    assert [(option.value, option.title) for option in question.options] == [
        ("yes", "on"),
        ("1", "1.50"),
        ("18_to_24", "null"),
    ]


def test_a_definition_is_written_as_it_is_read(grant, grant_text):
    assert dump_definition(grant) == grant_text
    assert load_definition(dump_definition(grant)) == grant


def test_boxes_and_short_options_are_written_on_one_line(grant):
    lines = dump_definition(grant).splitlines()
    assert sum(line.strip().startswith("- {id: p1-") for line in lines) == len(grant.paper.boxes)
    assert "    - {value: partner, title: My partner}" in lines


def test_the_hash_tells_contents_apart_and_nothing_else(grant, grant_text):
    shuffled = load_definition(
        grant_text.replace("language: en\n", "").replace("GBP", '"GBP"') + "\n# a comment\n"
    )
    assert content_hash(shuffled) == content_hash(grant)
    other = load_definition(grant_text.replace("title: A ramp", "title: One ramp"))
    assert content_hash(other) != content_hash(grant)
    assert len(content_hash(grant)) == 64


# Warnings


def warnings_in(text, today=None):
    return [problem for problem in lint_text(text, today=today) if problem.severity == "warning"]


def test_a_good_definition_has_only_the_warnings_it_deserves(grant_text):
    says = [problem.says for problem in warnings_in(grant_text, date(2027, 3, 4))]
    assert says == [
        "The page savings asks several questions and has no title.",
        "The page declaration asks several questions and has no title.",
    ]


def test_a_review_date_that_has_passed_is_a_warning_with_its_line(grant_text):
    (late,) = [problem for problem in warnings_in(grant_text, date(2028, 1, 1)) if "review" in problem.says]
    assert late.line == line_of(grant_text, "review_by")


CONTACT = """\
  phone: 01632 960123
  email: adaptations@north.example
  post: Civic Centre, 1 High Street, Northbridge
"""


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (CONTACT, "", "Nobody can be asked for help"),
        (
            "title: Which home needs the change?",
            "title: What is your name?",
            "has the same title as applicant",
        ),
        ("title: Rails or handles", "title: A ramp", "Two options are called"),
        ("section: Your household\n  questions", "questions", "has no section"),
        ("currency: GBP\n", "", "without a currency"),
        ("at: [72.0, 100.0, 280.0, 118.0]", "at: [72.0, 100.0, 980.0, 118.0]", "over the edge"),
        ("asked_when: helps includes other", "asked_when: income > 5 and income < 3", "No answers lead to"),
        ("  because: Housing Grants Act, section 51\n", "", "Nothing says why applications are kept"),
    ],
)
def test_a_warning_says_what_to_look_at(grant_text, right, wrong, says):
    assert right in grant_text
    text = grant_text.replace(right, wrong, 1)
    assert any(says in problem.says for problem in warnings_in(text)), [str(p) for p in lint_text(text)]


def test_lint_of_a_definition_in_memory_names_paths(grant):
    page = grant.pages[0].model_copy(update={"asked_when": "incom > 5"})
    broken = grant.model_copy(update={"pages": (page, *grant.pages[1:])})
    (error,) = [problem for problem in lint(broken) if problem.severity == "error"]
    assert error.path == "pages[0].asked_when"
    assert error.line == 0


def test_lint_never_raises(grant_text):
    assert lint_text("[")[0].severity == "error"
    assert lint_text(grant_text.replace("type: name", "type: nam"))[0].severity == "error"
