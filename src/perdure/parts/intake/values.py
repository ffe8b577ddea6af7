"""Plain values of intake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from perdure.core.definition.api import InputProblem, Path


@dataclass(frozen=True)
class Held:
    """An application that somebody holds: its reference and the secret that opens it.

    sent  as far as the browser knows
    """

    reference: str
    secret: str
    sent: bool = False


@dataclass(frozen=True)
class SentApplication:
    """An application as it was sent. answers: only those on the path, as core.definition.model says."""

    reference: str
    service: str
    version: str
    answers: Mapping[str, Any]
    sent_at: datetime
    language: str
    channel: str


@dataclass(frozen=True)
class Answered:
    """What came of a posted page.

    version     the version of the service that the application belongs to
    path        the path as it stands after what could be kept was kept
    problems    what is wrong with what was typed; empty when all of it was kept
    raw         everything that was typed, tidied where it could be, to show again
    asks_more   an answer on this page brought up a further question on this page
    refused     the answers given now fulfil a rule of eligibility that they did not fulfil before
    """

    version: str
    path: Path
    problems: tuple[InputProblem, ...]
    raw: Mapping[str, list[str]]
    asks_more: bool = False
    refused: bool = False

    @property
    def done(self) -> bool:
        return not self.problems and not self.asks_more
