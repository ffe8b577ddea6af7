"""Countries and checks are told in the reader's language, and found by their names in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from perdure.core.foresee.api import ForeseeError, all_instruments, read_instrument
from perdure.parts.register import checking, labels, search
from perdure.parts.register.countries import COUNTRIES
from perdure.parts.register.country_names import code_of, sorted_names
from perdure.parts.register.values_find import CaseFilters

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de"}


def test_every_country_of_the_map_has_a_name_in_german():
    with override("de"):
        names = dict(sorted_names())
    assert names["DE"] == "Deutschland"
    assert names["CI"].startswith("Côte")
    assert names["EU"] == "Europäische Union"
    assert [code for code in COUNTRIES if names[code] == code] == []
    with override("en"):
        assert labels.country_name("DE") == "Germany"
        assert labels.country_name("ZZ") == "ZZ"


def test_names_are_sorted_as_the_reader_reads_them():
    with override("de"):
        names = [name for _code, name in sorted_names()]
    assert names.index("Ägypten") < names.index("Albanien") < names.index("Österreich") < names.index("Polen")


@pytest.mark.django_db
def test_a_case_is_found_by_its_country_in_both_languages_and_shown_in_the_readers(case_of):
    case = case_of("Bus", country="DE", organisation="Stadt")
    assert [search.find(CaseFilters(text=word)).total for word in ("germany", "deutschl", "france")] == [
        1,
        1,
        0,
    ]
    page = Client().get("/register/", **GERMAN).content.decode()
    assert "Deutschland" in page
    assert "Germany" not in page
    assert "Deutschland" in Client().get(f"/register/cases/{case.reference}/", **GERMAN).content.decode()
    assert "Deutschland: 1" in Client().get("/register/map/", **GERMAN).content.decode()


def test_what_somebody_writes_for_a_country_is_known_in_any_language_of_the_site():
    assert [code_of(word) for word in ("de", " Deutschland", "GERMANY", "côte d’ivoire", "Atlantis", "")] == [
        "DE",
        "DE",
        "DE",
        "CI",
        "",
        "",
    ]


def test_our_twelve_questions_are_asked_in_german_and_scored_alike():
    own = all_instruments()[0]
    german = own.said_in("de-at")
    assert german.title == "Hält es? Zwölf Fragen"
    assert [one.text for one in german.scale] == [
        "Gar nicht",
        "Ein wenig",
        "Teilweise",
        "Überwiegend",
        "Ganz",
    ]
    for before, after in zip(own.domains, german.domains, strict=True):
        assert (before.key, before.title) != (after.key, after.title)
        for item, said in zip(before.items, after.items, strict=True):
            assert item.key == said.key
            assert not {item.text, item.hint, item.advice} & {said.text, said.hint, said.advice}
    assert own.said_in("fr") is own


@pytest.mark.django_db
def test_the_page_of_a_check_is_in_the_readers_language(case_of):
    with override("de"):
        assert checking.instruments()["staying-power"].domains[0].title == "Führung"
    with override("en"):
        assert checking.instruments()["staying-power"].domains[0].title == "Leadership"


def test_a_file_with_words_for_what_is_not_there_is_refused_with_the_place():
    file = """
key: own
title: Own
higher_is: stronger
citation: Ours
licence: Ours
complete: true
scale: [{value: 1, text: "No"}, {value: 2, text: "Yes"}]
domains: [{key: a, title: A, items: [{key: a, text: "Is it so?"}]}]
languages: {de: {title: Eigenes, scale: {1: Nein}, domains: {"%s": {title: Erstes}}}}
"""
    read = read_instrument(file % "a").said_in("de")
    assert (read.title, read.scale[0].text, read.scale[1].text) == ("Eigenes", "Nein", "Yes")
    assert (read.domains[0].title, read.domains[0].items[0].text) == ("Erstes", "Is it so?")
    with pytest.raises(ForeseeError, match="b, which is not there"):
        read_instrument(file % "b")
