"""Following up: rounds of questions for keepers, and the page on which an owner answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perdure.foundation.accounts import api as accounts
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import following, labels, queries_following, queries_visits
from perdure.parts.register.errors import RoundRefused
from perdure.parts.register.queries_case import case_shown
from perdure.parts.register.values_find import CaseFilters
from perdure.parts.register.web import visits
from perdure.parts.register.web.common import calm, keepers_only, page, page_number
from perdure.parts.register.web.filters import address_of, filters_from
from perdure.parts.register.web.follow_forms import SAYS, AnswerForm, RoundForm


def of_case(case: int) -> dict[str, Any] | None:
    """The block on the page of a case: what people said of it, and whom we wait for."""
    known = queries_following.follow_up_of(case)
    if known is None:
        return None
    said = [(SAYS[one.says], labels.title_of("ending", one.ending), one) for one in known.answers]
    return {"answers": said, "asked_at": known.asked_at, "closes_on": known.closes_on}


@require_safe
@keepers_only
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds of questions, newest first."""
    number = page_number(request.GET.get("page", ""))
    shown, more = queries_following.round_list(page=number)
    return page(request, "register/rounds.html", {"rounds": shown, "number": number, "more": more})


@require_http_methods(["GET", "POST"])
@keepers_only
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round over the cases that the address names by its filters."""
    filters = filters_from(request.GET)
    form = RoundForm(request.POST or None)
    if form.is_valid():
        new = form.as_round(filters, request.build_absolute_uri("/"))
        try:
            made = following.open_round(new, by=accounts.person(request), at=timezone.now())
        except RoundRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            return redirect("register:round", made)
    values = {"form": form, "chosen": _chosen(filters), "query": address_of(filters)}
    return page(request, "register/round_form.html", values)


def _chosen(filters: CaseFilters) -> list[tuple[str, str]]:
    named = [(labels.group_title(g), labels.title_of(g, v)) for g, v in filters.groups().items() if v]
    return [*([(_("Words"), filters.text)] if filters.text else []), *named]


@require_safe
@keepers_only
def round_page(request: HttpRequest, round_: int) -> HttpResponse:
    """How a round stands: who answered what, who is silent, who could not be reached."""
    number = page_number(request.GET.get("page", ""))
    shown, asks, more = queries_following.round_shown(round_, page=number)
    progress = jobs.progress(shown.progress) if shown.progress else None
    hints = queries_visits.main_addresses([one.case for one in asks])
    values = {
        "round": shown,
        "asks": [_in_words(one, hints.get(one.case)) for one in asks],
        "number": number,
        "more": more,
        "progress": progress,
        "open": timezone.localdate() < shown.closes_on,
    }
    return page(request, "register/round.html", values)


def _in_words(
    one: queries_following.AskShown, seen: queries_visits.AddressShown | None
) -> tuple[queries_following.AskShown, str, str, str]:
    """An ask, the answer, the language, and the hint of its address where it does not answer."""
    language = str(dict(settings.LANGUAGES).get(one.language, one.language))
    return (
        one,
        str(SAYS.get(one.says, "")),
        language,
        visits.in_words(seen) if seen and seen.bad_since else "",
    )


@require_POST
@keepers_only
def write_again(request: HttpRequest, round_: int) -> HttpResponse:
    """Remind those who are silent for long enough."""
    queries_following.round_shown(round_)
    due = following.remind(now=timezone.now(), round_=round_)
    messages.success(
        request,
        _("We are writing to those who have not answered.") if due else _("Nobody is due a reminder."),
    )
    return redirect("register:round", round_)


@require_http_methods(["GET", "POST"])
@calm
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The owner's page, in the language of the message unless they chose another.

    Opening it changes nothing: programs open links before people do.
    """
    asked = queries_following.asked_by(token)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with override(chosen if chosen in dict(settings.LANGUAGES) else asked.language or get_language()):
        return _answer(request, token, asked)


def _answer(request: HttpRequest, token: str, asked: queries_following.Asked) -> HttpResponse:
    form = AnswerForm(request.POST or None, initial={"says": request.GET.get("says", asked.says)})
    if form.is_valid():
        following.answer_by_link(token, form.as_answer(), at=timezone.now())
        values = {"asked": asked, "says": SAYS[form.cleaned_data["says"]]}
        return page(request, "register/answered.html", values)
    values = {"form": form, "asked": asked, "said": SAYS.get(asked.says, "")}
    return page(request, "register/answer.html", values)


@require_http_methods(["GET", "POST"])
@keepers_only
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Note what was heard of a case."""
    shown = case_shown(reference, keeper=True)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        following.note_answer(
            reference=reference, answer=form.as_answer(), by=accounts.person(request), at=timezone.now()
        )
        messages.success(request, _("The answer is noted."))
        return redirect("register:case", reference)
    return page(request, "register/answer_note.html", {"form": form, "case": shown})
