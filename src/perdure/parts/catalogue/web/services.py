"""The list of services, and the way of a PDF from the drop box to its review."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Act, may
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import listing, uploads
from perdure.parts.catalogue.errors import CatalogueError, UploadRefused
from perdure.parts.catalogue.web.common import studio_page, whole_number


@studio_page
def services(request: HttpRequest) -> HttpResponse:
    """The box to drop a PDF, and the services."""
    if request.method == "POST":
        return _take_in(request)
    return _list(request)


def _take_in(request: HttpRequest) -> HttpResponse:
    """One form goes on to its reading; of several each is read, and what is refused is said."""
    files = request.FILES.getlist("form") or [None]
    started, refused = [], []
    for file in files:
        try:
            started.append(uploads.start_upload(*read_upload(file), by=person(request)))
        except CatalogueError as problem:
            refused.append(problem)
    if refused and not started:
        return _list(request, problem=refused[0])
    for problem in refused:
        messages.warning(request, f"{problem.what} {problem.next_step}", extra_tags="wait")
    return redirect("studio:upload", started[0]) if len(files) == 1 else redirect("studio:services")


def read_upload(file: UploadedFile | None) -> tuple[bytes, str]:
    """The content and name of a file that was sent. Raises UploadRefused."""
    if file is None:
        raise UploadRefused(_("No file was chosen."), _("Choose the PDF of a form."))
    uploads.refuse_too_large(file.size or 0)
    return file.read(), str(file.name)


def _list(request: HttpRequest, *, problem: PerdureError | None = None) -> HttpResponse:
    who = person(request)
    pending = uploads.pending_uploads(by=who)
    shown = {
        "part": "studio",
        "still": any(one.is_being_read for one in pending),
        "page": listing.services_page(who, number=whole_number(request.GET.get("page"))),
        "pending": pending,
        "may_add": may(who, Act.ADD_SERVICE),
        "problem": problem,
    }
    return render(request, "catalogue/services.html", shown)


@studio_page
def upload(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """How far the reading of a form is; goes on by itself when it is done."""
    state = uploads.upload_state(upload_id, by=person(request))
    if request.headers.get("Accept") == "application/json":
        said = {"finished": state.finished, "stage": state.stage, "done": state.done, "total": state.total}
        return JsonResponse(said)
    if state.slug:
        return redirect("studio:review", state.slug)
    if state.read:
        return redirect("studio:decide", upload_id)
    return render(request, "catalogue/upload.html", {"part": "studio", "state": state})


@require_POST
@studio_page
def stop(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Stop the reading of a form."""
    uploads.stop_upload(upload_id, by=person(request))
    return redirect("studio:upload", upload_id)
