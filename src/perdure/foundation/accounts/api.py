"""Accounts: people who work here, how they sign in, and which roles they hold.

Owns the words person, role, sign-in link and second factor. What a role may do is access's
word. Staff pages are wrapped in staff_required and ask person(request) who is there.
"""

from perdure.foundation.access.api import Person
from perdure.foundation.accounts.errors import (
    AccountsError,
    LastOwner,
    LinkNotUsable,
    NoSuchPerson,
    TooManyTries,
)
from perdure.foundation.accounts.limits import allow, client_of, forget_old, require_allowed
from perdure.foundation.accounts.links import make_sign_in_link
from perdure.foundation.accounts.people import (
    ROLES,
    Colleague,
    add_person,
    colleagues,
    count_colleagues,
    give_role,
    names_of,
    person,
    person_of,
    set_active,
    take_role,
)
from perdure.foundation.accounts.proof import staff_required

__all__ = [
    "ROLES",
    "AccountsError",
    "Colleague",
    "LastOwner",
    "LinkNotUsable",
    "NoSuchPerson",
    "Person",
    "TooManyTries",
    "add_person",
    "allow",
    "client_of",
    "colleagues",
    "count_colleagues",
    "forget_old",
    "give_role",
    "make_sign_in_link",
    "names_of",
    "person",
    "person_of",
    "require_allowed",
    "set_active",
    "staff_required",
    "take_role",
]
