"""Pictures of the pages of a paper form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import pictures
from perdure.parts.catalogue.web.common import studio_page


@studio_page
def picture(request: HttpRequest, slug: str, page: int) -> HttpResponse:
    """One page as a PNG. The browser keeps it, and asks each time whether it may still show it."""
    found = pictures.picture_of(slug, page, by=person(request))
    tag = f'"{found.sha256}"'
    known = request.headers.get("If-None-Match", "")
    answer: HttpResponse
    if tag in known:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(pictures.content_of(found), content_type="image/png")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer
