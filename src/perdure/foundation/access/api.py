"""Access: the one policy on who may do what, asked by every action and every query.

Owns the words role, act, label, clearance and ceiling. Knows no models: a Person comes in,
an answer goes out. The label scheme and the ceiling are settings of the installation.
"""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from perdure.foundation.access import policy
from perdure.foundation.access.errors import AccessError, LabelTooHigh, NotAllowed, UnknownLabels
from perdure.foundation.access.labels import Label, Scheme, schemes
from perdure.foundation.access.values import ALL, Act, Everywhere, Person

__all__ = [
    "ALL",
    "AccessError",
    "Act",
    "Everywhere",
    "Label",
    "LabelTooHigh",
    "NotAllowed",
    "Person",
    "Scheme",
    "UnknownLabels",
    "labels_visible",
    "may",
    "require",
    "require_known_settings",
    "require_label_held",
    "scheme",
    "services_visible",
]


def may(person: Person, act: Act, *, service: str = "", label: str = "") -> bool:
    """May this person do this? An empty service asks about every service; an empty label about no label."""
    return policy.allows(person, act, scheme(), service=service, label=label)


def require(person: Person, act: Act, *, service: str = "", label: str = "") -> None:
    """Raises NotAllowed, in words, when the person may not."""
    if not may(person, act, service=service, label=label):
        raise policy.refuse(act)


def services_visible(person: Person, act: Act) -> frozenset[str] | Everywhere:
    """The services at which the person may do this act: a set of slugs, or ALL. For filtering lists."""
    return policy.services(person, act)


def labels_visible(person: Person) -> frozenset[str]:
    """The names of the labels the person may see here. For filtering lists."""
    return policy.labels(person, scheme())


def scheme() -> Scheme:
    """The installation's label scheme with its ceiling."""
    chosen = schemes()[settings.LABEL_SCHEME]
    return replace(chosen, ceiling=settings.CEILING) if settings.CEILING else chosen


def require_known_settings() -> None:
    """Raises UnknownLabels when PERDURE_LABELS or PERDURE_CEILING names nothing we know; asked at start."""
    known = schemes()
    if settings.LABEL_SCHEME not in known:
        raise UnknownLabels(
            f"PERDURE_LABELS names no scheme of handling labels: {settings.LABEL_SCHEME}.",
            f"Write one of {', '.join(known)}.",
        )
    if scheme().rank(scheme().ceiling) is None:
        names = ", ".join(label.id for label in scheme().labels)
        raise UnknownLabels(
            f"PERDURE_CEILING names no label of the scheme {scheme().id}: {settings.CEILING}.",
            f"Write one of {names}.",
        )


def require_label_held(label: str) -> None:
    """Raises LabelTooHigh when this installation may not hold records with this label."""
    policy.require_held(label, scheme())
