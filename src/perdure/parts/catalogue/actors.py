"""Who does something here: a person, whose right is checked, or a name whose right was checked before."""

from __future__ import annotations

from perdure.foundation.access.api import Act, Person, require

Actor = Person | str
"""A text stands for automated work ("system:demo"), or for a person whose right was checked before."""


def permit(by: Actor, act: Act, slug: str = "") -> None:
    """Raises NotAllowed when a person lacks the right."""
    if isinstance(by, Person):
        require(by, act, service=slug)


def recorded(by: Actor) -> str:
    """The actor as the record keeps it: a person's id, never their name."""
    return by.id if isinstance(by, Person) else by


def named(by: Actor) -> str:
    """The actor as colleagues read it."""
    return (by.name or by.id if isinstance(by, Person) else by)[:120]
