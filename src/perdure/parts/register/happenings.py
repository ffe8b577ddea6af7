"""What Perdure itself saw: its own services appear in the register without anybody writing them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from perdure.parts.register.models import Case, Evidence, SourceList
from perdure.parts.register.references import new_reference
from perdure.parts.register.search_index import index_cases

OWN = "own-services"
"""Slug of the list that holds what runs on this installation."""

STATUS_AFTER = {
    "published": Case.Status.RUNNING,
    "changed": Case.Status.RUNNING,
    "closed": Case.Status.ENDED,
    "reopened": Case.Status.RUNNING,
}


@dataclass(frozen=True)
class Happening:
    """Something that happened to a service of this installation.

    verb     published, changed, closed or reopened
    service  its name in its address, which tells one service from another
    detail   what else is worth keeping, for example the number of the version
    """

    verb: str
    service: str
    title: str
    summary: str = ""
    detail: str = ""


@transaction.atomic(savepoint=False)
def happened(what: Happening, *, by: str, at: datetime) -> str:
    """Note it on the service's own case, which is made the first time; returns its reference.

    Part of the caller's transaction: what was undone never happened. Status follows what was seen, unless
    a keeper set it or an owner answered since.
    """
    case = _case_of(what, at)
    case.title, case.summary = what.title[:500], what.summary
    if "status" not in case.held:
        case.status = STATUS_AFTER[what.verb]
        case.ended = at.date() if case.status == Case.Status.ENDED else None
    case.revision += 1
    case.changed_at = at
    case.save()
    Evidence.objects.create(
        case=case,
        own=f"service-{what.verb}",
        says=_in_words(what),
        place=f"/services/{what.service}/",
        by=by,
        at=at,
    )
    index_cases([case.pk])
    return case.reference


def _case_of(what: Happening, at: datetime) -> Case:
    source, _made = SourceList.objects.get_or_create(
        slug=OWN, defaults={"title": _("Services on this site"), "publisher": settings.ORGANISATION}
    )
    case = Case.objects.select_for_update(of=("self",)).filter(source=source, key=what.service).first()
    return case or Case(
        reference=new_reference(),
        source=source,
        key=what.service,
        organisation=settings.ORGANISATION,
        kind=_("Digital service"),
        stage=Case.Stage.IMPLEMENTING,
        started=at.date(),
        made_by="system:register",
        made_at=at,
    )


def _in_words(what: Happening) -> str:
    """The sentence that is kept, in the site's own language."""
    with override(settings.LANGUAGE_CODE):
        sentences = {
            "published": _("The service was published."),
            "changed": _("A new version of the service was published."),
            "closed": _("The service takes no more applications."),
            "reopened": _("The service takes applications again."),
        }
        return f"{sentences[what.verb]} {what.detail}".strip()
