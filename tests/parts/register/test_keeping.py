"""Keepers change cases, evidence and collections; nobody else does, and nobody's words are lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from perdure.foundation.audit import api as audit
from perdure.parts.register import search
from perdure.parts.register.models import Case, Evidence, Gathering
from perdure.parts.register.search_index import recount
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(answer):
    return " ".join(page_of(answer).get_text(" ").split())


def typed_into(answer):
    """What the form of a page would send as it stands."""
    sent = {}
    for field in page_of(answer).find("form").find_all(["input", "textarea", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            sent[field["name"]] = chosen.get("value", chosen.get_text())
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            sent[field["name"]] = field.get("value", field.get_text().lstrip("\n"))
    return sent


def titles(**filters):
    return [row.title for row in search.find(CaseFilters(**filters)).rows]


def addresses(case):
    base = f"/register/keep/cases/{case.reference}/"
    return ["/register/keep/", "/register/keep/cases/new/", base, f"{base}evidence/", f"{base}withdraw/"]


def test_only_keepers_come_in(case_of, caseworker):
    case = case_of("Rail upgrade")
    for address in [*addresses(case), "/register/keep/collections/new/"]:
        assert Client().get(address)["Location"].startswith("/accounts/login/")
        answer = caseworker.get(address)
        assert answer.status_code == 403
        assert "You may not change the register." in words_of(answer)
        assert caseworker.post(address, {"title": "Mine"}).status_code in {403, 405}
    assert titles() == ["Rail upgrade"]


def test_a_keeper_writes_a_case_in_and_it_is_found(keeper):
    sent = typed_into(keeper.get("/register/keep/cases/new/"))
    sent |= {"title": "Tax chatbot", "country": "SE", "technology": "chatbot, API", "started": "2020-02-01"}
    answer = keeper.post("/register/keep/cases/new/", sent, follow=True)
    assert "The case is in the register." in answer.content.decode()
    case = Case.objects.get()
    assert titles(text="tax", country="SE", technology="API", year="2020") == ["Tax chatbot"]
    assert case.made_by == "Kim Keeper"
    assert [act.verb for act in audit.acts_about(f"register-case:{case.reference}")] == [
        "register-case-added"
    ]


def test_a_keeper_changes_a_case_and_what_was_set_is_held(keeper, case_of):
    case = case_of("Rail upgrade", status="running", technologies=["signals"])
    address = f"/register/keep/cases/{case.reference}/"
    sent = typed_into(keeper.get(address)) | {"status": "ended", "ending": "absorbed", "technology": ""}
    assert "Your changes are saved." in keeper.post(address, sent, follow=True).content.decode()
    case.refresh_from_db()
    assert (case.status, case.ending, case.held) == ("ended", "absorbed", ["ending", "status", "technology"])
    assert titles(status="ended", ending="absorbed") == ["Rail upgrade"]
    assert titles(technology="signals") == []
    assert recount() == {}
    act = audit.acts_about(f"register-case:{case.reference}")[-1]
    assert act.detail == {"fields": ["status", "ending", "technology"]}


def test_nothing_changed_is_nothing_recorded(keeper, case_of):
    case = case_of("Rail upgrade", cost="12.50", currency="GBP", country="GB", started="2019-01-02")
    address = f"/register/keep/cases/{case.reference}/"
    answer = keeper.post(address, typed_into(keeper.get(address)), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert audit.acts_about(f"register-case:{case.reference}") == []
    assert Case.objects.get().revision == 1


def test_two_keepers_at_once_lose_nothing(keeper, case_of):
    case = case_of("Rail upgrade")
    address = f"/register/keep/cases/{case.reference}/"
    first, second = typed_into(keeper.get(address)), typed_into(keeper.get(address))
    keeper.post(address, first | {"organisation": "Rail office"})
    answer = keeper.post(address, second | {"organisation": "Road office", "summary": "Long words"})
    assert answer.status_code == 409
    assert "Somebody changed this case since you opened the form" in words_of(answer)
    assert "Organisation Rail office" in words_of(answer)
    again = typed_into(answer)
    assert (again["organisation"], again["summary"]) == ("Road office", "Long words")
    assert Case.objects.get().organisation == "Rail office"
    keeper.post(address, again)
    assert Case.objects.get().organisation == "Road office"


def test_what_was_typed_is_kept_when_something_is_wrong(keeper, case_of):
    case = case_of("Rail upgrade")
    address = f"/register/keep/cases/{case.reference}/"
    wrong = {
        "title": "",
        "started": "2020-01-01",
        "ended": "2019-01-01",
        "url": "javascript:alert(1)",
        "cost": "lots",
        "owner_email": "nobody",
        "summary": "Kept words",
    }
    answer = keeper.post(address, typed_into(keeper.get(address)) | wrong)
    told = words_of(answer)
    for words in (
        "Write a title.",
        "It cannot have ended before it began.",
        "Write the address whole",
        "Write a number, like 1200000.",
        "Write the address like name@example.org.",
        "Kept words",
    ):
        assert words in told
    for link in page_of(answer).select(".summary-of-errors a"):
        assert page_of(answer).find(id=link["href"][1:]), link
    assert Case.objects.get().revision == 1


def test_evidence_is_added_and_taken_away_and_both_are_on_the_record(keeper, case_of):
    case = case_of("Rail upgrade")
    address = f"/register/keep/cases/{case.reference}/evidence/"
    sent = {"says": "It still runs", "quote": "Trains run.", "url": "https://example.org", "place": "page 3"}
    told = words_of(keeper.post(address, sent, follow=True))
    assert "It still runs Trains run." in told
    assert titles(evidence="yes") == ["Rail upgrade"]
    keeper.post(f"{address}{Evidence.objects.get().pk}/take/")
    assert titles(evidence="yes") == []
    acts = audit.acts_about(f"register-case:{case.reference}")
    assert [act.verb for act in acts] == ["register-evidence-added", "register-evidence-taken"]
    assert acts[-1].detail["quote"] == "Trains run."


def test_a_withdrawn_case_is_hidden_until_it_is_put_back(keeper, case_of):
    case = case_of("Rail upgrade")
    base = f"/register/keep/cases/{case.reference}"
    assert "Write why." in words_of(keeper.post(f"{base}/withdraw/", {"why": ""}))
    keeper.post(f"{base}/withdraw/", {"why": "Named a person"})
    assert Client().get(f"/register/cases/{case.reference}/").status_code == 404
    assert titles() == []
    assert "Withdrawn last Rail upgrade" in words_of(keeper.get("/register/keep/"))
    assert "It is withdrawn already." in words_of(keeper.get(f"{base}/withdraw/"))
    keeper.post(f"{base}/put-back/")
    assert titles() == ["Rail upgrade"]
    verbs = [act.verb for act in audit.acts_about(f"register-case:{case.reference}")]
    assert verbs == ["register-case-withdrawn", "register-case-put-back"]


def test_the_owner_address_is_never_on_a_public_page(case_of):
    case = case_of("Rail upgrade", owner_email="owner@example.org")
    for address in ("/register/?q=owner", f"/register/cases/{case.reference}/"):
        assert "owner@example.org" not in Client().get(address).content.decode()


def test_a_collection_is_made_shown_and_changed(keeper, case_of):
    one, two = case_of("Rail upgrade"), case_of("Road upgrade")
    sent = {"title": "Transport", "about": "What moves.", "references": one.reference, "public": "on"}
    told = words_of(keeper.post("/register/keep/collections/new/", sent, follow=True))
    assert "The collection is saved." in told
    assert "Rail upgrade" in words_of(Client().get("/register/collections/transport/"))
    assert "Transport What moves. 1 case" in words_of(Client().get("/register/collections/"))
    assert "Collections Transport" in words_of(Client().get(f"/register/cases/{one.reference}/"))
    address = "/register/keep/collections/transport/"
    sent = typed_into(keeper.get(address))
    assert sent["references"] == one.reference
    keeper.post(address, sent | {"references": f"{one.reference}\n{two.reference}"})
    assert Gathering.objects.get().cases.count() == 2


def test_a_collection_that_is_not_public_is_for_keepers(keeper, case_of):
    keeper.post("/register/keep/collections/new/", {"title": "Notes", "references": ""})
    assert Client().get("/register/collections/notes/").status_code == 404
    assert "Notes" not in words_of(Client().get("/register/collections/"))
    assert "keepers only" in words_of(keeper.get("/register/collections/"))


def test_a_collection_names_references_that_are_not_there(keeper, case_of):
    sent = {"title": "Transport", "references": "NOT-1 NOT-2"}
    answer = keeper.post("/register/keep/collections/new/", sent)
    assert "The register has no case NOT-1, NOT-2." in words_of(answer)
    assert typed_into(answer)["title"] == "Transport"
    assert not Gathering.objects.exists()


def test_two_collections_of_one_title_have_two_addresses(keeper):
    for _time in range(2):
        keeper.post("/register/keep/collections/new/", {"title": "Transport", "references": ""})
    assert set(Gathering.objects.values_list("slug", flat=True)) == {"transport", "transport-2"}
