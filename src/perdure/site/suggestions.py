"""Joins the form "tell us of a change" to the register: what is sent becomes a case that keepers check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from perdure.examples import FOLDER
from perdure.parts.intake.api import SentApplication
from perdure.parts.register import api as register

SLUG = "tell-us-of-a-change"
DEFINITION: Path = FOLDER / "tell_us_of_a_change.yaml"
AREAS = {f"a{number:02d}": f"{number:02d}" for number in range(1, 11)}


class Suggestions:
    """Answers intake's question "who takes over what was sent?" for this one form."""

    def receive(self, application: SentApplication) -> None:
        """Inside the sending transaction: a receipt on screen means that the case is there."""
        if application.service == SLUG:
            register.submit(_submission(application), at=application.sent_at)


def _submission(application: SentApplication) -> register.Submission:
    """The answers by their ids; a question that an owner took out of the form is simply empty."""
    given = application.answers
    return register.Submission(
        application=application.reference,
        title=_text(given, "title") or application.reference,
        summary=_text(given, "summary"),
        organisation=_text(given, "organisation"),
        email=_text(given, "email"),
        for_whom=_text(given, "for_whom"),
        country=_text(given, "country"),
        level=_text(given, "level"),
        area=AREAS.get(_text(given, "area"), ""),
        status=_text(given, "running") or "unknown",
        started=_day(given, "started"),
        ended=_day(given, "ended"),
        source=_text(given, "source"),
        quote=_text(given, "quote"),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()


def _day(given: Mapping[str, Any], name: str) -> date | None:
    told = given.get(name)
    return told if isinstance(told, date) else date.fromisoformat(str(told)) if told else None
