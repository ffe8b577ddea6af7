"""Is it still running? Owners are asked by a real e-mail, answer by its link, and silence is only silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.parts.register.mailbox import Mailbox, start

from perdure.parts.register.errors import AnswerRefused, RoundRefused
from perdure.parts.register.following import NewAnswer, NewRound, answer_by_link, open_round, remind
from perdure.parts.register.languages import language_for
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    box = Mailbox()
    server = start(box)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    server.shutdown()
    server.server_close()


@pytest.fixture
def permit(case_of):
    return case_of("Parking permits online", owner_email="olga@north.example", status="running")


def ask(*, title: str = "Spring", at: datetime | None = None, days: int = 30, **filters: str) -> int:
    at = at or datetime.now(UTC)
    new = NewRound(title, CaseFilters(**filters), at.date() + timedelta(days=days), "https://north.example/")
    return open_round(new, by="system:test", at=at)


def work() -> None:
    from perdure.foundation.jobs import api as jobs

    jobs.run_waiting()


def links_in(message) -> list[str]:
    return re.findall(r"https://north\.example(/register/answers/\S+)", message.get_content())


def test_an_owner_is_asked_and_answers_with_one_click(permit, mailbox, client):
    ask()
    work()
    assert mailbox.to == ["olga@north.example"]
    assert "Parking permits online" in mailbox.messages[0]["Subject"]
    yes, changed, ended, normal = links_in(mailbox.messages[0])
    page = client.get(changed)
    assert re.search(r'value="changed"[^>]*checked', page.content.decode())
    assert permit.answers.count() == 0, "looking at a link answers nothing"
    told = client.post(
        ended, {"says": "ended", "ended_on": "2026-03-31", "ending": "ended_badly", "why": "No money."}
    )
    assert "Your answer is in the register" in told.content.decode()
    permit.refresh_from_db()
    assert (permit.status, permit.ended, permit.ending) == ("ended", date(2026, 3, 31), "ended_badly")
    read = client.get(f"/register/cases/{permit.reference}/").content.decode()
    assert "No money." in read
    assert {yes.split("?")[0], normal.split("?")[0]} == {ended.split("?")[0]}


@pytest.mark.parametrize(
    ("says", "status", "ending"),
    [("running", "running", ""), ("changed", "running", ""), ("normal", "ended", "absorbed")],
)
def test_the_newest_answer_says_how_a_case_stands_and_older_ones_are_kept(
    permit, mailbox, says, status, ending
):
    ask()
    work()
    token = links_in(mailbox.messages[0])[0].split("/")[3]
    now = datetime.now(UTC)
    answer_by_link(token, NewAnswer("ended", ending="ended_well"), at=now)
    answer_by_link(token, NewAnswer(says), at=now + timedelta(minutes=1))
    permit.refresh_from_db()
    assert (permit.status, permit.ending) == (status, ending)
    assert list(permit.answers.order_by("at").values_list("says", flat=True)) == ["ended", says]


def test_silence_is_shown_as_silence_and_changes_nothing(permit, mailbox, client, keeper):
    number = ask()
    work()
    permit.refresh_from_db()
    assert permit.status == "running"
    page = client.get(f"/register/cases/{permit.reference}/").content.decode()
    assert "has not answered" in page
    assert "silent" in keeper.get(f"/register/keep/rounds/{number}/").content.decode()


def test_only_the_silent_are_reminded_after_their_days_and_only_once(permit, case_of, mailbox):
    other = case_of("Library cards", owner_email="lee@north.example")
    begun = datetime.now(UTC) - timedelta(days=8)
    ask(at=begun)
    work()
    other_link = next(links_in(m)[0] for m in mailbox.messages if "Library" in m["Subject"])
    answer_by_link(other_link.split("/")[3], NewAnswer("running"), at=datetime.now(UTC))
    assert remind(now=datetime.now(UTC)) == 0, "they were written to only now"
    from perdure.parts.register.models_following import Ask

    Ask.objects.update(sent_at=begun)
    mailbox.messages.clear()
    for _twice in range(2):
        remind(now=datetime.now(UTC))
        work()
    assert mailbox.to == ["olga@north.example"]
    assert "We wrote to you before" in mailbox.messages[0].get_content()
    assert other.answers.count() == 1


def test_a_job_that_runs_again_writes_to_nobody_twice(permit, mailbox):
    from perdure.foundation.jobs import api as jobs
    from perdure.parts.register.following import WRITE

    number = ask()
    jobs.enqueue(WRITE, round=number)
    work()
    assert mailbox.to == ["olga@north.example"]


def test_an_address_that_is_refused_for_good_is_told_and_the_others_are_written_to(
    permit, case_of, mailbox, keeper
):
    case_of("Library cards", owner_email="gone@north.example")
    mailbox.refuse = lambda address: "550 no such person" if address.startswith("gone") else None
    number = ask()
    work()
    assert mailbox.to == ["olga@north.example"]
    page = keeper.get(f"/register/keep/rounds/{number}/").content.decode()
    assert "not reached" in page
    assert "no such person" in page


def test_a_server_that_is_away_loses_nobody(permit, mailbox):
    from perdure.parts.register.following import WRITE
    from perdure.parts.register.models_following import Ask

    mailbox.refuse = lambda _address: "451 try later"
    number = ask()
    work()
    assert Ask.objects.get().sent_at is None
    mailbox.refuse = lambda _address: None
    from perdure.foundation.jobs import api as jobs

    jobs.enqueue(WRITE, round=number)
    work()
    assert mailbox.to == ["olga@north.example"]


def test_ended_cases_and_those_without_an_owner_are_not_asked(permit, case_of, mailbox):
    case_of("Nobody's")
    case_of("Over", owner_email="o@north.example", status="ended")
    case_of("Hidden", owner_email="h@north.example", state="withdrawn")
    ask()
    work()
    assert mailbox.to == ["olga@north.example"]


def test_a_round_over_nobody_is_refused_in_a_sentence(case_of, keeper):
    case_of("Nobody's")
    with pytest.raises(RoundRefused):
        ask()
    told = {"title": "Spring", "closes_on": "2090-01-01", "remind_after_days": "7"}
    page = keeper.post("/register/keep/rounds/new/", told).content.decode()
    assert "None of these cases has the e-mail address of an owner" in page
    assert "Spring" in page


def test_after_its_last_day_a_round_takes_no_answer(permit, mailbox, client):
    begun = datetime.now(UTC)
    ask(at=begun, days=3)
    work()
    link = links_in(mailbox.messages[0])[0]
    with pytest.raises(AnswerRefused):
        answer_by_link(link.split("/")[3], NewAnswer("running"), at=begun + timedelta(days=4))
    assert permit.answers.count() == 0


def test_a_made_up_link_asks_nothing_and_no_answer_is_no_answer(permit, mailbox, client):
    assert client.get("/register/answers/0123456789/").status_code == 404
    ask()
    work()
    page = client.post(links_in(mailbox.messages[0])[0], {"says": "", "why": "I do not know."})
    assert "Choose an answer." in page.content.decode()
    assert "I do not know." in page.content.decode()
    assert permit.answers.count() == 0


def test_a_keeper_opens_a_round_over_a_search_and_notes_what_was_heard(
    permit, case_of, mailbox, keeper, caseworker
):
    case_of("Library cards", owner_email="lee@north.example")
    told = {"title": "Parking", "closes_on": "2090-01-01", "remind_after_days": "7"}
    assert caseworker.post("/register/keep/rounds/new/?q=parking", told).status_code == 403
    page = keeper.post("/register/keep/rounds/new/?q=parking", told).url
    work()
    assert mailbox.to == ["olga@north.example"]
    assert "http://testserver/register/answers/" in mailbox.messages[0].get_content()
    assert keeper.get(page).status_code == 200
    keeper.post(f"/register/keep/cases/{permit.reference}/answer/", {"says": "changed", "why": "By phone."})
    assert permit.answers.get().why == "By phone."


def test_what_an_owner_said_stands_above_what_a_list_or_the_site_says_later(permit, mailbox):
    ask()
    work()
    answer_by_link(links_in(mailbox.messages[0])[0].split("/")[3], NewAnswer("ended"), at=datetime.now(UTC))
    permit.refresh_from_db()
    assert "status" in permit.held


def test_the_lists_are_paged_and_their_queries_do_not_grow(
    case_of, keeper, django_assert_num_queries, mailbox
):
    for number in range(55):
        case_of(f"Case {number}", owner_email=f"o{number}@north.example")
    number = ask()
    work()
    page = f"/register/keep/rounds/{number}/"
    keeper.get(page)
    with django_assert_num_queries(8):
        shown = keeper.get(page).content.decode()
    assert shown.count(">silent<") == 50
    assert "page=2" in shown


@pytest.mark.parametrize(
    ("country", "said", "site", "language"),
    [
        ("DE", "", "en", "de"),
        ("at", "", "en", "de"),
        ("GB", "", "de", "en"),
        ("FR", "", "de", "en"),
        ("", "", "de", "de"),
        ("DE", "en", "de", "en"),
        ("GB", "de", "en", "de"),
        ("DE", "xx", "en", "de"),
    ],
)
def test_the_language_is_what_a_keeper_says_else_guessed_from_the_country(
    country, said, site, language, settings
):
    settings.LANGUAGE_CODE = site
    assert language_for(said, country) == language


def test_each_owner_is_written_to_in_their_language_and_reads_the_page_in_it(
    case_of, mailbox, client, keeper
):
    case_of("Parkausweise", owner_email="olga@north.example", country="DE")
    case_of("Parking permits", owner_email="lee@north.example", country="GB")
    number = ask()
    work()
    by_owner = {str(one["To"]): one for one in mailbox.messages}
    german, english = by_owner["olga@north.example"], by_owner["lee@north.example"]
    assert "Is it still running?" not in german["Subject"]
    assert "Is it still running?" in english["Subject"]
    read = client.get(links_in(german)[0], headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="de"' in read
    assert "Is it still running?" not in read
    error = client.post(links_in(german)[0], {"says": ""}, headers={"Accept-Language": "en"}).content.decode()
    assert "Choose an answer." not in error
    assert '<html lang="en"' in client.get(links_in(english)[0]).content.decode()
    page = keeper.get(f"/register/keep/rounds/{number}/").content.decode()
    assert "German" in page
    assert "English" in page


def test_a_keeper_changes_the_language_of_an_owner_on_the_page_of_the_case(case_of, keeper, mailbox):
    case = case_of("Parkausweise", owner_email="olga@north.example", country="DE", status="running")
    form = keeper.get(f"/register/keep/cases/{case.reference}/")
    assert "Guessed from the country" in form.content.decode()
    told = {"title": case.title, "country": "DE", "owner_email": "olga@north.example", "owner_language": "en"}
    told |= {"status": "running", "revision": str(case.revision)}
    assert keeper.post(f"/register/keep/cases/{case.reference}/", told).status_code == 302
    ask()
    work()
    assert "Is it still running?" in mailbox.messages[0]["Subject"]


def test_the_owner_of_a_merged_case_is_asked_where_the_one_that_stands_has_none(case_of, mailbox, client):
    root = case_of("Permits", status="running")
    case_of("Parking permits", owner_email="olga@north.example", merged=root)
    ask()
    work()
    assert mailbox.to == ["olga@north.example"]
    client.post(links_in(mailbox.messages[0])[0], {"says": "changed"})
    assert root.answers.get().says == "changed"


def test_silence_is_told_to_programs_as_silence(permit, mailbox, client):
    address = f"/register/api/cases/{permit.reference}/"
    before = client.get(address)
    assert before.json()["follow_up"] is None
    ask()
    work()
    told = client.get(address, headers={"If-None-Match": before["ETag"]}).json()["follow_up"]
    assert (told["answers"], told["silent"]) == ([], True)


def test_of_the_silent_those_whose_address_does_not_answer_come_first(permit, case_of, mailbox, keeper):
    from perdure.parts.register.models_following import Address

    for title, url, days in (("Zebra crossings", "https://z.example/", 90), ("Allotments", "", 0)):
        case = case_of(title, owner_email="a@north.example", url=url)
        since = datetime.now(UTC) - timedelta(days=days)
        if url:
            told = {"seen": "no_host", "looked_at": since, "bad_since": since}
            Address.objects.create(case=case, url=url, **told)
    page = keeper.get(f"/register/keep/rounds/{ask()}/").content.decode()
    assert page.index("Zebra crossings") < page.index("Allotments") < page.index("Parking permits online")
    assert "the name of the site is gone" in page
