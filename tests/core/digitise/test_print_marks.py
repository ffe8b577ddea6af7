"""Formats, units, stars, lengths and "other, please specify", as forms of four languages print them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.digitise import papers
from tests.core.digitise.papers import box, comb, rule, text

from perdure.core.definition.model import Page, Question
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.api import Field, Kind, PaperForm, read_form
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.print_marks import length_said

ENGLISH = "Application for a garden plot"


def line(top: float, words: str, *, before: str = "", after: str = "") -> str:
    """Words, a line to write on, and what is printed right before and behind it."""
    drawn = text(60, top, words) + rule(220, 330, top + 2)
    drawn += text(211, top, before) if before else ""
    return drawn + (text(333, top, after) if after else "")


def read(*parts: str, title: str = ENGLISH) -> PaperForm:
    return read_form(papers.page_pdf(text(60, 50, title, 18) + "".join(parts)))


def only(*parts: str) -> Field:
    (field,) = read(*parts).fields
    return field


def drafted(form: PaperForm) -> tuple[list[Question], list[Page]]:
    draft = draft_service(form, owner="Gardens", review_by=date(2030, 1, 31), file="plot.pdf")
    return draft.definition.questions(), list(draft.definition.pages)


@pytest.mark.parametrize(
    ("words", "beside", "format", "kind"),
    [
        ("Rent each month", {"before": "$"}, "$", Kind.MONEY),
        ("Miete im Monat", {"after": "EUR"}, "€", Kind.MONEY),
        ("Asking price in £", {}, "£", Kind.MONEY),
        ("Share of the costs", {"after": "%"}, "%", Kind.PERCENT),
        ("Start (MM/DD/YYYY)", {}, "MM/DD/YYYY", Kind.DATE),
        ("Beginn", {"after": "(TT.MM.JJJJ)"}, "TT.MM.JJJJ", Kind.DATE),
        ("Moved in", {"after": "DD MM YYYY"}, "DD MM YYYY", Kind.DATE),
        ("Size of the plot", {"after": "m²"}, "m²", Kind.NUMBER),
        ("Time you have", {"after": "hours a week"}, "hours", Kind.NUMBER),
        ("Weight (kg)", {}, "kg", Kind.NUMBER),
        ("On the first", {"after": "day of May"}, "", Kind.TEXT),
    ],
)
def test_the_print_beside_a_box_tells_its_format_and_kind(words, beside, format, kind):
    field = only(line(110, words, **beside))
    assert (field.format, field.kind) == (format, kind)


def test_a_unit_on_the_paper_is_the_unit_of_the_question():
    questions, _ = drafted(read(line(110, "Distance to the site", after="km")))
    assert [(each.type, each.unit) for each in questions] == [(Q.NUMBER, "km")]


@pytest.mark.parametrize("words", ["Full name *", "*Full name", "Full name (required)", "Name (Pflichtfeld)"])
def test_a_star_or_the_word_says_that_an_answer_is_required(words):
    form = read(line(110, words), line(140, "Town"))
    assert [field.required for field in form.fields] == [True, False]
    assert [each.required for each in drafted(form)[0]] == [True, False]


def test_a_star_that_a_footnote_explains_says_nothing_about_required():
    form = read(line(110, "Costs *"), text(60, 300, "* without tax and delivery"))
    (field,) = form.fields
    assert (field.label, field.required) == ("Costs", False)
    assert not drafted(form)[0][0].required


def test_a_legend_says_what_the_star_means_even_where_there_are_footnotes():
    form = read(
        text(60, 80, "Fields with * must be filled in."),
        line(110, "Costs *"),
        text(60, 300, "* see also the notes on page 2"),
    )
    assert form.fields[0].required


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("Code (max. 6 characters)", 6),
        ("Name, at most 20 letters", 20),
        ("Describe it (1500 characters maximum)", 1500),
        ("Kurzname (höchstens 12 Zeichen)", 12),
        ("Nom (30 caractères au plus)", 30),
        ("Clave (máximo 8 caracteres)", 8),
        ("Up to 3 people", None),
        ("In no more than 50 words", None),
    ],
)
def test_the_longest_answer_is_what_the_words_allow(words, most):
    assert length_said(words) == most


def test_a_comb_takes_as_many_characters_as_it_has_cells():
    field = only(text(60, 110, "Account number") + comb(220, 98, 10))
    assert (field.cells, field.max_length) == (10, 10)
    assert only(line(110, "Code (max. 6 characters)")).max_length == 6


@pytest.mark.parametrize(
    ("title", "question", "options"),
    [
        (
            ENGLISH,
            "Which tools do you own? Tick all that apply.",
            ("Spade", "Rake", "Other, please specify:"),
        ),
        ("Antrag auf einen Garten", "Womit heizen Sie?", ("Gas", "Holz", "Sonstiges, und zwar:")),
        ("Demande de jardin", "Quels outils avez-vous ?", ("Pelle", "Binette", "Autre, précisez :")),
        ("Solicitud de huerto", "¿Qué herramientas tiene?", ("Pala", "Azada", "Otro, especifique:")),
    ],
)
def test_the_line_beside_other_is_asked_only_for_other(title, question, options):
    page = text(60, 110, question)
    for at, words in enumerate(options):
        page += box(60, 120 + 20 * at, 70, 130 + 20 * at) + text(76, 129 + 20 * at, words)
    questions, pages = drafted(read(page, rule(190, 400, 171), title=title))
    choice, other = questions
    assert len(choice.options) == 3
    assert other.type is Q.TEXT
    (asked,) = [each.asked_when for each in pages if other in each.questions]
    assert asked.startswith(choice.id)
    assert choice.options[2].value in asked


FORMS = {
    "de": (
        "Antrag auf einen Garten",
        "Bitte geben Sie an, wo Sie wohnen und ob Sie einen Garten haben oder nicht, wenn es den gibt.",
        {"Familienname": Kind.NAME, "Geburtsdatum (TT.MM.JJJJ)": Kind.DATE, "Postleitzahl": Kind.POSTCODE},
    ),
    "fr": (
        "Demande de jardin",
        "Vous pouvez demander une place si vous habitez dans la commune et que vous avez un enfant.",
        {"Nom de famille": Kind.NAME, "Date de naissance": Kind.DATE, "Code postal": Kind.POSTCODE},
    ),
    "es": (
        "Solicitud de huerto",
        "Puede pedir un huerto en la ciudad si vive con su familia y no es de una asociación.",
        {"Apellidos": Kind.NAME, "Fecha de nacimiento": Kind.DATE, "Código postal": Kind.POSTCODE},
    ),
}


@pytest.mark.parametrize("language", FORMS)
def test_a_form_in_another_language_is_read_in_that_language(language):
    title, sentence, kinds = FORMS[language]
    rows = [line(140 + 30 * at, words) for at, words in enumerate(kinds)]
    form = read(text(60, 90, sentence), *rows, title=title)
    assert form.language == language
    assert {field.label: field.kind for field in form.fields} == kinds


def test_a_form_in_two_languages_has_both_in_its_labels():
    form = read(
        text(60, 80, "Write in ink and do not use this form if you have a plot."),
        text(60, 95, "Bitte mit Tinte und nicht mit Bleistift, wenn Sie noch einen Garten haben."),
        line(130, "Surname / Familienname"),
        line(160, "Date of birth / Geburtsdatum"),
    )
    assert [(field.label, field.kind) for field in form.fields] == [
        ("Surname / Familienname", Kind.NAME),
        ("Date of birth / Geburtsdatum", Kind.DATE),
    ]
