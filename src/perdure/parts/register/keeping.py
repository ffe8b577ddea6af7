"""What keepers change by hand: a case, its evidence, whether it is shown, and collections of cases.

A field that a keeper sets is held: no import changes it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from perdure.foundation.audit import api as audit
from perdure.parts.register import own_words
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import CaseChanged, CaseNotFound, CollectionNotFound, CollectionRefused
from perdure.parts.register.families import family, with_roots
from perdure.parts.register.models import Case, Evidence, Gathering, Technology
from perdure.parts.register.references import new_reference
from perdure.parts.register.search_index import index_cases
from perdure.parts.register.values_case import EDITABLE

MOST_IN_A_COLLECTION = 500


@dataclass(frozen=True)
class NewEvidence:
    """What somebody found that bears out a claim. place: page, paragraph, or time in a recording."""

    says: str
    quote: str = ""
    title: str = ""
    url: str = ""
    place: str = ""


@transaction.atomic
def add_case(values: Mapping[str, Any], *, technologies: Sequence[str] = (), by: Actor, at: datetime) -> str:
    """Write a case into the register, published at once; returns its reference. Raises NotAllowed."""
    permit(by)
    kept = {name: values[name] for name in EDITABLE if name in values}
    held = sorted(name for name, value in kept.items() if value not in ("", None))
    case = Case.objects.create(
        reference=new_reference(), made_by=named(by), made_at=at, changed_at=at, held=held, **kept
    )
    _set_technologies(case, technologies)
    index_cases([case.pk])
    audit.record("register-case-added", about=_about(case), by=recorded(by), at=at)
    return case.reference


@transaction.atomic
def edit_case(
    *,
    reference: str,
    values: Mapping[str, Any],
    technologies: Sequence[str],
    revision: int,
    by: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Change fields of a case; gives the names of those that changed.

    revision  the one that the form was opened with
    Raises NotAllowed, CaseNotFound, or CaseChanged when somebody was quicker, and then nothing is written.
    """
    permit(by)
    case = _case(reference)
    if case.revision != revision:
        raise CaseChanged
    changed = [name for name in EDITABLE if name in values and values[name] != getattr(case, name)]
    for name in changed:
        setattr(case, name, values[name])
    if sorted(technologies) != sorted(case.technologies.values_list("name", flat=True)):
        _set_technologies(case, technologies)
        changed.append("technology")
    if changed:
        if set(own_words.STANDING) & set(changed):
            own_words.forget(case.pk)
        case.held = sorted({*case.held, *changed})
        case.revision += 1
        case.changed_at = at
        case.save(
            update_fields=[*(n for n in changed if n != "technology"), "held", "revision", "changed_at"]
        )
        index_cases([case.pk])
        audit.record(
            "register-case-changed", about=_about(case), by=recorded(by), detail={"fields": changed}, at=at
        )
    return tuple(changed)


def _set_technologies(case: Case, names: Sequence[str]) -> None:
    case.technologies.all().delete()
    kept = dict.fromkeys(name.strip()[:120] for name in names if name.strip())
    Technology.objects.bulk_create(Technology(case=case, name=name) for name in kept)


@transaction.atomic
def withdraw(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """Show a case to nobody but keepers. Raises NotAllowed or CaseNotFound."""
    _show(reference, Case.State.WITHDRAWN, "register-case-withdrawn", {"why": why[:500]}, by=by, at=at)


@transaction.atomic
def put_back(*, reference: str, by: Actor, at: datetime) -> None:
    """Show a withdrawn case to everybody again. Raises NotAllowed or CaseNotFound."""
    _show(reference, Case.State.PUBLISHED, "register-case-put-back", {}, by=by, at=at)


def _show(
    reference: str, state: Case.State, verb: str, detail: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    permit(by)
    case = _case(reference)
    if case.state == state:
        return
    case.state = state
    case.revision += 1
    case.changed_at = at
    case.save(update_fields=["state", "revision", "changed_at"])
    index_cases([case.pk])
    audit.record(verb, about=_about(case), by=recorded(by), detail=detail, at=at)


@transaction.atomic
def add_evidence(*, reference: str, evidence: NewEvidence, by: Actor, at: datetime) -> int:
    """Add something that bears out what is said of a case; its id. Raises NotAllowed or CaseNotFound."""
    permit(by)
    case = _case(reference)
    row = Evidence.objects.create(case=case, by=named(by), at=at, **vars(evidence))
    index_cases(with_roots([case.pk]))
    audit.record("register-evidence-added", about=_about(case), by=recorded(by), detail={"id": row.pk}, at=at)
    return row.pk


@transaction.atomic
def take_evidence(evidence: int, *, reference: str, by: Actor, at: datetime) -> None:
    """Take a piece of evidence away; its words stay on the record. Raises NotAllowed or CaseNotFound."""
    permit(by)
    case = _case(reference)
    row = Evidence.objects.filter(pk=evidence, case__in=family(case.pk)).first()
    if row is None:
        return
    told = {"says": row.says[:500], "quote": row.quote[:500], "url": row.url}
    row.delete()
    index_cases(with_roots([case.pk]))
    audit.record("register-evidence-taken", about=_about(case), by=recorded(by), detail=told, at=at)


@transaction.atomic
def keep_collection(
    *,
    slug: str = "",
    title: str,
    about: str,
    references: Sequence[str],
    public: bool,
    by: Actor,
    at: datetime,
) -> str:
    """Make a collection, or change the one with this slug; returns its slug.

    Raises NotAllowed, CollectionNotFound, or CollectionRefused when a reference is no published case.
    """
    permit(by)
    wanted = list(dict.fromkeys(references))
    if len(wanted) > MOST_IN_A_COLLECTION:
        raise CollectionRefused(
            _("A collection holds at most %(n)s cases.") % {"n": MOST_IN_A_COLLECTION},
            _("Make two collections of it."),
        )
    found = dict(
        Case.objects.filter(reference__in=wanted, state=Case.State.PUBLISHED).values_list("reference", "pk")
    )
    missing = [one for one in wanted if one not in found]
    if missing:
        raise CollectionRefused(
            _("The register has no case %(references)s.") % {"references": ", ".join(missing[:5])},
            _("Check the references; each stands below the title of its case."),
        )
    row = _gathering(slug) if slug else Gathering(slug=_free_slug(title), by=named(by), at=at)
    row.title, row.about, row.public = title, about, public
    row.save()
    row.cases.set(found.values())
    audit.record(
        "register-collection-kept",
        about=f"collection:{row.slug}",
        by=recorded(by),
        detail={"n": len(found)},
        at=at,
    )
    return row.slug


def _gathering(slug: str) -> Gathering:
    row = Gathering.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise CollectionNotFound
    return row


def _free_slug(title: str) -> str:
    """A slug of the title that no collection has."""
    base = slugify(title)[:70] or "collection"
    taken = set(Gathering.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    free = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in free if one not in taken)


def _case(reference: str) -> Case:
    case = Case.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Search the register for its title instead.")
        )
    return case


def _about(case: Case) -> str:
    return f"register-case:{case.reference}"
