"""Which paper is taken for a new edition of which form."""

from __future__ import annotations

import pytest

from perdure.core.definition.api import load_definition
from perdure.core.digitise.edition_likeness import same_name
from perdure.examples import GRANT_DEFINITION

GRANT = load_definition(GRANT_DEFINITION.read_text("utf-8"))


def named(title: str):
    return GRANT.model_copy(update={"title": title, "paper": None})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dog licence", "Dog Licence (Rev. 2027)"),
        ("Form 21P-527EZ", "21P-527EZ, Application for pension"),
        ("Antrag auf Wohngeld, Stand 01/2026", "Antrag auf Wohngeld, Stand 03/2027"),
    ],
)
def test_years_and_dates_do_not_make_another_form(one, two):
    assert same_name(named(one), named(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dog licence", "Cat licence"),
        ("Form W-9", "Form W-4"),
        ("Application 2026", "Request 2026"),
    ],
)
def test_another_name_is_another_form(one, two):
    assert not same_name(named(one), named(two))
