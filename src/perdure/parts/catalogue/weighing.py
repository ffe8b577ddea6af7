"""What a form asks of people, on paper and on screen, so that the gain can be shown.

A PDF that was digitised is weighed then. The paper behind a finished definition is read once, in the
background.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from perdure.core.digitise.burden import Burden, burden_of_draft
from perdure.foundation.files import api as files
from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.models import Draft

JOB = "catalogue.weigh"


@dataclass(frozen=True)
class Gain:
    """A draft beside its paper. paper: None while it is not known.

    boxes  on the paper, those that are not asked included; pages: of the paper; 0 without a paper
    """

    draft: Burden
    paper: Burden | None
    boxes: int
    pages: int


def gain_of(text: str, burden: dict[str, Any]) -> Gain:
    """The figures of a draft (its text) and of its paper (as kept with the draft)."""
    paper = definition_of(text).paper
    return Gain(
        draft=_burden_of_text(text),
        paper=kept_burden(burden),
        boxes=len(paper.boxes) + len(paper.left_out) if paper else 0,
        pages=len(paper.pages) if paper else 0,
    )


def weigh_later(slug: str) -> None:
    """Ask for the paper of a draft to be read and weighed, when this transaction is kept."""
    jobs.enqueue(JOB, queue="slow", service=slug)


@jobs.handles(JOB)
def weigh(work: jobs.Work, *, service: str) -> None:
    """Read the paper behind a draft for its figures alone; a paper that cannot be read has none."""
    from perdure.core.digitise.api import FormRefused, read_form
    from perdure.core.digitise.burden import burden_of_paper

    draft = Draft.objects.select_related("service").filter(service__slug=service).first()
    if draft is None or draft.burden or not draft.service.paper:
        return
    try:
        form = read_form(files.fetch(draft.service.paper), cancelled=work.stop_asked)
    except FormRefused:
        return
    Draft.objects.filter(pk=draft.pk).update(burden=asdict(burden_of_paper(form)))


@lru_cache(maxsize=32)
def _burden_of_text(text: str) -> Burden:
    return burden_of_draft(definition_of(text))


def kept_burden(burden: dict[str, Any]) -> Burden | None:
    """Lists come back from JSON where tuples went in."""
    if not burden:
        return None
    listed = {name: tuple(burden[name]) for name in ("sensitive", "asked_twice")}
    return Burden(**burden | listed)
