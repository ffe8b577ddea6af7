"""Commitments: the public list and page, and how keepers write them and say how they stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from perdure.foundation.accounts import api as accounts
from perdure.parts.register import commitments
from perdure.parts.register.errors import CaseNotFound
from perdure.parts.register.web.common import calm, keepers_only, keeps, page, page_number
from perdure.parts.register.web.promise_forms import CommitmentForm, UpdateForm

STANDINGS = {
    "open": gettext_noop("Being worked on"),
    "kept": gettext_noop("Kept"),
    "late": gettext_noop("Late"),
    "dropped": gettext_noop("Dropped"),
    "silent": gettext_noop("Silent"),
}
TONES = {"open": "", "kept": "go", "late": "wait", "dropped": "stop", "silent": "wait"}


def in_words(one: commitments.CommitmentShown) -> dict[str, object]:
    """A promise with its standing in words and the tone of its tag."""
    said = [(_(STANDINGS[update.standing]), update) for update in one.updates]
    return {"one": one, "standing": _(STANDINGS[one.standing]), "tone": TONES[one.standing], "updates": said}


def of_case(case: int) -> list[dict[str, object]] | None:
    """The block on the page of a case."""
    return [in_words(one) for one in commitments.of_case(case, now=timezone.now())] or None


@require_safe
@calm
def promises(request: HttpRequest) -> HttpResponse:
    """Promises, the next due first, of one standing or all."""
    standing = request.GET.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    number = page_number(request.GET.get("page", ""))
    shown, more = commitments.commitment_list(
        now=timezone.now(), standing=standing, keeper=keeps(request), page=number
    )
    values = {
        "commitments": [in_words(one) for one in shown],
        "more": more,
        "number": number,
        "standing": standing,
        "standings": [(value, _(title)) for value, title in STANDINGS.items()],
    }
    return page(request, "register/commitments.html", values, here="commitments")


@require_safe
@calm
def promise(request: HttpRequest, commitment: int) -> HttpResponse:
    """One promise with its history."""
    shown = commitments.commitment_shown(commitment, now=timezone.now(), keeper=keeps(request))
    return page(request, "register/commitment.html", in_words(shown), here="commitments")


@require_http_methods(["GET", "POST"])
@keepers_only
def add(request: HttpRequest) -> HttpResponse:
    """Write a promise down."""
    form = CommitmentForm(request.POST or None, initial={"reference": request.GET.get("case", "")})
    if form.is_valid():
        try:
            made = commitments.promise(form.as_commitment(), by=accounts.person(request), at=timezone.now())
        except CaseNotFound as problem:
            form.add_error("reference", f"{problem.what} {problem.next_step}")
        else:
            messages.success(request, _("The commitment is written down."))
            return redirect("register:commitment", made)
    return page(request, "register/commitment_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@keepers_only
def update(request: HttpRequest, commitment: int) -> HttpResponse:
    """Say how a promise stands."""
    shown = commitments.commitment_shown(commitment, now=timezone.now(), keeper=True)
    form = UpdateForm(request.POST or None, initial={"standing": shown.said})
    if form.is_valid():
        commitments.say_how_it_stands(
            commitment, form.as_update(), by=accounts.person(request), at=timezone.now()
        )
        messages.success(request, _("It is written down how it stands."))
        return redirect("register:commitment", commitment)
    return page(request, "register/commitment_update.html", {"form": form, **in_words(shown)})
