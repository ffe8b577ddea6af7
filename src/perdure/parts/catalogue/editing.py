"""What an owner can do to the questions of a draft: the edits of the core, saved and on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from perdure.core.definition.model import QuestionType
from perdure.parts.catalogue.actors import Actor
from perdure.parts.catalogue.errors import CatalogueError


class EditRefused(CatalogueError):
    """An edit that cannot be made as it was asked."""

    code = "catalogue.edit"


def choose_one() -> str:
    return _("Choose at least one question.")


@dataclass(frozen=True)
class Wish:
    """What an owner wants a question to be. page_title: None leaves the heading of its screen alone."""

    title: str
    hint: str
    type: QuestionType
    options: tuple[str, ...]
    parts: tuple[str, ...]
    required: bool
    section: str
    page_title: str | None = None


def accept(slug: str, page: str, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def move(slug: str, page: str, steps: int, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def group_with_next(slug: str, page: str, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def split(slug: str, page: str, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def leave_out(slug: str, questions: Sequence[str], reason: str, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def bring_back(slug: str, box: str, *, by: Actor, revision: int) -> int:
    raise NotImplementedError


def rewrite(slug: str, question: str, wish: Wish, *, by: Actor, revision: int) -> int:
    raise NotImplementedError
