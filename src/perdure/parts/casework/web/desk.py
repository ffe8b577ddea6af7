"""Pages of the desk that show: the list, a case, its paper and its letters. Every look is on the record."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from perdure.foundation.access import api as access
from perdure.foundation.access.api import Act
from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.api import staff_required
from perdure.foundation.problems.api import keeps_calm, problem_page
from perdure.parts.casework import actions, papers, queries
from perdure.parts.casework.errors import CaseNotFound, PaperNotMade
from perdure.parts.casework.values import CaseRow
from perdure.parts.casework.web import words
from perdure.parts.casework.web.case_page import Told, case_page
from perdure.parts.casework.web.filters import filter_form, filters_from, page_number

calm = keeps_calm(CaseNotFound, gettext_lazy("No case found"))


@require_safe
@staff_required
@calm
def case_list(request: HttpRequest) -> HttpResponse:
    """The desk: what matters today, and the cases this person may see."""
    person, today = accounts.person(request), timezone.localdate()
    filters = filters_from(request.GET)
    found = queries.case_list(person, filters, page=page_number(request.GET))
    told = queries.figures(person, today=today, now=timezone.now())
    values = {
        "part": "desk",
        "cards": words.figure_cards(told),
        "figures": told,
        "form": filter_form(filters, found, request.GET),
        "found": found,
        "may_see_any": bool(access.services_visible(person, Act.SEE_CASES)),
        "rows": [(row, *_row_words(row, today)) for row in found.rows],
    }
    return render(request, "casework/desk.html", values)


def _row_words(row: CaseRow, today: date) -> tuple[words.Tag, str, str, str]:
    return (
        words.state_tag(row.state, effect=row.effect, holder=_("you") if row.mine else row.holder),
        _("clock stopped") if row.paused_on else words.due(row, today),
        words.due_tone(row, today),
        words.label_title(row.label),
    )


@require_safe
@staff_required
@calm
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case. Opening it is recorded, and it is read from now on."""
    actions.look(reference=reference, by=accounts.person(request), at=timezone.now())
    return case_page(request, reference)


@require_POST
@staff_required
@calm
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """The case with its sensitive answers in full, once; asking for them is recorded."""
    actions.look_closer(
        reference=reference, what="sensitive-revealed", by=accounts.person(request), at=timezone.now()
    )
    return case_page(request, reference, Told(reveal=True))


@require_safe
@staff_required
@calm
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The original form, filled in."""
    try:
        pdf = papers.filled_paper(reference=reference, by=accounts.person(request))
    except PaperNotMade as problem:
        return problem_page(request, problem, status=404, heading=_("No paper form to show"))
    return pdf_answer(pdf, f"{reference}.pdf")


@require_safe
@staff_required
@calm
def paper_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The pages of the filled form as pictures."""
    try:
        count = papers.paper_pictures(reference=reference, by=accounts.person(request))
    except PaperNotMade as problem:
        return problem_page(request, problem, status=404, heading=_("No paper form to show"))
    values = {"part": "desk", "reference": reference, "pages": range(1, count + 1)}
    return render(request, "casework/paper.html", values)


@require_safe
@staff_required
@calm
def paper_picture(request: HttpRequest, reference: str, page: int) -> HttpResponse:
    """One page of the filled form."""
    picture = papers.paper_picture(page, reference=reference, by=accounts.person(request))
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_required
@calm
def letter(request: HttpRequest, reference: str, letter: int) -> HttpResponse:
    """A letter of the case as a PDF."""
    actions.look_closer(
        reference=reference, what="letter-seen", by=accounts.person(request), at=timezone.now()
    )
    pdf, subject = papers.letter_pdf(letter, reference=reference)
    return pdf_answer(pdf, f"{reference}-{slugify(subject)[:40] or 'letter'}.pdf")


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser, kept nowhere on the way."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
