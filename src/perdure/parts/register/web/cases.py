"""The page of one case: everything that is known of it, and where each piece comes from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perdure.parts.register import labels, similar
from perdure.parts.register.queries_case import case_shown, value_in_words
from perdure.parts.register.values_case import CaseShown
from perdure.parts.register.web.blocks import BLOCKS
from perdure.parts.register.web.common import calm, keeps, page
from perdure.parts.register.web.find import status_in_words, tone_of

_FACTS = (
    ("for_whom", "kind", "stage", "stage_raw"),
    ("started", "review_due", "planned_end", "ended"),
    ("cost", "rating", "outcome", "outcome_later", "assessed_on"),
    ("organisation", "unit", "country", "level", "area"),
)


@require_safe
@calm
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case. One that turned out to be another points on to that one."""
    shown = case_shown(reference, keeper=keeps(request))
    if shown.merged and "as-it-was" not in request.GET:
        return redirect("register:case", shown.merged)
    values = {
        "case": shown,
        "status": status_in_words(shown.status, shown.ending, shown.known_in),
        "tone": tone_of(shown.status, shown.known_in),
        "facts": facts(shown),
        "like": similar.like_case(shown.id, most=5),
        "seen": _seen(shown),
        "country": labels.country_name(shown.country),
        **{name: block(shown.id) for name, block in BLOCKS.items()},
    }
    return page(request, "register/case.html", values, here="find")


def facts(shown: CaseShown) -> list[list[tuple[str, str]]]:
    """The fields that are known, in words, in groups."""
    groups = []
    for names in _FACTS:
        pairs = [(labels.field_title(name), _fact(shown, name)) for name in names]
        groups.append([pair for pair in pairs if pair[1]])
    if shown.technologies:
        groups[0].append((labels.field_title("technology"), ", ".join(shown.technologies)))
    return [group for group in groups if group]


def _fact(shown: CaseShown, name: str) -> str:
    value = getattr(shown, name)
    if name == "cost" and value is not None:
        return value_in_words(name, f"{value} {shown.currency}")
    return value_in_words(name, value)


def _seen(shown: CaseShown) -> str:
    """In which years lists named it, in words."""
    if shown.first_listed is None:
        return ""
    if shown.first_listed == shown.last_listed:
        return _("Listed in %(year)s") % {"year": shown.first_listed}
    return _("Listed from %(first)s to %(last)s") % {"first": shown.first_listed, "last": shown.last_listed}
