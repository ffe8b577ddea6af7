"""Question pages: one question, its place on the path, what is kept and what is refused."""

from __future__ import annotations

import pytest

NAME = {"name-given": "Ada", "name-family": "Byron"}


def test_start_leads_to_the_first_question(ada):
    assert ada.start().heading == "What is your name?"


def test_an_answer_leads_to_the_next_question_on_the_path(ada):
    ada.start()
    ada.post("name", NAME)
    assert ada.post("lives-with", {"lives_with": "partner"}).last == "partner-income"
    assert ada.post("lives-with", {"lives_with": "alone"}).last == "savings"


def test_an_answer_is_kept_as_it_is_given(ada):
    ada.start()
    ada.post("name", NAME)
    assert ada.row.answers == {"name": {"given": "Ada", "family": "Byron"}}
    page = ada.get("name")
    assert page.input("name-given")["value"] == "Ada"


def test_a_problem_is_told_in_the_title_in_the_summary_and_at_the_input(ada):
    ada.start()
    page = ada.post("name", {"name-given": "", "name-family": ""})
    assert page.status == 200
    assert page.title.startswith("Error:")
    assert page.errors == ["Enter a name"]
    link = page.main.select_one(".summary-of-errors a")
    target = page.main.find(id=link["href"].removeprefix("#"))
    assert target["name"] == "name-given"
    assert target["aria-invalid"] == "true"
    assert page.main.select_one("p.error").get_text(" ", strip=True) == "Error: Enter a name"


def test_everything_typed_is_kept_when_there_is_a_problem(ada):
    ada.start()
    ada.get("savings")
    page = ada.post("savings", {"savings": "about <b>twelve</b>"})
    assert page.input("savings")["value"] == "about <b>twelve</b>"
    assert "savings" not in ada.row.answers


def test_valid_answers_of_a_page_are_kept_beside_a_problem(worker):
    worker.start()
    page = worker.post("work", {"works": "no", "hours": "many"})
    assert page.errors == ["How many hours a week? Enter a whole number in figures, like 12"]
    assert worker.row.answers == {"works": False}
    assert page.input("hours")["value"] == "many"


def test_a_question_that_an_answer_brings_up_is_asked_on_the_same_page(worker):
    worker.start()
    assert worker.get("work").main.find(attrs={"name": "employer"}) is None
    page = worker.post("work", {"works": "yes", "hours": "12"})
    assert page.last == "work"
    assert page.errors == []
    assert "another question on this page" in page.words
    assert worker.post("work", {"works": "yes", "employer": "Mill", "hours": "12"}).last == "check"


def test_problems_of_a_question_that_is_no_longer_asked_do_not_matter(worker):
    worker.start()
    worker.post("work", {"works": "yes", "hours": ""})
    assert worker.post("work", {"works": "no", "employer": "", "hours": ""}).last == "check"


def test_the_back_link_follows_the_path(ada):
    ada.start()
    ada.post("name", NAME)
    assert ada.get("name").back == "/services/garden-grant/"
    ada.post("lives-with", {"lives_with": "alone"})
    assert ada.get("savings").back == "/services/garden-grant/lives-with/"
    ada.post("lives-with", {"lives_with": "partner"})
    assert ada.get("savings").back == "/services/garden-grant/partner-income/"


def test_progress_counts_the_questions_on_the_path_as_it_stands(ada):
    ada.start()
    assert ada.get("lives-with").caption == "About you, question 2 of 4"
    ada.post("lives-with", {"lives_with": "partner"})
    assert ada.get("savings").caption == "Money, question 4 of 5"
    assert ada.get("phone").caption == "Question 5 of 5"


def test_a_page_off_the_path_leads_to_where_the_application_goes_on(ada):
    ada.start()
    ada.post("name", NAME)
    page = ada.get("partner-income")
    assert (page.status, page.last) == (200, "lives-with")
    assert "That page is not asked" in page.words


@pytest.mark.parametrize("page", ["no-such-page", "name/2", "children/1", "name/1/remove", "check-"])
def test_an_unknown_page_leads_to_where_the_application_goes_on(ada, page):
    ada.start()
    for answer in (ada.get(page), ada.post(page, {"x": "1"})):
        assert (answer.status, answer.last) == (200, "name")


def test_a_valid_answer_from_a_stale_tab_is_kept_though_its_page_has_left_the_path(ada):
    ada.start()
    ada.post("lives-with", {"lives_with": "partner"})
    ada.post("lives-with", {"lives_with": "alone"})
    page = ada.post("partner-income", {"partner_income": "120"})
    assert page.last == "name"
    assert "Your answers changed what we ask" in page.words
    assert ada.row.answers["partner_income"] == "120.00"


def test_a_page_on_a_condition_says_why_it_is_asked(ada):
    ada.start()
    ada.post("lives-with", {"lives_with": "partner"})
    said = ada.get("partner-income").main.details.get_text(" ")
    assert "Who do you live with?" in said
    assert "With my partner" in said
    assert "If you live alone, go to question 4." in said
    assert ada.get("name").main.details is None


def test_without_an_application_every_page_leads_to_the_start_page(ada):
    for page in ("name", "check", "sent", "later", "result", "on", "nothing"):
        answer = ada.get(page)
        assert (answer.status, answer.at) == (200, "/services/garden-grant/")
        assert "We did not find your application here" in answer.words


def test_posting_without_an_application_is_refused_calmly(ada):
    answer = ada.post("name", NAME)
    assert (answer.status, answer.at) == (200, "/services/garden-grant/")


def test_a_cookie_that_was_tampered_with_opens_nothing(ada):
    ada.start()
    cookie = ada.client.cookies["application-garden-grant"]
    ada.client.cookies["application-garden-grant"] = cookie.value.replace(".d", ".s")
    assert ada.get("name").at == "/services/garden-grant/"


def test_the_cookie_is_for_the_server_only(ada):
    ada.start()
    cookie = ada.client.cookies["application-garden-grant"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_nothing_of_an_application_stays_in_a_shared_cache(ada):
    ada.start()
    answer = ada.client.get("/services/garden-grant/name/")
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_way_to_a_human_is_on_every_page(ada):
    ada.start()
    for page in ("", "name", "later", "forget"):
        words = ada.get(page).words
        assert "01632 960 001" in words
        assert "parks@council.example" in words


def test_characters_that_no_keyboard_types_do_no_harm(ada):
    ada.start()
    ada.post("name", {"name-given": "A\x00da\x07", "name-family": "Byron"})
    assert ada.row.answers["name"]["given"] == "Ada"
