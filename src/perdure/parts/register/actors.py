"""Who changes the register: a person, whose right is checked, or automated work ("system:import")."""

from __future__ import annotations

from perdure.foundation.access.api import Act, Person, require

Actor = Person | str


def permit(by: Actor) -> None:
    """Raises NotAllowed when a person may not change the register."""
    if isinstance(by, Person):
        require(by, Act.KEEP_REGISTER)


def recorded(by: Actor) -> str:
    """The actor as the record keeps it: a person's id, never their name."""
    return by.id if isinstance(by, Person) else by


def named(by: Actor) -> str:
    """The actor as colleagues read it."""
    return (by.name or by.id if isinstance(by, Person) else by)[:120]
