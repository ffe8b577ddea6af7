"""Changes to the catalogue: services come in, go live, close."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.definition.api import (
    Definition,
    DefinitionError,
    content_hash,
    dump_definition,
    load_definition,
)
from perdure.core.definition.api import compile_service as compile_definition
from perdure.foundation.access.api import Act, require_label_held
from perdure.foundation.audit import api as audit
from perdure.foundation.files import api as files
from perdure.parts.catalogue import rules, weighing
from perdure.parts.catalogue.actors import Actor, named, permit, recorded
from perdure.parts.catalogue.drafting import locked_draft
from perdure.parts.catalogue.errors import CannotPublish, ServiceNotFound
from perdure.parts.catalogue.models import Draft, Service, Upload, Version
from perdure.parts.catalogue.reading import ReadForm, read_paper
from perdure.parts.register import api as register

PDF = "application/pdf"
RESERVED = frozenset({"return", "uploads", "compare"})
"""Words that stand in addresses where a service's name would stand."""


def add_from_pdf(
    pdf: bytes,
    name: str,
    *,
    by: str,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    today: date | None = None,
) -> str:
    """Make a service with a draft from a PDF form, and return its slug.

    name       the file's name, kept in the definition
    progress   called with lines such as "page 3 of 12", and DRAFTING once all are read
    today      the day that the review date counts from; the site's own day when not given
    The same bytes again give the service that is there. Reads the PDF in a bounded child
    process, outside any transaction. Raises FormRefused.
    """
    there = service_of_paper(hashlib.sha256(pdf).hexdigest())
    return there or add_read(read_new(pdf, name, progress, cancelled, today=today), pdf, by=by)


def read_new(
    pdf: bytes,
    name: str,
    progress: Callable[[str], None] | None,
    cancelled: Callable[[], bool] | None,
    *,
    today: date | None = None,
) -> ReadForm:
    """Read a form that is to be a service of this organisation; the rest as in add_from_pdf."""
    review_by = _in_a_year(today or timezone.localdate())
    owner = settings.ORGANISATION
    return read_paper(pdf, name, owner=owner, review_by=review_by, progress=progress, cancelled=cancelled)


def add_read(read: ReadForm, pdf: bytes, *, by: str) -> str:
    """Make a service with a draft from a form that was read, and return its slug."""
    return _add(read.definition, pdf, notes=read.notes, by=by, burden=read.burden)


def add_from_definition(text: str, pdf: bytes | None = None, *, by: str) -> str:
    """Make a service with a draft from a definition file, and return its slug.

    A service that is there already under this id, or from this PDF, is left as it is. Raises DefinitionError.
    """
    definition = load_definition(text)
    if Service.objects.filter(slug=definition.id).exists():
        return definition.id
    there = service_of_paper(hashlib.sha256(pdf).hexdigest()) if pdf else ""
    return there or _add(definition, pdf, notes=[], by=by, burden={})


@transaction.atomic
def publish(slug: str, *, by: Actor, revision: int | None = None) -> str:
    """Make the draft the live version, and return the version.

    revision  the draft's revision that was looked at; None publishes it as it stands
    The same content again makes no new version. Raises NotAllowed, ServiceNotFound, StaleDraft or
    CannotPublish, and LabelTooHigh when the service's label is above the installation's ceiling.
    """
    permit(by, Act.PUBLISH, slug)
    draft = locked_draft(slug, revision)
    definition = rules.as_published(usable(draft.definition))
    require_label_held(definition.label)
    version = content_hash(definition)
    service = draft.service
    if not Version.objects.filter(content_hash=version).exists():
        number = service.versions.count() + 1
        Version.objects.create(
            service=service,
            number=number,
            content_hash=version,
            definition=dump_definition(definition),
            published_by=named(by),
        )
        audit.record(
            "version-published", about=slug, by=recorded(by), detail={"version": version, "number": number}
        )
    Draft.objects.filter(pk=draft.pk).update(published_revision=draft.revision)
    if service.live != version:
        service.live, service.title, service.summary = version, definition.title, definition.summary
        service.save(update_fields=["live", "title", "summary"])
        audit.record("service-opened", about=slug, by=recorded(by), detail={"version": version})
        first = service.versions.count() == 1
        tell_register(service, "published" if first else "changed", by)
    return version


@transaction.atomic
def close(slug: str, *, by: Actor) -> None:
    """Take no more new applications. Those under way can still be sent. Raises ServiceNotFound."""
    permit(by, Act.PUBLISH, slug)
    service = _locked_service(slug)
    if service.live:
        audit.record("service-closed", about=slug, by=recorded(by), detail={"version": service.live})
        service.live = ""
        service.save(update_fields=["live"])
        tell_register(service, "closed", by)


@transaction.atomic
def reopen(slug: str, *, by: Actor) -> None:
    """Take applications again, on the last version published. Raises ServiceNotFound or CannotPublish."""
    permit(by, Act.PUBLISH, slug)
    service = _locked_service(slug)
    if service.live:
        return
    version = service.versions.order_by("-number").first()
    if version is None:
        raise CannotPublish((_("It was never published."),))
    service.live = version.content_hash
    service.save(update_fields=["live"])
    audit.record("service-opened", about=slug, by=recorded(by), detail={"version": service.live})
    tell_register(service, "reopened", by)


def tell_register(service: Service, verb: str, by: Actor) -> None:
    """What happens to a service is kept in the register by itself, in the same transaction."""
    what = register.Happening(verb, service.slug, service.title, service.summary)
    register.happened(what, by=named(by), at=timezone.now())


def usable(text: str) -> Definition:
    """A definition that can go live. Raises CannotPublish with every problem."""
    try:
        definition = load_definition(text)
        compile_definition(definition)
    except DefinitionError as problem:
        raise CannotPublish(tuple(str(one) for one in problem.problems)) from problem
    return definition


def _locked_service(slug: str) -> Service:
    service = Service.objects.select_for_update().filter(slug=slug).first()
    if service is None:
        raise ServiceNotFound
    return service


def service_of_paper(sha256: str) -> str:
    """Slug of the service that was made from this paper, or took it up as a new edition; "" for none."""
    made = Service.objects.filter(paper=sha256).values_list("slug", flat=True).first()
    taken = Upload.objects.filter(sha256=sha256, changes__isnull=False).exclude(edition_of=None)
    return made or taken.values_list("edition_of__slug", flat=True).first() or ""


def _add(
    definition: Definition, pdf: bytes | None, *, notes: list[Any], by: str, burden: dict[str, Any]
) -> str:
    """Keep a new service with its draft and paper. Two at once with one paper, or one name, both end well."""
    for _attempt in range(20):
        slug = _free_slug(definition.id)
        try:
            with transaction.atomic():
                known = definition.model_copy(update={"id": slug})
                _insert(known, pdf, notes=notes, by=by, burden=burden)
        except IntegrityError:
            there = service_of_paper(hashlib.sha256(pdf).hexdigest()) if pdf else ""
            if there:
                return there
            continue
        return slug
    raise RuntimeError(f"no free address for {definition.id}")


def _insert(
    definition: Definition, pdf: bytes | None, *, notes: list[Any], by: str, burden: dict[str, Any]
) -> None:
    paper = files.store(pdf, media_type=PDF) if pdf else ""
    if paper and definition.paper is not None and definition.paper.sha256 != paper:
        known = definition.paper.model_copy(update={"sha256": paper})
        definition = definition.model_copy(update={"paper": known})
    service = Service.objects.create(slug=definition.id, title=definition.title, paper=paper)
    Draft.objects.create(
        service=service,
        definition=dump_definition(definition),
        notes=notes,
        changed_by=by,
        questions=len(definition.questions()),
        unsure=rules.unsure(definition, (), rules.doubts_of(notes)),
        burden=burden,
    )
    if paper and not burden:
        weighing.weigh_later(definition.id)
    audit.record("service-drafted", about=definition.id, by=by, detail={"paper": paper})


def _free_slug(wanted: str) -> str:
    base = slug_of(wanted)
    taken = RESERVED | set(Service.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base[:70].rstrip('-')}-{number}"
    return slug


def slug_of(words: str) -> str:
    """Words as they stand in an address: small letters, digits and hyphens, at most 80; never empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "service"


def _in_a_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))
