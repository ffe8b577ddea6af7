"""The product's own words follow the reader, the questions stay in the language they were written in."""

from __future__ import annotations

from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import publish, routes

GERMAN = routes("gartenhilfe").replace("currency: GBP", "currency: EUR\nlanguage: de")


def test_a_german_service_is_german_as_a_whole_unless_the_reader_chose(db):
    someone = Applicant(publish(GERMAN))
    page = someone.start()
    assert page.soup.html["lang"] == "de"
    assert page.main.h1.get("lang") is None
    assert someone.row.language == "de"


def test_who_chose_english_reads_our_words_in_english_and_the_questions_are_marked_german(db):
    someone = Applicant(publish(GERMAN))
    someone.client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    page = someone.start()
    assert page.soup.html["lang"] == "en"
    assert page.main.find("button").get_text() == "Save and continue"
    question = page.main.h1.find_parent(lang=True)
    assert (page.main.h1.get("lang") or question["lang"]) == "de"
    assert someone.row.language == "en"


def test_every_page_offers_the_other_language_and_comes_back_to_itself(ada):
    page = ada.start()
    form = page.soup.header.form
    assert form.button["value"] == "de"
    assert form.find("input", attrs={"name": "next"})["value"] == "/services/garden-grant/name/"
