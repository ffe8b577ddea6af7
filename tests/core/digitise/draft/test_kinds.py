"""The kind of an answer, by the words that name its box."""

import pytest

from perdure.core.digitise.kinds import kind_of
from perdure.core.digitise.values import Kind, Widget

SAID = {
    "DATE OF BIRTH (MM/DD/YYYY)": Kind.DATE,
    "Geburtsdatum": Kind.DATE,
    "Fecha de nacimiento": Kind.DATE,
    "12. VETERAN'S SOCIAL SECURITY NUMBER": Kind.IDENTIFIER,
    "Aktenzeichen": Kind.IDENTIFIER,
    "Daytime telephone number (Include Area Code)": Kind.PHONE,
    "E-MAIL ADDRESS": Kind.EMAIL,
    "ZIP code": Kind.POSTCODE,
    "Mailing address (Number, street, city, state, ZIP code)": Kind.ADDRESS,
    "First name": Kind.NAME,
    "Vorname": Kind.NAME,
    "Name of employer": Kind.TEXT,
    "Name and address of employer": Kind.TEXT,
    "Number of dependent children": Kind.NUMBER,
    "Gross monthly income": Kind.MONEY,
    "C. SOCIAL SECURITY - Spouse": Kind.TEXT,  # an amount in a table, where a number would be refused
    "16. VA BENEFITS, SOCIAL SECURITY, OR OTHER INCOME - Self": Kind.MONEY,
    "E. TOTAL DEDUCTIONS (Items 14A through 14D)": Kind.MONEY,
    "Unpaid balance": Kind.MONEY,
    "Social security of spouse": Kind.IDENTIFIER,
    "Source of income": Kind.TEXT,
    "Do you have income from a job?": Kind.TEXT,
    "Signature of applicant": Kind.SIGNATURE,
    "Date of signature": Kind.DATE,
    "Printed name of signature": Kind.NAME,
    "Percent of ownership": Kind.PERCENT,
    "Country": Kind.COUNTRY,
    "Branch of service": Kind.TEXT,
    "": Kind.TEXT,
}


@pytest.mark.parametrize(("label", "kind"), SAID.items())
def test_the_words_tell_the_kind(label, kind):
    assert kind_of(label) is kind


def test_a_format_beside_the_box_is_stronger_than_the_words():
    assert kind_of("Value", format="$") is Kind.MONEY
    assert kind_of("From", format="MM/DD/YYYY") is Kind.DATE
    assert kind_of("Share", format="%") is Kind.PERCENT


def test_a_tick_is_a_tick_whatever_stands_beside_it():
    assert kind_of("Date of birth unknown", widget=Widget.TICK) is Kind.TICK


def test_room_to_write_makes_a_text_long_but_never_a_date():
    assert kind_of("Other", height=60) is Kind.LONG_TEXT
    assert kind_of("Other", height=14, multiline=True) is Kind.TEXT
    assert kind_of("Date of birth", height=60) is Kind.DATE
    assert kind_of("Explain why", height=15) is Kind.TEXT
