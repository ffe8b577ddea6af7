"""The example forms are drawn by our own script, and the finished definition fits its paper."""

import hashlib
import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from scripts import draw_examples

from perdure import examples
from perdure.core.definition.api import compile_service, lint, load_definition
from perdure.core.paper.acroform import spots
from perdure.core.paper.filling import fill
from perdure.core.paper.reading import read

DAY = date(2027, 3, 4)
APPLICATION = {
    "name": {"given": "Zoë", "family": "Łukaszewicz"},
    "born": "1957-03-27",
    "ni_number": "QQ 12 34 56 C",
    "phone": "01632 960 123",
    "email": "zoe@example.org",
    "home": {"line1": "12 Long Walk", "line2": "Hill Top", "town": "Merebridge", "postcode": "ME1 2AB"},
    "tenure": "private",
    "landlord": "Harbour Homes",
    "landlord_agrees": "agrees",
    "lives_with": "partner",
    "household": [
        {
            "member_name": {"given": "Oleh", "family": "Łukaszewicz"},
            "member_born": "1955-01-09",
            "relationship": "husband",
        }
    ],
    "changes": ["stairlift", "other"],
    "other_change": "A lower sink in the kitchen",
    "difficulty": "I cannot get up the stairs without somebody to hold me.",
    "visited": True,
    "visit_date": "2026-09-14",
    "price": "12345.50",
    "benefits": ["none"],
    "savings": "2000",
    "income": "210.55",
    "partner_income": "180",
    "agreed": True,
    "signature": "Zoë Łukaszewicz",
}


@pytest.fixture(scope="module")
def grant():
    return load_definition(examples.GRANT_DEFINITION.read_text())


@pytest.mark.parametrize("name", draw_examples.FORMS)
def test_drawing_a_form_again_gives_the_same_bytes(name):
    shipped = (examples.FOLDER / f"{name}.pdf").read_bytes()
    assert draw_examples.FORMS[name]() == shipped
    assert len(shipped) < 300_000


def test_the_three_forms_are_fillable_flat_and_scanned():
    def kind(path):
        with pikepdf.open(path) as pdf:
            words = pypdfium2.PdfDocument(path)[0].get_textpage().count_chars()
            return "/AcroForm" in pdf.Root, words > 100

    assert kind(examples.GRANT_PDF) == (True, True)
    assert kind(examples.PERMIT_PDF) == (False, True)
    assert kind(examples.WAITING_LIST_PDF) == (False, False)


def test_nothing_in_the_definition_needs_mending(grant):
    assert list(lint(grant)) == []


def test_the_definition_belongs_to_the_form_beside_it(grant):
    content = examples.GRANT_PDF.read_bytes()
    assert grant.paper.file == examples.GRANT_PDF.name
    assert grant.paper.sha256 == hashlib.sha256(content).hexdigest()
    with pypdfium2.PdfDocument(content) as pdf:
        sizes = [(round(page.width, 1), round(page.height, 1)) for page in grant.paper.pages]
        assert sizes == [tuple(round(side, 1) for side in page.get_size()) for page in pdf]


def test_every_field_of_the_form_is_in_the_definition_at_its_place(grant):
    told = [(box.field, box.page, box.at) for box in (*grant.paper.boxes, *grant.paper.left_out)]
    with pikepdf.open(examples.GRANT_PDF) as pdf:
        fields = spots(pdf)
    assert len(fields) == len(told)
    for field in fields:
        near = [at for name, page, at in told if (name, page) == (field.name, field.page)]
        assert any(at.iou(field.at) > 0.95 for at in near), field.name


def test_every_question_has_a_box_and_every_option_of_it_a_square(grant):
    boxes = grant.paper.boxes
    for question in grant.questions():
        own = [box for box in boxes if question.id in box.answer.replace(".", " ").replace("]", " ").split()]
        assert own, question.id
        if question.options:
            assert {option.value for option in question.options} == {box.when for box in own}, question.id


def test_an_application_takes_every_page_that_its_answers_ask_for(grant):
    path = compile_service(grant).path(APPLICATION, today=DAY)
    assert path.complete
    assert list(path.irrelevant) == []
    assert list(path.reasons) == []
    assert len(path.steps) == len(grant.pages)


def test_a_whole_application_fits_on_the_paper_and_is_read_back(grant):
    derived = compile_service(grant).path(APPLICATION, today=DAY).derived
    made, left = fill(
        examples.GRANT_PDF.read_bytes(), grant, APPLICATION, reference="HA-1", today=DAY, derived=derived
    )
    assert left == []
    seen = {box.field: value for box, value in _by_box(grant, made) if value is not False}
    assert seen["about_you.last_name"] == "Łukaszewicz"
    assert seen["about_you.ni_number"] == "QQ123456C"
    assert seen["household.name_1"] == "Oleh Łukaszewicz"
    assert seen["household.born_1"] == "09/01/1955"
    assert seen["changes.price"] == "12345.50"
    assert seen["declaration.signature"] == "Zoë Łukaszewicz"
    assert seen["declaration.date"] == "04/03/2027"
    assert seen["office.reference"] == "HA-1"
    ticked = {name for name, value in seen.items() if value is True}
    assert {"changes.stairlift", "changes.other", "money.none", "home.tenure", "declaration.agreed"} <= ticked
    assert "changes.ramp" not in ticked


def _by_box(grant, made):
    seen = read(made, grant)
    return [(box, seen[box.id]) for box in grant.paper.boxes]


def test_a_large_household_goes_on_on_a_further_sheet(grant):
    record = APPLICATION["household"][0]
    answers = {**APPLICATION, "household": [record] * 6}
    made, left = fill(examples.GRANT_PDF.read_bytes(), grant, answers, reference="R", today=DAY, derived={})
    assert {one.row for one in left} == {5, 6}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 5


def test_too_much_money_refuses_with_its_reason(grant):
    path = compile_service(grant).path({**APPLICATION, "savings": "16000.01"}, today=DAY)
    assert [reason.id for reason in path.reasons] == ["too_much_saved"]
    assert "£16,000" in path.reasons[0].reason


def test_people_with_a_benefit_are_not_asked_for_savings_or_income(grant):
    service = compile_service(grant)
    asked = {step.page.id for step in service.path({"benefits": ["pension_credit"]}, today=DAY).steps}
    assert asked.isdisjoint({"savings", "income", "partner-income"})


def test_somebody_who_lives_alone_is_not_asked_who_else_lives_there(grant):
    asked = {step.page.id for step in compile_service(grant).path({"lives_with": "alone"}, today=DAY).steps}
    assert "household" not in asked
