"""Pictures of the pages of a paper form, drawn in a bounded child process and kept as files."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from perdure.core.digitise.api import read_pages_as_pictures
from perdure.foundation.access.api import Act
from perdure.foundation.files import api as files
from perdure.parts.catalogue.actors import Actor, permit
from perdure.parts.catalogue.errors import ServiceNotFound
from perdure.parts.catalogue.models import PagePicture, Service

DPI = 110
"""Fine enough to read small print on a screen; a page of A4 comes out at about 910 by 1290 dots."""


@dataclass(frozen=True)
class Picture:
    """One page as a PNG. sha256 names the content, for caches."""

    sha256: str
    page: int


def picture_of(slug: str, page: int, *, by: Actor) -> Picture:
    """The picture of a page of a service's paper; drawn now when it is not there yet.

    Raises NotAllowed, ServiceNotFound (also for a page that is not there) or FormRefused.
    """
    permit(by, Act.SEE_SERVICES, slug)
    row = Service.objects.filter(slug=slug).values_list("draft__paper", "paper").first()
    paper = (row[0] or row[1]) if row else ""
    if not paper:
        raise ServiceNotFound
    kept = _kept(paper, page)
    if kept is None:
        draw_pages(paper)
        kept = _kept(paper, page)
    if kept is None:
        raise ServiceNotFound
    return Picture(kept, page)


def content_of(picture: Picture) -> bytes:
    """The PNG itself."""
    return files.fetch(picture.sha256)


def draw_pages(paper: str) -> None:
    """Draw every page of a paper and keep the pictures, unless they are there. Raises FormRefused."""
    if PagePicture.objects.filter(paper=paper).exists():
        return
    drawn = read_pages_as_pictures(files.fetch(paper), DPI, colour=True)
    with transaction.atomic():
        for number, png in enumerate(drawn, start=1):
            PagePicture.objects.get_or_create(
                paper=paper, page=number, defaults={"picture": files.store(png, media_type="image/png")}
            )


def _kept(paper: str, page: int) -> str | None:
    return PagePicture.objects.filter(paper=paper, page=page).values_list("picture", flat=True).first()
