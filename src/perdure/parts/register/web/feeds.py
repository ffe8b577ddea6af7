"""Cases for other programs: REST, JSON Feed, CSV, DCAT-AP, and a list to embed. All public."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import condition, require_safe

from perdure.core.lists.api import write_csv
from perdure.parts.register import exporting, exporting_catalogue, search
from perdure.parts.register.web import openapi as described
from perdure.parts.register.web.common import calm, page, page_number
from perdure.parts.register.web.filters import address_of, filters_from
from perdure.parts.register.web.find import how_many, line
from perdure.parts.register.web.listed import told

EMBEDDED = 20
_FEED_ITEMS = 50
View = Callable[..., HttpResponseBase]


def _changed(request: HttpRequest) -> tuple[datetime | None, int]:
    """When the register last changed; asked once for a request."""
    if not hasattr(request, "register_changed"):
        request.register_changed = exporting.last_change()  # type: ignore[attr-defined]
    found: tuple[datetime | None, int] = request.register_changed  # type: ignore[attr-defined]
    return found


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    at, total = _changed(request)
    key = f"{request.get_full_path()} {request.get_host()} {get_language()} {at} {total}"
    return f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'


def _last_modified(request: HttpRequest, *args: Any, **kwargs: Any) -> datetime | None:
    return _changed(request)[0]


def feed_page(view: View) -> View:
    """Decorator: for any site to read, and not sent again when nothing changed."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "public, max-age=60"
        return response

    checked: View = require_safe(condition(etag_func=_etag, last_modified_func=_last_modified)(open_to_all))
    return checked


def _whole(request: HttpRequest, name: str, *args: object, query: str = "") -> str:
    address = request.build_absolute_uri(reverse(f"register:{name}", args=args))
    return f"{address}?{query}" if query else address


def _with_address(request: HttpRequest, case: dict[str, Any]) -> dict[str, Any]:
    return {"address": _whole(request, "case", case["reference"])} | case


@feed_page
def cases(request: HttpRequest) -> HttpResponseBase:
    """Cases that fit the filters, newest first, a page at a time; "next" is the address of the next page."""
    filters = filters_from(request.GET)
    most = min(page_number(request.GET.get("most", "") or str(exporting.ON_A_PAGE)), exporting.MOST_ON_A_PAGE)
    shown, after = exporting.page_of_cases(filters, most=most, before=_before(request))
    query = address_of(filters, most=request.GET.get("most", ""), before=after)
    body = {
        "cases": [_with_address(request, case) for case in shown],
        "next": _whole(request, "api-cases", query=query) if after else None,
    }
    return JsonResponse(body)


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("before", "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


@feed_page
def case(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One case with what lists said of it, its links and its evidence."""
    return told(lambda: _with_address(request, exporting.plain_case(reference)))


@feed_page
def lists(request: HttpRequest) -> HttpResponseBase:
    """The lists that cases come from."""
    return JsonResponse({"lists": exporting.public_lists()})


@feed_page
def feed(request: HttpRequest) -> HttpResponseBase:
    """JSON Feed 1.1: the newest cases that fit the filters."""
    filters = filters_from(request.GET)
    shown, after = exporting.page_of_cases(filters, most=_FEED_ITEMS, before=_before(request))
    body: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{settings.ORGANISATION}: register of changes to public services",
        "home_page_url": _whole(request, "find", query=address_of(filters)),
        "feed_url": _whole(request, "feed", query=address_of(filters)),
        "language": "en",
        "items": [_item(request, one) for one in shown],
    }
    if after:
        body["next_url"] = _whole(request, "feed", query=address_of(filters, before=after))
    return JsonResponse(body, content_type="application/feed+json")


def _item(request: HttpRequest, one: dict[str, Any]) -> dict[str, Any]:
    address = _whole(request, "case", one["reference"])
    item = {
        "id": address,
        "url": address,
        "title": one["title"],
        "content_text": one["summary"] or one["title"],
        "date_modified": one["changed_at"],
        "tags": [tag for tag in (one["status"], one["country"], *one["technologies"]) if tag],
    }
    if one["organisation"]:
        item["authors"] = [{"name": one["organisation"]}]
    return item


@feed_page
def cases_csv(request: HttpRequest) -> HttpResponseBase:
    """Every case that fits as CSV, sent as it is written; no cell can become a formula."""
    response = StreamingHttpResponse(_csv(request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


def _csv(request: HttpRequest) -> Iterator[bytes]:
    head = io.BytesIO()
    write_csv(head, exporting.COLUMNS, [])
    yield head.getvalue()
    for rows in exporting.table_rows(filters_from(request.GET)):
        part = io.BytesIO()
        write_csv(part, exporting.COLUMNS, rows)
        yield part.getvalue()[len(head.getvalue()) :]


def _graph(request: HttpRequest) -> list[exporting_catalogue.Node]:
    home, organisation = _whole(request, "find"), settings.ORGANISATION
    return exporting_catalogue.catalogue(home, organisation, exporting.public_lists(), _changed(request)[0])


@feed_page
def catalogue_jsonld(request: HttpRequest) -> HttpResponseBase:
    """The register for data portals, as JSON-LD."""
    return HttpResponse(exporting_catalogue.as_json_ld(_graph(request)), content_type="application/ld+json")


@feed_page
def catalogue_turtle(request: HttpRequest) -> HttpResponseBase:
    """The register for data portals, as Turtle."""
    return HttpResponse(
        exporting_catalogue.as_turtle(_graph(request)), content_type="text/turtle; charset=utf-8"
    )


@require_safe
@calm
def about(request: HttpRequest) -> HttpResponse:
    """What other programs can read, with addresses to try."""
    return page(request, "register/api.html", {"home": _whole(request, "find")}, here="api")


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The same for programs: OpenAPI 3.1."""
    response = JsonResponse(described.description(_whole(request, "find")))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest) -> HttpResponse:
    """A short list of cases for a frame on another site: no script, no session, links open at the top."""
    filters = filters_from(request.GET)
    found = search.find(filters)
    shown = {
        "rows": [line(row) for row in found.rows[:EMBEDDED]],
        "says": how_many(found),
        "all": _whole(request, "find", query=address_of(filters)),
        "title": request.GET.get("title", "")[:120],
        "organisation": settings.ORGANISATION,
    }
    return render(request, "register/embed.html", shown)
