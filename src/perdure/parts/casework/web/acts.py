"""What is done on the desk: take, hand over, ask, note, decide. Web words in, domain words through."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import NotAllowed, Person
from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.api import staff_required
from perdure.parts.casework import actions
from perdure.parts.casework.drafts import preview_letter
from perdure.parts.casework.errors import CaseChanged, CaseDecided, CaseNotFound, NoCaseWaits
from perdure.parts.casework.web.case_page import Told, Typed, case_page
from perdure.parts.casework.web.desk import calm


@require_POST
@staff_required
@calm
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the case that is due soonest, and open it."""
    try:
        reference = actions.take_next(by=accounts.person(request), at=timezone.now())
    except NoCaseWaits as problem:
        messages.info(request, f"{problem.what} {problem.next_step}")
        return redirect("desk:list")
    return redirect("desk:case", reference)


@require_POST
@staff_required
@calm
def take(request: HttpRequest, reference: str) -> HttpResponse:
    def act(by: Person) -> str:
        actions.take(reference=reference, by=by, at=timezone.now())
        return _("The case is yours.")

    return _acted(request, reference, Typed("take"), act)


@require_POST
@staff_required
@calm
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    typed = Typed("hand-over", text=request.POST.get("text", ""), to=request.POST.get("to", ""))

    def act(by: Person) -> str:
        actions.hand_over(reference=reference, to=typed.to, words=typed.text, by=by, at=timezone.now())
        return _("The case is handed over.") if typed.to else _("The case is free for everybody again.")

    return _acted(request, reference, typed, act)


@require_POST
@staff_required
@calm
def note(request: HttpRequest, reference: str) -> HttpResponse:
    typed = Typed("note", text=request.POST.get("text", ""))

    def act(by: Person) -> str:
        actions.add_note(reference=reference, text=typed.text, by=by, at=timezone.now())
        return _("Your note is saved.")

    return _acted(request, reference, typed, act)


@require_POST
@staff_required
@calm
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    typed = Typed("ask", text=request.POST.get("text", ""))

    def act(by: Person) -> str:
        actions.ask_for_more(
            reference=reference, text=typed.text, by=by, at=timezone.now(), revision=_revision(request)
        )
        return _("Your question is on the applicant’s status page, and the clock has stopped.")

    return _acted(request, reference, typed, act)


@require_POST
@staff_required
@calm
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide, or (with the button "See the letter first") only look at what would go out."""
    typed = Typed(
        "decide",
        text=request.POST.get("reason", ""),
        outcome=request.POST.get("outcome", ""),
        rules=tuple(request.POST.getlist("rule")),
    )
    if request.POST.get("do") == "preview":
        return _preview(request, reference, typed)

    def act(by: Person) -> str:
        actions.decide(
            reference=reference,
            outcome=typed.outcome,
            reason=typed.text,
            rules_named=typed.rules,
            by=by,
            at=timezone.now(),
            revision=_revision(request),
        )
        return _("The case is decided, and the letter is on the applicant’s status page.")

    return _acted(request, reference, typed, act)


def _preview(request: HttpRequest, reference: str, typed: Typed) -> HttpResponse:
    try:
        letter = preview_letter(
            reference=reference,
            outcome=typed.outcome,
            reason=typed.text,
            rules_named=typed.rules,
            by=accounts.person(request),
            day=timezone.localdate(),
        )
    except CaseNotFound:
        raise
    except PerdureError as problem:
        return case_page(request, reference, Told(problem, typed))
    return case_page(request, reference, Told(typed=typed, preview=letter))


def _acted(request: HttpRequest, reference: str, typed: Typed, act: Callable[[Person], str]) -> HttpResponse:
    """Do it and say so; or show the case again with the refusal and everything that was typed."""
    try:
        said = act(accounts.person(request))
    except CaseNotFound:
        raise
    except PerdureError as problem:
        status = {CaseChanged: 409, CaseDecided: 409, NotAllowed: 403}.get(type(problem), 200)
        return case_page(request, reference, Told(problem, typed, status=status))
    messages.success(request, said)
    return redirect("desk:case", reference)


def _revision(request: HttpRequest) -> int | None:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
