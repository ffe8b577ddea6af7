"""The example that `perdure demo` opens: one service, three people, six made-up applications."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML

from perdure.core.definition.api import raw_of
from perdure.core.definition.model import Page
from perdure.examples import GRANT_DEFINITION, GRANT_PDF
from perdure.foundation.accounts import api as accounts
from perdure.parts.casework import api as casework
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake

WELCOME = (
    "",
    "Welcome to Perdure. The sign-in link above makes you the owner. Things to try:",
    "  - apply for the grant at the address of the service, best on a phone's width",
    "  - decide one of the six made-up applications on the desk, and look at its filled paper form",
    "  - drop a PDF form of your own into the studio and put it on line",
)
_BY = "system:demo"
_CASEWORKERS = {"amina@perdure.localhost": "Amina Osei", "bram@perdure.localhost": "Bram Visser"}


def set_up_example(*, say: Callable[[str], None]) -> str:
    """Make the example service and its applications, all or nothing; returns its slug. Again is no change."""
    with transaction.atomic():
        slug = catalogue.add_from_definition(
            GRANT_DEFINITION.read_text(encoding="utf-8"), GRANT_PDF.read_bytes(), by=_BY
        )
        if slug in {one.slug for one in catalogue.running_services()}:
            return slug
        say("Making the example")
        catalogue.publish(slug, by=_BY)
        for email, name in _CASEWORKERS.items():
            accounts.add_person(email, name=name, by=_BY)
            accounts.give_role(email, "caseworker", by=_BY)
        for number, told in enumerate(example_applications()):
            _live_through(slug, told, email=list(_CASEWORKERS)[number % 2])
    return slug


def example_applications() -> list[dict[str, Any]]:
    """The made-up applications: sent (days ago), then (what happened), words, answers."""
    path = Path(__file__).with_name("example_applications.yaml")
    told: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return told


def _live_through(slug: str, told: dict[str, Any], *, email: str) -> None:
    """Send one application as an applicant does, then do on the desk what was done."""
    sent_at = timezone.now() - timedelta(days=told["sent"], minutes=17 * told["sent"])
    reference = send_application(slug, told["answers"], at=sent_at)
    officer, words, at = (
        accounts.person_of(email),
        told.get("words", "").strip(),
        sent_at + timedelta(hours=20),
    )
    if told["then"] == "nothing":
        return
    casework.look(reference=reference, by=officer, at=at)
    casework.take(reference=reference, by=officer, at=at)
    if told["then"] == "asked":
        casework.ask_for_more(reference=reference, text=words, by=officer, at=at)
    elif told["then"] != "taken":
        casework.decide(reference=reference, outcome=told["then"], reason=words, by=officer, at=at)


def send_application(slug: str, answers: dict[str, Any], *, at: datetime) -> str:
    """Answer every page that is asked, as they come, and send; returns the reference."""
    reference, secret = intake.begin(slug)
    held, today = intake.Held(reference, secret), timezone.localdate(at)
    for page in catalogue.service_at(catalogue.live_version(slug)).definition.pages:
        records = answers.get(page.repeat.id, ()) if page.repeat else ()
        for number, record in enumerate(records, start=1):
            intake.answer_record(held, page.id, number, _typed(page, record), today=today)
        intake.answer_page(held, page.id, {} if page.repeat else _typed(page, answers), today=today)
    return intake.send(held, today=today, now=at).reference


def _typed(page: Page, answers: dict[str, Any]) -> dict[str, list[str]]:
    """What a browser posts for these answers."""
    return {
        name: values
        for question in page.questions
        for name, values in raw_of(question, _plain(answers.get(question.id))).items()
    }


def _plain(value: Any) -> Any:
    """YAML reads 1948-03-27 as a date; an answer keeps it as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value
