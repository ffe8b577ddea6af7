"""The keepers' door: what there is to do, and where it is done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from perdure.parts.register.models import Case, Link
from perdure.parts.register.web.common import keepers_only, page

MOST = 20


@require_safe
@keepers_only
def keep(request: HttpRequest) -> HttpResponse:
    """What waits for a keeper, and the way to everything that keepers do. Three queries of its own."""
    withdrawn = Case.objects.filter(state=Case.State.WITHDRAWN)
    values = {
        "submitted": Case.objects.filter(state=Case.State.SUBMITTED).count(),
        "withdrawn": withdrawn.order_by("-changed_at").values_list("reference", "title")[:MOST],
        "proposed": Link.objects.filter(state=Link.State.PROPOSED).count(),
    }
    return page(request, "register/keep.html", values)
