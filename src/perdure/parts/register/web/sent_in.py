"""What people sent in: the keepers' list, and their decision on each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from perdure.foundation.accounts import api as accounts
from perdure.parts.register import submissions
from perdure.parts.register.errors import SubmissionRefused
from perdure.parts.register.web.common import keepers_only, page, page_number


@require_safe
@keepers_only
def sent_in(request: HttpRequest) -> HttpResponse:
    """What waits to be checked, oldest first."""
    return _listed(request, {})


def _listed(request: HttpRequest, more: dict[str, object], *, status: int = 200) -> HttpResponse:
    number = page_number(request.GET.get("page", ""))
    shown, further = submissions.submitted_list(page=number)
    values = {"submissions": shown, "number": number, "more": further, **more}
    return page(request, "register/submissions.html", values, status=status)


@require_POST
@keepers_only
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish it, or send it back with the reason that was written."""
    by, now, why = accounts.person(request), timezone.now(), request.POST.get("why", "")[:2000]
    try:
        if request.POST.get("do") == "publish":
            submissions.publish_submission(reference=reference, by=by, at=now)
            messages.success(request, _("It is published. Whoever sent it in is told."))
        else:
            submissions.send_back(reference=reference, why=why, by=by, at=now)
            messages.success(request, _("It is not published. Whoever sent it in is told why."))
    except SubmissionRefused as problem:
        wrong = {"wrong": problem, "at": reference, "why": why}
        return _listed(request, wrong, status=409)
    return redirect("register:submissions")
