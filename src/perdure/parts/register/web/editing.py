"""Keepers' pages about one case: write it in, change it, add evidence, withdraw it and put it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from perdure.foundation.accounts import api as accounts
from perdure.parts.register import keeping
from perdure.parts.register.errors import CaseChanged
from perdure.parts.register.queries_case import case_shown, owner_of
from perdure.parts.register.values_case import CaseShown
from perdure.parts.register.web.case_forms import CaseForm, EvidenceForm, WithdrawForm
from perdure.parts.register.web.common import keepers_only, page


@require_http_methods(["GET", "POST"])
@keepers_only
def add(request: HttpRequest) -> HttpResponse:
    """Write a case in."""
    form = CaseForm(request.POST or None)
    if form.is_valid():
        reference = keeping.add_case(
            form.as_values(),
            technologies=form.as_technologies(),
            by=accounts.person(request),
            at=timezone.now(),
        )
        messages.success(request, _("The case is in the register."))
        return redirect("register:case", reference)
    return page(request, "register/edit.html", {"form": form, "case": None})


@require_http_methods(["GET", "POST"])
@keepers_only
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a case. Somebody else's change in between is shown, and nothing typed is lost."""
    shown = case_shown(reference, keeper=True)
    form = CaseForm(request.POST or None, initial=_initial(shown))
    values: dict[str, Any] = {"form": form, "case": shown, "revision": shown.revision}
    if not form.is_valid():
        return page(request, "register/edit.html", values)
    try:
        changed = keeping.edit_case(
            reference=reference,
            values=form.as_values(),
            technologies=form.as_technologies(),
            revision=_number(request.POST.get("revision", "")),
            by=accounts.person(request),
            at=timezone.now(),
        )
    except CaseChanged as problem:
        form.add_error(None, f"{problem.what} {problem.next_step}")
        differs = [field for field in form if field.name in form.changed_data]
        return page(request, "register/edit.html", {**values, "differs": differs}, status=409)
    messages.success(request, _("Your changes are saved.") if changed else _("Nothing was changed."))
    return redirect("register:case", reference)


@require_http_methods(["GET", "POST"])
@keepers_only
def add_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a piece of evidence with its quote."""
    shown = case_shown(reference, keeper=True)
    form = EvidenceForm(request.POST or None)
    if form.is_valid():
        keeping.add_evidence(
            reference=reference,
            evidence=form.as_evidence(),
            by=accounts.person(request),
            at=timezone.now(),
        )
        messages.success(request, _("The evidence is added."))
        return redirect("register:case", reference)
    return page(request, "register/evidence.html", {"form": form, "case": shown})


@require_POST
@keepers_only
def take_evidence(request: HttpRequest, reference: str, evidence: int) -> HttpResponse:
    """Take a piece of evidence away."""
    keeping.take_evidence(evidence, reference=reference, by=accounts.person(request), at=timezone.now())
    messages.success(request, _("The evidence is taken away. Its words stay on the record."))
    return redirect("register:case", reference)


@require_http_methods(["GET", "POST"])
@keepers_only
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case to nobody but keepers, with the reason."""
    shown = case_shown(reference, keeper=True)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        keeping.withdraw(reference=reference, why=why, by=accounts.person(request), at=timezone.now())
        messages.success(request, _("The case is withdrawn. Only keepers see it now."))
        return redirect("register:case", reference)
    return page(request, "register/withdraw.html", {"form": form, "case": shown})


@require_POST
@keepers_only
def put_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a withdrawn case again."""
    keeping.put_back(reference=reference, by=accounts.person(request), at=timezone.now())
    messages.success(request, _("Everybody sees the case again."))
    return redirect("register:case", reference)


def _initial(shown: CaseShown) -> dict[str, Any]:
    known = {name: getattr(shown, name, "") for name in keeping.EDITABLE}
    technology = ", ".join(shown.technologies)
    return {**known, "technology": technology, **owner_of(shown.id)}


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 10 else -1
