"""Changing one question, and leaving one out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from perdure.core.definition.model import Question
from perdure.foundation.access.api import Act, require
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import editing, listing
from perdure.parts.catalogue.errors import ServiceNotFound, StaleDraft
from perdure.parts.catalogue.listing import OpenDraft
from perdure.parts.catalogue.review import Card
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.forms import JoinForm, LeaveOutForm, QuestionForm
from perdure.parts.catalogue.web.place import Place, place_from, view_of
from perdure.parts.catalogue.web.review import going_on, reviewed
from perdure.parts.catalogue.web.sheet import sheet_of


@studio_page
def question(request: HttpRequest, slug: str, question_id: str) -> HttpResponse:
    """One question as a form. What was typed stays on the page until it is saved."""
    draft, card, asked = _find(request, slug, question_id)
    start = QuestionForm.of(asked, card.page)
    typed = _in_place(request.POST, start) if "in_place" in request.POST else request.POST
    form = QuestionForm(typed or None, initial=start, question=asked, several=card.several)
    stale = None
    if form.is_valid():
        revision = whole_number(request.POST.get("revision"), otherwise=0)
        try:
            editing.rewrite(slug, card.id, question_id, form.wish(), by=person(request), revision=revision)
        except StaleDraft as found:
            stale = found
        except editing.EditRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            return redirect(place_from(slug, request.POST).at_card(_card_now(request, slug, question_id)).url)
    more = {"form": form, "question": asked, "stale": stale}
    return _page(request, "catalogue/question.html", draft, card, more)


@studio_page
def leave_out(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """Leave a screen, or some of its questions, out with a reason."""
    require(person(request), Act.EDIT_DRAFT, service=slug)
    draft = listing.open_draft(slug, by=person(request))
    card = reviewed(draft).card(page)
    if card is None:
        raise ServiceNotFound
    form = LeaveOutForm(request.POST or None)
    chosen = [
        one.id for one in card.questions if not card.several or one.id in request.POST.getlist("question")
    ]
    stale = None
    if form.is_valid() and _some(form, chosen):
        revision = whole_number(request.POST.get("revision"), otherwise=0)
        reason = form.cleaned_data["reason"]
        try:
            editing.leave_out(slug, card.id, chosen, reason, by=person(request), revision=revision)
        except StaleDraft as found:
            stale = found
        except editing.EditRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            place = place_from(slug, request.POST).at_card(card.id)
            return redirect(_still_there(request, place).url)
    more = {"form": form, "chosen": chosen, "stale": stale}
    return _page(request, "catalogue/leave_out.html", draft, card, more)


@studio_page
def join(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """Make one answer of the questions of a screen: ticks a choice, boxes a name, an address or a date."""
    require(person(request), Act.EDIT_DRAFT, service=slug)
    draft = listing.open_draft(slug, by=person(request))
    card = reviewed(draft).card(page)
    if card is None or not card.several:
        raise ServiceNotFound
    form = JoinForm(request.POST or None, questions=card.questions, initial={"title": card.title})
    stale = None
    if form.is_valid():
        revision = whole_number(request.POST.get("revision"), otherwise=0)
        try:
            editing.join(slug, page, form.wish(), by=person(request), revision=revision)
        except StaleDraft as found:
            stale = found
        except editing.EditRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            return redirect(place_from(slug, request.POST).at_card(page).url)
    return _page(request, "catalogue/join.html", draft, card, {"form": form, "stale": stale})


def _in_place(posted: QueryDict, start: dict[str, Any]) -> dict[str, Any]:
    """What was typed on the card: some of the fields; the others stay as they are."""
    return start | {name: posted[name] for name in ("title", "type") if name in posted}


def _some(form: forms.Form, chosen: list[str]) -> bool:
    if not chosen:
        form.add_error(None, _("Choose at least one question."))
    return bool(chosen)


def _find(request: HttpRequest, slug: str, question_id: str) -> tuple[OpenDraft, Card, Question]:
    who = person(request)
    require(who, Act.EDIT_DRAFT, service=slug)
    draft = listing.open_draft(slug, by=who)
    card = reviewed(draft).card_of_question(question_id)
    if card is None:
        raise ServiceNotFound
    return draft, card, next(one for one in card.questions if one.id == question_id)


def _still_there(request: HttpRequest, place: Place) -> Place:
    """The card in hand if it still asks something, else the next that nobody accepted."""
    laid_out = reviewed(listing.open_draft(place.slug, by=person(request)))
    return place if laid_out.card(place.at) else going_on(laid_out, place)


def _card_now(request: HttpRequest, slug: str, question_id: str) -> str:
    card = reviewed(listing.open_draft(slug, by=person(request))).card_of_question(question_id)
    return card.id if card else ""


def _page(
    request: HttpRequest, template: str, draft: OpenDraft, card: Card, more: dict[str, Any]
) -> HttpResponse:
    """A form beside the page of the paper that its boxes stand on."""
    laid_out = reviewed(draft)
    asked = request.POST if request.method == "POST" else request.GET
    view = view_of(laid_out, place_from(draft.slug, asked).at_card(card.id))
    stale: StaleDraft | None = more.get("stale")
    kept = whole_number(request.POST.get("revision"), otherwise=draft.revision)
    paper = laid_out.definition.paper
    shown = {
        "part": "studio",
        "draft": draft,
        "card": card,
        "place": view.place,
        "view": view,
        "sheet": sheet_of(laid_out, view.sheet, card.id),
        "sheets": range(1, len(paper.pages) + 1) if paper else (),
        "revision": stale.revision if stale else kept,
        **more,
    }
    return render(request, template, shown)
