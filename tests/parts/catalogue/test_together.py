"""Two people on one draft: what goes through, and what a colleague is told of."""

from __future__ import annotations

import pytest
from tests.parts.catalogue.test_edits_in_studio import PAPER

from perdure.core.definition import edits
from perdure.core.definition.api import load_definition
from perdure.core.definition.model import Contact, QuestionType
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import drafting, editing
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.models import Draft
from perdure.parts.catalogue.together import fits

SEEN = load_definition(PAPER)


def titled(name, title):
    return lambda d: edits.retitle(d, name, title)


def merged(d):
    return edits.merge_with_next(d, "home")


def test_another_question_was_reworded_so_mine_goes_through():
    assert fits(SEEN, titled("name", "Theirs")(SEEN), titled("car", "Mine"))


def test_the_same_question_was_reworded_so_i_am_told():
    assert not fits(SEEN, titled("name", "Theirs")(SEEN), titled("name", "Mine"))


def test_the_same_words_from_both_are_no_quarrel():
    assert fits(SEEN, titled("name", "Same")(SEEN), titled("name", "Same"))


def test_accepting_a_question_that_was_reworded_meanwhile_is_told():
    assert not fits(SEEN, titled("name", "Theirs")(SEEN), lambda d: d, about=["name"])
    assert fits(SEEN, titled("name", "Theirs")(SEEN), lambda d: d, about=["car"])


def test_joining_with_a_question_that_was_reworded_or_left_out_is_told():
    assert not fits(SEEN, titled("car", "Theirs")(SEEN), merged)
    assert not fits(SEEN, edits.leave_out(SEEN, "car", "Known."), merged)
    assert fits(SEEN, titled("name", "Theirs")(SEEN), merged)


def test_joining_is_told_when_another_question_stands_next_now():
    assert not fits(SEEN, edits.move_page(SEEN, "name", 1), merged)


def test_a_question_that_was_left_out_is_told():
    assert not fits(SEEN, edits.leave_out(SEEN, "name", "Known."), titled("name", "Mine"))


def test_leaving_out_and_moving_elsewhere_goes_through():
    now = edits.leave_out(edits.move_page(SEEN, "car", -1), "name", "Known.")
    assert fits(SEEN, now, titled("car", "Mine"))
    assert fits(SEEN, now, lambda d: edits.move_page(d, "car", -1), about=["car"])


def test_a_box_that_was_taken_away_is_told_to_who_changes_its_question():
    now = edits.retype(SEEN, "name", QuestionType.NAME)
    assert not fits(SEEN, now, lambda d: edits.set_required(d, "name", True))


def test_chapters_beside_the_questions_are_pieces_of_their_own():
    say = lambda phone: lambda d: d.model_copy(update={"contact": Contact(phone=phone)})  # noqa: E731
    assert fits(SEEN, say("1")(SEEN), titled("car", "Mine"))
    assert not fits(SEEN, say("1")(SEEN), say("2"))


@pytest.fixture
def permit(db) -> str:
    return catalogue.add_from_definition(PAPER, by="system:test")


def titles() -> list[str]:
    return [question.title for question in load_definition(Draft.objects.get().definition).questions()]


def retitle(slug: str, name: str, title: str, *, by: str, revision: int) -> int:
    edit = titled(name, title)
    return drafting.change(slug, by=by, revision=revision, did="Changed: %s", edit=edit, about=name)


def test_two_people_change_two_questions_and_both_are_kept(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    assert retitle(permit, "car", "Bram's", by="bram", revision=1) == 3
    assert titles() == ["Amina's", "Your home", "Bram's"]


def test_undo_takes_back_only_the_last_of_two_peoples_changes(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    retitle(permit, "car", "Bram's", by="bram", revision=1)
    assert drafting.undo(permit, by="bram", revision=3) == "Changed: Number plate"
    assert titles() == ["Amina's", "Your home", "Number plate"]
    assert drafting.undo(permit, by="bram", revision=4) == "Changed: Name"
    assert titles() == ["Name", "Your home", "Number plate"]


def test_undoing_needs_the_newest_draft(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    with pytest.raises(StaleDraft):
        drafting.undo(permit, by="bram", revision=1)


def test_a_change_made_while_a_colleague_did_and_undid_goes_through(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    drafting.undo(permit, by="amina", revision=2)
    retitle(permit, "car", "Bram's", by="bram", revision=2)
    retitle(permit, "name", "Cem's", by="cem", revision=1)
    assert titles() == ["Cem's", "Your home", "Bram's"]


def test_who_saw_what_was_undone_is_told_who_undid_it(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    drafting.undo(permit, by="bram", revision=2)
    with pytest.raises(StaleDraft) as stale:
        retitle(permit, "name", "Cem's", by="cem", revision=2)
    assert [(step.by, step.did) for step in stale.value.since] == [("bram", "Undid: Changed: Name")]


def test_accepting_twice_is_one_step(permit):
    editing.accept(permit, "name", by="amina", revision=1)
    assert editing.accept(permit, "name", by="amina", revision=1) == 2
    assert Draft.objects.get().steps.count() == 1


def test_a_revision_nobody_remembers_is_told(permit):
    retitle(permit, "name", "Amina's", by="amina", revision=1)
    with pytest.raises(StaleDraft):
        retitle(permit, "car", "Bram's", by="bram", revision=77)
