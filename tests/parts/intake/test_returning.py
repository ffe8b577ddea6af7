"""Save, come back later, on any device; and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.parts.intake.acting import Applicant, _page

from perdure.parts.intake import actions, codes
from perdure.parts.intake import api as intake
from perdure.parts.intake.models import Application, WrongTry

NAME = {"name-given": "Ada", "name-family": "Byron"}


def come_back(client, reference, code):
    return _page(client.post("/services/return/", {"reference": reference, "code": code}, follow=True))


def saved(applicant):
    """Reference and return code, as the page of one who leaves shows them."""
    shown = applicant.get("later").answers()
    return shown["Reference"], shown["Return code"]


def test_saving_for_later_keeps_what_is_typed_and_says_how_to_come_back(ada):
    ada.start()
    page = ada.post("name", {**NAME, "later": "yes"})
    assert page.heading == "Your answers are saved"
    assert page.answers()["Reference"] == ada.row.reference
    assert ada.row.answers["name"]["given"] == "Ada"


def test_saving_with_a_problem_keeps_the_rest_and_says_so(worker):
    worker.start()
    page = worker.post("work", {"works": "no", "hours": "many", "later": "yes"})
    assert "What you typed last needs a change" in page.words
    assert worker.row.answers == {"works": False}


def test_who_leaves_a_page_without_an_answer_is_not_told_off(ada):
    ada.start()
    page = ada.post("name", {"name-given": "", "later": "yes"})
    assert page.heading == "Your answers are saved"
    assert "needs a change" not in page.words


def test_with_both_words_one_comes_back_on_another_device(ada):
    ada.start()
    ada.post("name", NAME)
    elsewhere = Applicant("garden-grant")
    page = come_back(elsewhere.client, *saved(ada))
    assert page.last == "lives-with"
    assert elsewhere.get("name").input("name-given")["value"] == "Ada"


def test_small_letters_spaces_and_missing_hyphens_do_not_matter(ada):
    ada.start()
    reference, code = saved(ada)
    page = come_back(Client(), f" {reference.lower()} ", code.replace("-", " ").lower())
    assert page.last == "name"


def test_after_sending_the_words_lead_to_the_receipt(ada):
    ada.start()
    for page, typed in {
        "name": NAME,
        "lives-with": {"lives_with": "alone"},
        "savings": {"savings": "1"},
        "phone": {},
    }.items():
        ada.post(page, typed)
    words = saved(ada)
    ada.post("check")
    assert come_back(Client(), *words).main["data-reference"] == words[0]


def test_a_wrong_code_and_an_unknown_reference_are_refused_alike(ada):
    ada.start()
    reference, code = saved(ada)
    wrong = come_back(Client(), reference, code[::-1])
    unknown = come_back(Client(), codes.new_reference("garden-grant"), code)
    assert wrong.errors == unknown.errors == ["The reference and the return code do not belong together."]
    assert wrong.title.startswith("Error:")
    assert wrong.input("code")["value"] == code[::-1]


def test_guessing_one_reference_ends_after_ten_tries_and_an_hour_later_it_goes_on(ada):
    ada.start()
    reference, code = saved(ada)
    now = timezone.now()
    for _try in range(actions.TRIES_FOR_ONE_REFERENCE):
        with pytest.raises(intake.WrongReturnCode):
            intake.come_back(reference, "2222-2222-2222", place="one", now=now)
    with pytest.raises(intake.TooManyTries):
        intake.come_back(reference, code, place="one", now=now)
    assert intake.come_back(reference, code, place="one", now=now + timedelta(minutes=61))


def test_a_stranger_who_guesses_does_not_lock_the_applicant_out(ada):
    ada.start()
    reference, code = saved(ada)
    now = timezone.now()
    for _try in range(actions.TRIES_FOR_ONE_REFERENCE):
        with pytest.raises(intake.WrongReturnCode):
            intake.come_back(reference, "2222-2222-2222", place="a stranger's", now=now)
    assert intake.come_back(reference, code, place="home", now=now)


def test_guessing_one_reference_from_everywhere_ends_too(ada):
    ada.start()
    reference, code = saved(ada)
    now = timezone.now()
    for at in range(actions.TRIES_FROM_EVERYWHERE):
        with pytest.raises(intake.WrongReturnCode):
            intake.come_back(reference, "2222-2222-2222", place=f"place {at}", now=now)
    with pytest.raises(intake.TooManyTries):
        intake.come_back(reference, code, place="home", now=now)


def test_guessing_from_one_place_ends_too(ada):
    now = timezone.now()
    for _try in range(actions.TRIES_FROM_ONE_PLACE):
        with pytest.raises(intake.WrongReturnCode):
            intake.come_back(codes.new_reference("x-y"), "2222-2222-2222", place="one", now=now)
    with pytest.raises(intake.TooManyTries):
        intake.come_back(codes.new_reference("x-y"), "2222-2222-2222", place="one", now=now)


def test_too_many_tries_are_told_in_words(ada):
    for _try in range(actions.TRIES_FROM_ONE_PLACE + 1):
        page = come_back(ada.client, codes.new_reference("x-y"), "2222")
    assert page.errors == ["There were too many tries with a wrong code."]


def test_where_tries_came_from_is_kept_as_a_hash_only(ada):
    come_back(ada.client, codes.new_reference("x-y"), "2222")
    assert not WrongTry.objects.filter(key__contains="127.0.0.1").exists()


def test_the_code_itself_is_not_in_the_database(ada):
    ada.start()
    _reference, code = saved(ada)
    row = Application.objects.filter(pk=ada.row.pk).values().get()
    assert code not in str(row)


def test_a_shared_device_can_forget_the_application_and_we_keep_it(ada):
    ada.start()
    ada.post("name", NAME)
    words = saved(ada)
    assert ada.get("forget").heading == "Take the application off this device?"
    answer = ada.client.post(ada.address("forget"))
    assert answer["Clear-Site-Data"] == '"cache"'
    page = ada.get(told="forgotten")
    assert "not on this device any more" in page.words
    assert ada.get("name").at == "/services/garden-grant/"
    assert come_back(ada.client, *words).last == "lives-with"


def test_the_start_page_knows_what_this_browser_has_begun_or_sent(ada):
    assert "You have begun" not in ada.get().words
    ada.start()
    assert "You have begun an application" in ada.get().words
    assert ada.get("on").last == "name"
    ada.post("name", NAME)
    ada.post("lives-with", {"lives_with": "alone"})
    ada.post("savings", {"savings": "1"})
    ada.post("phone")
    ada.post("check")
    assert "You have sent an application" in ada.get().words


def test_a_new_application_leaves_the_old_receipt_recognised(ada, rf):
    ada.start()
    first = ada.row.reference
    ada.start()
    second = ada.row.reference
    request = rf.get("/")
    request.COOKIES = {name: morsel.value for name, morsel in ada.client.cookies.items()}
    assert intake.recognises(request, first)
    assert intake.recognises(request, second)
    assert not intake.recognises(request, codes.new_reference("garden-grant"))
    assert not intake.recognises(rf.get("/"), first)
