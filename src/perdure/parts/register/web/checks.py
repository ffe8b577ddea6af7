"""Staying-power checks: the form of five minutes, and the profile on the page of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from perdure.core.foresee.api import Instrument
from perdure.foundation.accounts import api as accounts
from perdure.parts.register import checking
from perdure.parts.register.errors import CheckNotFound, CheckRefused
from perdure.parts.register.pictures.profile import Bar, profile
from perdure.parts.register.queries_case import case_shown
from perdure.parts.register.web.common import keepers_only, page


class CheckForm(forms.Form):
    """One question of an instrument after the other; each may be left out."""

    use_required_attribute = False

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        steps = [
            (f"{c.value:g}", f"{c.value:g}: {c.text}" if c.text else f"{c.value:g}") for c in instrument.scale
        ]
        for domain in instrument.domains:
            for number, item in enumerate(domain.items, start=1):
                self.fields[item.key] = forms.ChoiceField(
                    label=item.text
                    or _("%(domain)s, statement %(n)s") % {"domain": domain.title, "n": number},
                    help_text=item.hint,
                    required=False,
                    choices=[*steps, ("", _("I do not know"))],
                    widget=forms.RadioSelect,
                )
        self.fields["note"] = forms.CharField(
            label=_("A note for the next time"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        )

    def domains(self) -> list[tuple[str, list[Any]]]:
        return [(d.title, [self[item.key] for item in d.items]) for d in self.instrument.domains]

    def as_answers(self) -> dict[str, float]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "note" and value != ""}
        return {name: float(value) for name, value in given.items()}


@require_http_methods(["GET", "POST"])
@keepers_only
def check(request: HttpRequest, reference: str, instrument: str) -> HttpResponse:
    """Fill in a check for a case."""
    shown = case_shown(reference, keeper=True)
    known = checking.instruments()
    if instrument not in known:
        raise CheckNotFound
    form = CheckForm(known[instrument], request.POST or None)
    if form.is_valid():
        try:
            checking.keep_check(
                reference=reference,
                instrument=instrument,
                answers=form.as_answers(),
                note=form.cleaned_data["note"],
                by=accounts.person(request),
                at=timezone.now(),
            )
        except CheckRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            messages.success(request, _("The check is kept. Its picture stands below."))
            return redirect("register:case", reference)
    return page(
        request, "register/check_form.html", {"form": form, "case": shown, "instrument": known[instrument]}
    )


def of_case(case: int) -> dict[str, Any]:
    """The block on the page of a case: the newest check as a picture, older ones as lines."""
    kept = checking.checks_of(case)
    return {
        "newest": in_picture(kept[0]) if kept else None,
        "older": [(one, _number(one.profile.overall)) for one in kept[1:]],
        "offered": [(one.key, one.title) for one in checking.instruments().values()],
    }


def in_picture(one: checking.CheckShown) -> dict[str, Any]:
    """A check as its picture, the table behind it, and the advice."""
    highest = max(choice.value for choice in one.instrument.scale)
    words = {
        d.key: _("not answered") if d.raw is None else f"{_number(d.raw)} / {highest:g}"
        for d in one.profile.domains
    }
    weakest = set(one.profile.weakest)
    bars = [Bar(d.title, d.value, words[d.key], d.key in weakest) for d in one.profile.domains]
    return {
        "check": one,
        "picture": profile(bars, title=one.instrument.title),
        "rows": [(d, words[d.key]) for d in one.profile.domains],
        "overall": _number(one.profile.overall),
        "advice": one.profile.advice,
        "weaker_is_higher": one.instrument.higher_is == "weaker",
    }


def _number(value: float | None) -> str:
    return "-" if value is None else str(number_format(value, 1))
