"""The lists of the studio: services, and one service with its draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from perdure.core.definition.api import Definition, content_hash
from perdure.foundation.access.api import ALL, Act, Person, services_visible
from perdure.parts.catalogue import rules
from perdure.parts.catalogue.actors import permit
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.errors import ServiceNotFound
from perdure.parts.catalogue.models import Draft, Service, Version
from perdure.parts.catalogue.values import ServicePage, ServiceRow

PAGE = 20


@dataclass(frozen=True)
class OpenDraft:
    """A draft as its owner sees it.

    live      the version that runs now; "" when closed or never published
    last      the version published last; "" when there is none
    undo      what the last change was; "" when nothing can be undone
    burden    what the paper asks of people, as kept; empty when it is not known
    """

    slug: str
    title: str
    text: str
    revision: int
    notes: tuple[dict[str, object], ...]
    accepted: frozenset[str]
    changed_at: datetime
    changed_by: str
    paper: str
    live: str
    last: str
    undo: str
    burden: dict[str, Any]

    @property
    def definition(self) -> Definition:
        """Raises DefinitionError when the text was written by an older release and is not usable now."""
        return definition_of(self.text)

    @property
    def differs(self) -> bool:
        """Would publishing change what applicants see?"""
        return content_hash(rules.as_published(self.definition)) != self.live


def services_page(by: Person, *, number: int = 1) -> ServicePage:
    """The services this person may see, by title. Two queries, however many there are."""
    visible = services_visible(by, Act.SEE_SERVICES)
    rows = Service.objects.all() if visible is ALL else Service.objects.filter(slug__in=visible)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    published = Exists(Version.objects.filter(service=OuterRef("pk")))
    shown = rows.select_related("draft").annotate(published=published).order_by("title", "slug")
    start = (number - 1) * PAGE
    return ServicePage(tuple(_row(row) for row in shown[start : start + PAGE]), number, pages, total)


def open_draft(slug: str, *, by: Person) -> OpenDraft:
    """A draft with where its service stands. Three queries. Raises NotAllowed or ServiceNotFound."""
    permit(by, Act.SEE_SERVICES, slug)
    row = Draft.objects.select_related("service").filter(service__slug=slug).first()
    if row is None:
        raise ServiceNotFound
    last = row.service.versions.order_by("-number").values_list("content_hash", flat=True).first()
    step = row.steps.filter(taken_back=False).order_by("-revision").values_list("did", flat=True).first()
    return OpenDraft(
        slug=slug,
        title=row.service.title,
        text=row.definition,
        revision=row.revision,
        notes=tuple(row.notes),
        accepted=frozenset(row.accepted),
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        paper=row.paper or row.service.paper,
        live=row.service.live,
        last=last or "",
        undo=step or "",
        burden=row.burden,
    )


def _row(service: Service) -> ServiceRow:
    draft: Draft | None = getattr(service, "draft", None)
    published = bool(getattr(service, "published", False))
    return ServiceRow(
        slug=service.slug,
        title=service.title,
        state="live" if service.live else "closed" if published else "draft",
        questions=draft.questions if draft else 0,
        unsure=draft.unsure if draft else 0,
        changed=draft is not None and draft.revision > draft.published_revision,
        has_paper=bool(service.paper),
        changed_at=draft.changed_at if draft else None,
        changed_by=draft.changed_by if draft else "",
    )
