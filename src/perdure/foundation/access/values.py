"""The words of access: who asks (Person), for which act (Act), and where it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Act(StrEnum):
    """What a person may want to do. The policy says for each which roles may."""

    SEE_SERVICES = "see_services"
    EDIT_DRAFT = "edit_draft"
    PUBLISH = "publish"
    ADD_SERVICE = "add_service"
    SEE_CASES = "see_cases"
    SEE_PAPER = "see_paper"
    WORK_CASE = "work_case"
    DECIDE = "decide"
    MANAGE_PEOPLE = "manage_people"
    READ_RECORD = "read_record"
    KEEP_REGISTER = "keep_register"


class Everywhere(Enum):
    """The answer "every service", told apart from any set of names."""

    ALL = "all"


ALL = Everywhere.ALL


@dataclass(frozen=True)
class Person:
    """A member of staff as the policy sees them.

    id         text, as the record keeps it
    roles      (role, service) pairs; an empty service stands for every service
    clearance  the highest handling label they may see
    """

    id: str
    name: str = ""
    roles: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    clearance: str = ""
