"""What a list is called, who publishes it and under which licence, as keepers describe it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from perdure.foundation.audit.api import record
from perdure.parts.register.actors import Actor, permit, recorded
from perdure.parts.register.errors import ListNotFound
from perdure.parts.register.models import SourceList


@dataclass(frozen=True)
class AboutList:
    """A list as keepers describe it. complete: each year names every case there is."""

    title: str
    publisher: str = ""
    address: str = ""
    licence: str = ""
    complete: bool = False


def about_list(slug: str, *, by: Actor) -> AboutList:
    """How a list is described. One query. Raises NotAllowed or ListNotFound."""
    permit(by)
    row = SourceList.objects.filter(slug=slug).first()
    if row is None:
        raise ListNotFound(slug)
    return AboutList(row.title, row.publisher, row.address, row.licence, row.complete)


@transaction.atomic
def describe_list(slug: str, about: AboutList, *, by: Actor) -> None:
    """Change how a list is described. Raises NotAllowed or ListNotFound."""
    permit(by)
    row = SourceList.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise ListNotFound(slug)
    changed = {name: value for name, value in asdict(about).items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    record("list-described", about=f"list {slug}", by=recorded(by), detail={"changed": sorted(changed)})
