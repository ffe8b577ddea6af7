"""The one policy: which role may do which act, where, and up to which label. Pure functions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from perdure.foundation.access.errors import LabelTooHigh, NotAllowed
from perdure.foundation.access.labels import Scheme
from perdure.foundation.access.values import ALL, Act, Everywhere, Person

_VIEWER = frozenset({Act.SEE_SERVICES, Act.SEE_CASES})
_CASEWORKER = _VIEWER | {Act.SEE_PAPER, Act.WORK_CASE, Act.DECIDE}
_KEEPER = frozenset({Act.KEEP_REGISTER})
ACTS_OF = {"viewer": _VIEWER, "caseworker": _CASEWORKER, "keeper": _KEEPER, "owner": frozenset(Act)}

NOT_AT_ONE_SERVICE = frozenset({Act.ADD_SERVICE, Act.READ_RECORD, Act.KEEP_REGISTER})
"""Acts on the whole installation: a role at one service does not reach them."""

_CODES = {
    Act.MANAGE_PEOPLE: gettext_noop("You may not change who works here."),
    Act.PUBLISH: gettext_noop("You may not publish this service."),
    Act.EDIT_DRAFT: gettext_noop("You may not change this service."),
    Act.ADD_SERVICE: gettext_noop("You may not add a service."),
    Act.DECIDE: gettext_noop("You may not decide this application."),
    Act.KEEP_REGISTER: gettext_noop("You may not change the register."),
    Act.WORK_CASE: gettext_noop("You may not work on this application."),
}
_ELSE = gettext_noop("You may not see this.")


def services(person: Person, act: Act) -> frozenset[str] | Everywhere:
    """The services at which the person's roles allow the act."""
    named = {service for role, service in person.roles if act in ACTS_OF.get(role, ())}
    if "" in named:
        return ALL
    return frozenset() if act in NOT_AT_ONE_SERVICE else frozenset(named)


def labels(person: Person, scheme: Scheme) -> frozenset[str]:
    """Every name of every label the person may see here: within their clearance and the ceiling."""
    top = scheme.rank(person.clearance)
    if top is None:
        return frozenset()
    seen = scheme.held()[: top + 1]
    return frozenset(name for label in seen for name in (label.id, *label.also))


def allows(person: Person, act: Act, scheme: Scheme, *, service: str = "", label: str = "") -> bool:
    """May this person do this act at this service, to something with this label?

    An empty service asks about every service; an empty label means the thing carries none.
    """
    where = services(person, act)
    if not isinstance(where, Everywhere) and service not in where:
        return False
    return not label or label in labels(person, scheme)


def refuse(act: Act) -> NotAllowed:
    """The refusal in words."""
    what = _(_CODES.get(act, _ELSE))
    return NotAllowed(what, _("Ask an owner of the service to give you the role for it."))


def require_held(label: str, scheme: Scheme) -> None:
    """Raises LabelTooHigh when the installation may not hold this label."""
    if not any(label == one.id or label in one.also for one in scheme.held()):
        raise LabelTooHigh(
            _("This installation may not hold records labelled %(label)s.") % {"label": label},
            _("Choose a lower label, or use an installation with a higher ceiling."),
        )
