"""A definition edited as text."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from perdure.core.definition.api import DefinitionError, Problem
from perdure.foundation.access.api import Act, may
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import drafting, listing
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number


@studio_page
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The definition as YAML. What was typed stays on the page until it can be saved."""
    if request.method != "POST":
        return _show(request, slug)
    typed = request.POST.get("definition", "").replace("\r\n", "\n")
    revision = whole_number(request.POST.get("revision"), otherwise=0)
    try:
        drafting.replace_text(slug, typed, by=person(request), revision=revision)
    except DefinitionError as refusal:
        return _show(request, slug, typed=typed, revision=revision, problems=refusal.problems)
    except StaleDraft as stale:
        return _show(request, slug, typed=typed, revision=stale.revision, stale=stale)
    messages.success(request, _("Saved."), extra_tags="go")
    return redirect("studio:text", slug)


def _show(
    request: HttpRequest,
    slug: str,
    *,
    typed: str | None = None,
    revision: int | None = None,
    problems: Sequence[Problem] = (),
    stale: StaleDraft | None = None,
) -> HttpResponse:
    who = person(request)
    draft = listing.open_draft(slug, by=who)
    lines = (draft.text if typed is None else typed).splitlines()
    shown = {
        "part": "studio",
        "draft": draft,
        "typed": draft.text if typed is None else typed,
        "revision": draft.revision if revision is None else revision,
        "problems": [(one, _line(lines, one.line)) for one in problems],
        "stale": stale,
        "may_edit": may(who, Act.EDIT_DRAFT, service=slug),
    }
    return render(request, "catalogue/text.html", shown)


def _line(lines: Sequence[str], number: int) -> str:
    """The text of a line, so that it can be found without counting."""
    return lines[number - 1].strip()[:120] if 0 < number <= len(lines) else ""
