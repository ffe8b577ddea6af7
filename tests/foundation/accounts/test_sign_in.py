"""Signing in: a link once, a password only with a second factor, and tries that have a limit."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.foundation.accounts.authenticator import code_of
from tests.foundation.accounts.conftest import PASSWORD, SECRET

from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.models import SignInLink, User
from perdure.foundation.audit import api as audit

AMINA = "amina@north.example"
STAFF_PAGE = "/accounts/people/"


def sign_in(client: Client, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": AMINA, "password": password})


def test_a_link_lets_its_person_in_to_staff_pages(person_with, let_in):
    person_with(AMINA, "owner")
    browser = let_in(AMINA)
    assert browser.get(STAFF_PAGE).status_code == 200


def test_a_link_works_once(person_with, client):
    person_with(AMINA, "owner")
    token = accounts.make_sign_in_link(AMINA)
    assert client.get(f"/sign-in/{token}/").status_code == 302
    second = Client().get(f"/sign-in/{token}/")
    assert second.status_code == 403
    assert "used already" in second.content.decode()


def test_a_link_scanner_that_asks_for_the_head_does_not_use_it_up(person_with, client):
    person_with(AMINA, "owner")
    token = accounts.make_sign_in_link(AMINA)
    assert client.head(f"/sign-in/{token}/").status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.get(f"/sign-in/{token}/").status_code == 302


def test_an_old_link_does_not_work(person_with, client):
    person_with(AMINA, "owner")
    token = accounts.make_sign_in_link(AMINA, valid_minutes=10)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/sign-in/{token}/").status_code == 403


def test_a_link_of_somebody_who_is_kept_out_does_not_work(person_with, client):
    person_with("owner@north.example", "owner")
    token = accounts.make_sign_in_link(person_with(AMINA, "owner").email)
    accounts.set_active(str(User.objects.get(email=AMINA).pk), False, by="system:test")
    assert client.get(f"/sign-in/{token}/").status_code == 403


def test_the_database_holds_no_secret_that_would_let_a_thief_in(person_with):
    person_with(AMINA)
    token = accounts.make_sign_in_link(AMINA)
    assert token not in str(list(SignInLink.objects.values()))


def test_guessing_links_is_slowed_down_but_good_links_still_work(person_with, client):
    person_with(AMINA, "owner")
    answers = [client.get(f"/sign-in/guess{number}/").content.decode() for number in range(25)]
    assert "too many tries" not in answers[0]
    assert "too many tries" in answers[-1]
    assert client.get(f"/sign-in/{accounts.make_sign_in_link(AMINA)}/").status_code == 302


def test_a_password_alone_leads_to_setting_up_the_second_factor(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD)
    assert sign_in(client).status_code == 302
    answer = client.get(STAFF_PAGE)
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/2fa/totp/activate/"


def test_setting_up_the_second_factor_opens_the_staff_pages(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD)
    sign_in(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    assert 'src="data:image/svg+xml;base64,' in page
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get(STAFF_PAGE).status_code == 302
    right = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert right["Location"] == "/accounts/2fa/recovery-codes/"
    assert len(re.findall(r"<li><code>\w+</code></li>", client.get(right["Location"]).content.decode())) == 10
    assert client.get(STAFF_PAGE).status_code == 200


def test_password_and_code_together_let_in(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD, second_factor=True)
    assert sign_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(STAFF_PAGE)["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/2fa/authenticate/", {"code": "123456"}).status_code == 200
    assert client.get(STAFF_PAGE).status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)}).status_code == 302
    assert client.get(STAFF_PAGE).status_code == 200


def test_a_code_cannot_be_used_twice(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD, second_factor=True)
    code = code_of(SECRET)
    for browser, expected in ((client, 302), (Client(), 200)):
        sign_in(browser)
        assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD)
    known = sign_in(client, "wrong horse battery").content.decode()
    unknown = client.post(
        "/accounts/login/", {"login": "no@north.example", "password": PASSWORD}
    ).content.decode()
    assert "do not go together" in known
    assert "do not go together" in unknown


def test_guessing_a_password_is_stopped_for_the_right_one_too(person_with, client):
    person_with(AMINA, "owner", password=PASSWORD)
    for number in range(12):
        answer = sign_in(client, f"guess number {number}")
    assert "too many tries" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(client).status_code != 302


def new_password(browser: Client, words: str):
    return browser.post("/accounts/password/set/", {"password1": words, "password2": words})


def test_who_came_by_a_link_chooses_a_new_password_without_the_old_one(person_with, let_in):
    user = person_with(AMINA, "owner", password="forgotten long ago")
    browser = let_in(AMINA)
    assert new_password(browser, "short").status_code == 200
    assert new_password(browser, PASSWORD).status_code == 302
    assert browser.get(STAFF_PAGE).status_code == 200  # and is still signed in
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_who_came_by_a_password_needs_it_to_choose_another(person_with, client):
    user = person_with(AMINA, "owner", password=PASSWORD)
    sign_in(client)
    assert new_password(client, "a thief would like this")["Location"] == "/accounts/password/change/"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_nobody_can_sign_up_or_reset_a_password_by_mail(client, db):
    for page in ("signup/", "no/account_signup/", "password/reset/", "email/"):
        assert client.get(f"/accounts/{page}").status_code == 404


def test_passwords_are_kept_as_argon2(person_with):
    assert person_with(AMINA, password=PASSWORD).password.startswith("argon2$argon2id$")


def test_signing_in_is_on_the_record(person_with, let_in):
    user = person_with(AMINA, "owner")
    let_in(AMINA)
    verbs = [act.verb for act in audit.acts_about(f"person:{user.pk}")]
    assert verbs == ["person-added", "role-given", "sign-in-link-made", "signed-in"]


def test_a_staff_page_sends_a_stranger_to_sign_in_and_back(db, client):
    assert client.get(STAFF_PAGE)["Location"] == f"/accounts/login/?next={STAFF_PAGE}"


def test_somebody_kept_out_is_out_at_once(person_with, let_in):
    person_with("owner@north.example", "owner")
    user = person_with(AMINA, "caseworker")
    browser = let_in(AMINA)
    assert browser.get("/accounts/me/").status_code == 200
    accounts.set_active(str(user.pk), False, by="system:test")
    assert browser.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("limit", [1, 3])
def test_a_limit_counts_tries_in_a_window_over_all_processes(db, limit):
    assert all(accounts.allow("return-code:HA-1", limit, 60) for _ in range(limit))
    assert not accounts.allow("return-code:HA-1", limit, 60)
    assert accounts.allow("return-code:HA-2", limit, 60)
