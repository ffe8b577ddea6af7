"""Who works here and in which role: the changes and the questions."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from perdure.foundation.access.api import Person
from perdure.foundation.accounts.errors import LastOwner, NoSuchPerson
from perdure.foundation.accounts.models import Membership, User
from perdure.foundation.audit import api as audit

ROLES = tuple(Membership.Role.values)
_KEPT = "_perdure_person"


@dataclass(frozen=True)
class Colleague:
    """One line of the list of people. roles: (role, service) pairs, sorted."""

    id: str
    name: str
    email: str
    clearance: str
    active: bool
    roles: tuple[tuple[str, str], ...]


def person(request: HttpRequest) -> Person:
    """The signed-in member of staff; one query for the roles, then kept on the request."""
    kept: Person | None = getattr(request, _KEPT, None)
    if kept is None or kept.id != str(request.user.pk):
        kept = as_person(request.user) if request.user.is_authenticated else Person("")
        setattr(request, _KEPT, kept)
    return kept


def as_person(user: User) -> Person:
    """The person behind a user. One query."""
    roles = frozenset(user.memberships.values_list("role", "service"))
    return Person(str(user.pk), str(user), roles, user.clearance)


def person_of(email: str) -> Person:
    """The person with this address, for acts outside a request. Raises NoSuchPerson."""
    return as_person(user_of(email))


def user_of(email: str) -> User:
    """The user with this address. Raises NoSuchPerson."""
    try:
        return User.objects.get(email=email.strip().lower())
    except User.DoesNotExist:
        raise NoSuchPerson(
            _("Nobody here has this e-mail address."),
            _("Check its spelling, or add the person first."),
        ) from None


@transaction.atomic
def add_person(email: str, *, name: str = "", by: str, clearance: str = "") -> str:
    """Make an account without a password and return its id; an address that is there keeps its account."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        more = {"clearance": clearance} if clearance else {}
        user = User.objects.create_user(address, name=name.strip(), **more)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        audit.record("person-added", about=f"person:{user.pk}", by=by)
    return str(user.pk)


@transaction.atomic
def give_role(email: str, role: str, *, service: str = "", by: str) -> None:
    """Give a role at one service, or at every service. Giving it again changes nothing."""
    user = user_of(email)
    Membership.Role(role)
    _, new = Membership.objects.get_or_create(user=user, role=role, service=service)
    if new:
        told = {"role": role, "service": service}
        audit.record("role-given", about=f"person:{user.pk}", by=by, detail=told)


@transaction.atomic
def take_role(person_id: str, role: str, *, service: str = "", by: str) -> None:
    """Take a role away. Raises LastOwner when nobody could manage people any more."""
    _require_another_owner(person_id, role, service)
    gone, _each = Membership.objects.filter(user_id=person_id, role=role, service=service).delete()
    if gone:
        told = {"role": role, "service": service}
        audit.record("role-taken", about=f"person:{person_id}", by=by, detail=told)


@transaction.atomic
def set_active(person_id: str, active: bool, *, by: str) -> None:
    """Let a person in, or keep them out; their open sessions end. Raises LastOwner."""
    if not active:
        _require_another_owner(person_id, Membership.Role.OWNER, "")
    if User.objects.filter(pk=person_id).exclude(is_active=active).update(is_active=active):
        audit.record("person-let-in" if active else "person-kept-out", about=f"person:{person_id}", by=by)


def _require_another_owner(person_id: str, role: str, service: str) -> None:
    if role != Membership.Role.OWNER or service:
        return
    owners = Membership.objects.select_for_update().filter(role=role, service="", user__is_active=True)
    ids = {str(pk) for pk in owners.values_list("user_id", flat=True)}
    if ids == {str(person_id)}:
        raise LastOwner(
            _("This is the last owner, and somebody must be able to manage people."),
            _("Make another person owner of every service first."),
        )


def names_of(ids: set[str]) -> dict[str, str]:
    """Names by id, for lists and records. One query; ids that are not people are left out."""
    users = User.objects.filter(pk__in=[one for one in ids if one.isdigit()])
    return {str(user.pk): str(user) for user in users}


def colleagues(*, offset: int = 0, most: int = 50) -> list[Colleague]:
    """People by name, a page at a time. Two queries."""
    users = User.objects.order_by("name", "email", "pk").prefetch_related("memberships")
    return [_colleague(user) for user in users[offset : offset + most]]


def colleague(person_id: str) -> Colleague | None:
    """One person, or None. Two queries."""
    user = User.objects.filter(pk=person_id).prefetch_related("memberships").first()
    return _colleague(user) if user else None


def is_known(email: str) -> bool:
    """Has somebody here this address?"""
    return User.objects.filter(email=email.strip().lower()).exists()


def count_colleagues() -> int:
    """How many people there are. One query."""
    return User.objects.count()


def _colleague(user: User) -> Colleague:
    roles = tuple(sorted((one.role, one.service) for one in user.memberships.all()))
    return Colleague(str(user.pk), str(user), user.email, user.clearance, user.is_active, roles)
