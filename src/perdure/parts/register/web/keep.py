"""The keepers' door: what there is to do, and where it is done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from perdure.parts.register.models import Case, Link
from perdure.parts.register.web.common import keepers_only, page


@require_safe
@keepers_only
def keep(request: HttpRequest) -> HttpResponse:
    """What waits for a keeper, and the way to everything that keepers do. Two queries of its own."""
    values = {
        "submitted": Case.objects.filter(state=Case.State.SUBMITTED).count(),
        "proposed": Link.objects.filter(state=Link.State.PROPOSED).count(),
    }
    return page(request, "register/keep.html", values)
