"""Pages of keepers: send a list, look at its mapping, watch it come in, read its account, take it back."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from perdure.core.kernel.errors import PerdureError
from perdure.core.lists import api as lists
from perdure.foundation.accounts.api import person
from perdure.parts.register import importing, importing_directly, importing_mapping, importing_queries
from perdure.parts.register.errors import ImportRefused
from perdure.parts.register.importing_queries import ImportState
from perdure.parts.register.importing_targets import targets
from perdure.parts.register.web.common import keepers_only, page, page_number

ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "utf-16", "cp1250", "cp437")


@keepers_only
def imports(request: HttpRequest) -> HttpResponse:
    """The box to send a list, and the imports there were."""
    if request.method != "POST":
        return _list(request)
    try:
        started = _start(request)
    except PerdureError as problem:
        return _list(request, problem=problem)
    return redirect("register:import", started)


def _start(request: HttpRequest) -> uuid.UUID:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise ImportRefused(_("No file was chosen."), _("Choose a CSV, Excel or JSON file."))
    return importing.start_import(
        file.file,
        str(file.name),
        size=file.size or 0,
        list_title=request.POST.get("new", "").strip() or request.POST.get("list", ""),
        year=_year(request.POST.get("year", "")),
        complete=True if request.POST.get("complete") == "yes" else None,
        by=person(request),
    )


def _year(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isdecimal() and len(text) == 4):
        raise ImportRefused(
            _("%(text)s is not a year.") % {"text": text[:20]}, _("Write four figures, or leave it empty.")
        )
    return int(text)


def _list(request: HttpRequest, *, problem: PerdureError | None = None) -> HttpResponse:
    who = person(request)
    shown = {
        "found": importing_queries.imports_page(by=who, page=page_number(request.GET.get("page", ""))),
        "lists": importing_queries.lists_there(by=who),
        "problem": problem,
        "typed": request.POST,
    }
    return page(request, "register/imports.html", shown, here="imports")


@keepers_only
def one_import(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """One import: being looked at, its mapping, running, its account, or undone."""
    return _page(request, import_id)


def _page(
    request: HttpRequest, import_id: uuid.UUID, *, problem: PerdureError | None = None, text: str = ""
) -> HttpResponse:
    state = importing_queries.import_state(import_id, by=person(request))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"finished": not state.at_work, "done": state.done, "total": state.rows})
    shown: dict[str, Any] = {"state": state, "problem": problem}
    if state.state == "mapping":
        shown |= _mapping_shown(state, text)
        return page(request, "register/import_mapping.html", shown, here="imports")
    if state.rejected:
        shown["rejected"] = importing_queries.first_rejected(import_id)
    shown["labels"] = {target.name: target.label for target in targets()}
    for which, counts in (("unread", state.unread), ("linked", state.linked)):
        shown[which] = [(shown["labels"].get(name, name), n) for name, n in sorted(counts.items())]
    shown["years"] = sorted(state.years.items())
    return page(request, "register/import.html", shown, here="imports")


def _mapping_shown(state: ImportState, text: str) -> dict[str, Any]:
    """What the mapping page needs; a mapping that cannot be shown as a form is shown as text alone."""
    shown: dict[str, Any] = {"text": text or state.mapping, "encodings": ENCODINGS, "form": None}
    shown["orders"] = (
        ("day_first", _("day, month, year")),
        ("month_first", _("month, day, year")),
        ("year_first", _("year, month, day")),
    )
    shown["units"] = (
        ("1", _("as it stands")),
        ("1000", _("thousands")),
        ("1000000", _("millions")),
        ("1000000000", _("thousand millions")),
    )
    try:
        mapping = lists.load_mapping(state.mapping)
        shown["form"] = importing_mapping.form_of(mapping, state.looked, targets())
    except lists.MappingRefused as problem:
        shown["refused"] = problem
    return shown


@require_POST
@keepers_only
def correct(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Keep the mapping as the form or the text says; go on when asked to."""
    by = person(request)
    state = importing_queries.import_state(import_id, by=by)
    text = request.POST.get("text", "") if request.POST.get("do") == "text" else ""
    try:
        before = lists.load_mapping(text or state.mapping)
        sent = {name: request.POST.getlist(name) for name in request.POST}
        if text:
            mapping = before
        else:
            mapping = importing_mapping.mapping_from(before, sent, state.looked.get("columns", []), targets())
        importing.save_mapping(import_id, mapping, by=by)
        if request.POST.get("do") == "begin":
            importing.begin(import_id, by=by)
    except PerdureError as problem:
        return _page(request, import_id, problem=problem, text=text)
    if request.POST.get("do") != "begin":
        messages.success(request, _("The mapping is kept. Below is what it makes of the first rows."))
    return redirect("register:import", import_id)


@require_POST
@keepers_only
def read_again(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Read the file another way."""
    header = {"yes": True, "no": False}.get(request.POST.get("header", ""))
    options = {
        "sheet": request.POST.get("sheet") or None,
        "encoding": request.POST.get("encoding") or None,
        "delimiter": {"tab": "\t"}.get(request.POST.get("delimiter", ""), request.POST.get("delimiter"))
        or None,
        "header": header,
        "ours": request.POST.get("ours") == "yes",
    }
    if options["encoding"] not in (None, *ENCODINGS):
        options["encoding"] = None
    importing.look_again(import_id, options=options, by=person(request))
    return redirect("register:import", import_id)


def _acting(act: Callable[..., None]) -> Callable[..., HttpResponse]:
    """A button that does one thing to an import and shows it again."""

    def view(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
        act(import_id, by=person(request))
        return redirect("register:import", import_id)

    return require_POST(keepers_only(view))


begin = _acting(importing.begin)
stop = _acting(importing.stop)
undo = _acting(importing.undo)


@require_POST
@keepers_only
def drop(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Forget a file that nothing was taken from."""
    importing.drop(import_id, by=person(request))
    return redirect("register:imports")


@require_safe
@keepers_only
def mapping_file(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """The mapping as a file, for next year or for another installation."""
    state = importing_queries.import_state(import_id, by=person(request))
    response = HttpResponse(state.mapping, content_type="application/yaml; charset=utf-8")
    name = slugify(f"{state.source}-mapping")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@require_safe
@keepers_only
def rejects(request: HttpRequest, import_id: uuid.UUID) -> FileResponse:
    """The rows that did not come in, whole, with the reason: to be corrected and imported again."""
    state = importing_queries.import_state(import_id, by=person(request))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    importing_directly.write_rejects(import_id, file)
    file.seek(0)
    name = f"{slugify(state.source)}-{slugify(state.name)[:60]}-rejects.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
