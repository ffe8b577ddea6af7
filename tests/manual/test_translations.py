"""The product says every word in each of its languages, and a German reader meets German pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from scripts.translate import brought_up_to_date, catalogues, compiled, said, untranslated
from tests.parts.catalogue.staff import signed_in
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import children, publish, routes, together

from perdure.core.definition.api import MESSAGES

PLACE = re.compile(r"%\(\w+\)[sd]|%s|%%|{\w*}|</?[a-z][^>]*>")
"""What must be in a translation just as in the original: places for values, and HTML."""


@pytest.fixture(autouse=True)
def _the_next_test_reads_english() -> Iterator[None]:
    yield
    translation.deactivate()


def entries() -> list[tuple[str, Message]]:
    """(language, entry) of every .po."""
    return [
        (po.parents[1].name, entry)
        for po in catalogues()
        for entry in read_po(po.open("rb"), locale=po.parents[1].name)
        if entry.id
    ]


def texts(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def places(text: str) -> list[str]:
    return sorted(PLACE.findall(text))


def test_german_is_there():
    assert "de" in {po.parents[1].name for po in catalogues()}


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: po.parents[1].name)
def test_every_word_that_the_product_says_is_in_the_catalogue_and_no_other(po):
    assert po.read_text() == brought_up_to_date(po), "run .venv/bin/python -m scripts.translate"


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: po.parents[1].name)
def test_every_entry_is_translated(po):
    assert [entry.id for entry in untranslated(po)] == []


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: po.parents[1].name)
def test_the_compiled_catalogue_is_fresh(po):
    assert po.with_suffix(".mo").read_bytes() == compiled(po), "run .venv/bin/python -m scripts.translate"


def test_what_is_put_into_a_sentence_is_put_into_its_translation():
    differ = [
        (language, form)
        for language, entry in entries()
        for at, form in enumerate(texts(entry.string))
        if places(form) != places(texts(entry.id)[min(at, len(texts(entry.id)) - 1)])
    ]
    assert differ == []


def test_a_translation_begins_and_ends_with_the_same_spaces_as_the_original():
    def edges(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    differ = [one.id for _l, one in entries() if edges(texts(one.string)[0]) != edges(texts(one.id)[0])]
    assert differ == []


def test_every_refusal_of_an_input_can_be_translated():
    assert set(MESSAGES.values()) <= {one.id for one in said() if one.id}


def test_a_sentence_that_is_marked_in_a_template_or_in_python_is_found(tmp_path, monkeypatch):
    from scripts import translate

    (tmp_path / "page.html").write_text(
        '{% load i18n %}\n  {% translate "Go on" %} 5 % {% blocktranslate count n=n %}{{ n }} day'
        "{% plural %}{{ n }} days{% endblocktranslate %} {% translate 'Post' context 'mail' %} Not this"
    )
    (tmp_path / "page.py").write_text('_("Saved.")\n_(words)\nngettext("an hour", "hours", n)\n"Not this"\n')
    monkeypatch.setattr(translate, "SOURCES", tmp_path)
    found = [(one.id, one.context) for one in translate.said() if one.id and one.id not in MESSAGES.values()]
    assert found == [
        ("Go on", None),
        (("%(n)s day", "%(n)s days"), None),
        ("Post", "mail"),
        ("Saved.", None),
        (("an hour", "hours"), None),
    ]


# Pages as a German reader gets them

GERMAN_READER = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address, headers=GERMAN_READER)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/", "Einen Antrag stellen"),
        ("/services/return/", "Kehren Sie zu Ihrem Antrag zurück"),
        ("/status/", "Ihren Antrag ansehen"),
        ("/accounts/login/", "Anmelden"),
        ("/accessibility/", "Barrierefreiheit"),
        ("/privacy/", "Datenschutz"),
    ],
)
def test_a_page_of_the_house_is_german_for_a_german_reader(db, address, heading):
    soup = page(Client(), address)
    assert soup.html["lang"] == "de"
    assert soup.h1.get_text(strip=True) == heading
    assert soup.select_one("a.skip").get_text(strip=True).startswith("Direkt zu")


def test_a_page_that_is_not_there_says_so_in_german(db):
    soup = page(Client(), "/nowhere/", 404)
    assert soup.html["lang"] == "de"
    assert soup.h1.get_text(strip=True) == "Unter dieser Adresse gibt es keine Seite"


def test_a_reader_of_a_language_we_do_not_speak_gets_english(db):
    answer = Client().get("/", headers={"Accept-Language": "fr"})
    assert BeautifulSoup(answer.content, "html.parser").h1.get_text(strip=True) == "Apply for a service"


def german(text: str) -> str:
    """The slug of a running service that was written in German."""
    return publish(text.replace("currency: GBP", "currency: EUR\nlanguage: de"))


def test_an_application_is_german_from_its_start_to_its_receipt(db):
    someone = Applicant(german(routes("gartenhilfe")))
    assert someone.get().main.find("button").get_text() == "Jetzt beginnen"
    first = someone.start()
    assert first.soup.html["lang"] == "de"
    assert first.caption == "About you, Frage 1 von 4"
    someone.post("name", {"name-given": "Ada", "name-family": "Byron"})
    someone.post("lives-with", {"lives_with": "alone"})
    someone.post("savings", {"savings": "1.234,50"})
    check = someone.post("phone", {"phone": "030 901820"})
    assert check.heading == "Prüfen Sie Ihre Antworten, bevor Sie sie senden"
    sent = someone.post("check")
    assert sent.heading == "Antrag gesendet"
    assert "Wie es weitergeht" in sent.words
    assert re.search(r"Wir entscheiden bis zum \d{1,2}\. [A-Z]\w+ \d{4} und schreiben Ihnen\.", sent.words)


def test_a_german_reader_hears_in_german_what_is_wrong(db):
    someone = Applicant(german(routes("gartenhilfe")))
    someone.start()
    empty = someone.post("name", {})
    assert empty.title.startswith("Fehler:")
    assert empty.main.h2.get_text() == "Etwas stimmt noch nicht"
    assert "Geben Sie einen Namen ein" in empty.errors
    someone.post("name", {"name-given": "Ada", "name-family": "Byron"})
    someone.post("lives-with", {"lives_with": "alone"})
    odd = someone.post("savings", {"savings": "viel"})
    assert odd.errors == ["Geben Sie den Betrag in Ziffern ein, zum Beispiel 1.234,50"]


def test_who_chose_german_reads_an_english_service_with_german_buttons(db):
    someone = Applicant(publish(children()))
    someone.client.post("/i18n/setlang/", {"language": "de", "next": "/"})
    first = someone.start()
    assert first.soup.html["lang"] == "de"
    assert any(button.get_text() == "Speichern und weiter" for button in first.main.find_all("button"))


def test_several_questions_on_one_page_are_german_too(db):
    someone = Applicant(german(together("arbeitshilfe")))
    buttons = [button.get_text() for button in someone.start().main.find_all("button")]
    assert buttons == ["Speichern und weiter", "Speichern und später weitermachen"]


@pytest.mark.parametrize(("address", "heading"), [("/studio/", "Werkstatt"), ("/desk/", "Fälle")])
def test_staff_work_in_german_too(db, address, heading):
    soup = page(signed_in(), address)
    assert soup.html["lang"] == "de"
    assert soup.h1.get_text(strip=True) == heading


@pytest.mark.parametrize(("language", "written"), [("en", "4 March 2027"), ("de", "4. März 2027")])
def test_a_date_is_written_as_the_language_writes_it(language, written):
    with translation.override(language):
        assert date_format(date(2027, 3, 4), "DATE_FORMAT") == written
