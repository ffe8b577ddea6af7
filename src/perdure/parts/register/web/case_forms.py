"""The forms of keepers: a case, a piece of evidence, a collection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from perdure.foundation.fields.api import day, line, text
from perdure.parts.register import labels
from perdure.parts.register.countries import COUNTRIES
from perdure.parts.register.country_names import sorted_names
from perdure.parts.register.keeping import NewEvidence
from perdure.parts.register.values_case import EDITABLE, safe_address


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


class CaseForm(forms.Form):
    """One case as a keeper writes it."""

    use_required_attribute = False
    title = line(_("Title"), most=500, wanted=_("Write a title."), remember=True)
    summary = text(
        _("What changed"),
        _("What people had to do before, and what they do now."),
        most=20_000,
        rows=6,
        short=False,
    )
    for_whom = line(_("For whom"), most=300)
    organisation = line(_("Organisation"), most=300)
    unit = line(_("Team or office"), most=300)
    country = _choice(_("Country"))
    level = _choice(_("Level of government"))
    area = _choice(_("Policy area"))
    kind = line(_("Kind of change"), most=120)
    technology = line(_("Technology"), _("Several with commas between them."), most=1000)
    stage = _choice(_("Stage"))
    status = _choice(_("Still running?"))
    ending = _choice(_("How it ended"))
    started = day(_("Began"))
    review_due = day(_("Review due"))
    planned_end = day(_("Planned end"))
    ended = day(_("Ended"))
    cost = forms.DecimalField(
        label=_("Cost, whole life"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        help_text=_("In whole units, not in thousands."),
        error_messages={"invalid": _("Write a number, like 1200000.")},
        widget=forms.TextInput(attrs={"class": "w10", "inputmode": "decimal"}),
    )
    currency = line(_("Currency"), _("Three letters, like EUR."), most=3, css="w4")
    url = line(_("Address"), _("Where one can read about it."), most=500)
    owner_email = forms.EmailField(
        label=_("E-mail of the owner"),
        required=False,
        help_text=_("Asked whether it is still running. Never shown to the public."),
        error_messages={"invalid": _("Write the address like name@example.org.")},
        widget=forms.EmailInput(attrs={"class": "wide"}),
    )

    owner_language = forms.ChoiceField(
        label=_("Language of the owner"),
        required=False,
        help_text=_("In which they are written to."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [("", _("Guessed from the country")), *settings.LANGUAGES]
        self.fields["owner_language"].choices = spoken
        self.fields["country"].choices = [("", _("Not known")), *sorted_names()]
        for name, known in (("level", labels.LEVELS), ("stage", labels.STAGES), ("ending", labels.ENDINGS)):
            self.fields[name].choices = [("", _("Not known")), *_titled(name, known)]
        self.fields["area"].choices = [("", _("Not known")), *_titled("area", labels.AREAS)]
        self.fields["status"].choices = _titled("status", labels.STATUSES)
        country = self.initial.get("country")
        if country and country not in COUNTRIES:
            self.fields["country"].choices.append((country, country))

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if url and not safe_address(url):
            raise forms.ValidationError(_("Write the address whole, beginning with https://."))
        return url

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_status(self) -> str:
        return str(self.cleaned_data["status"] or "unknown")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        began, ended = values.get("started"), values.get("ended")
        if began and ended and ended < began:
            self.add_error("ended", _("It cannot have ended before it began."))
        return values

    def as_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE}

    def as_technologies(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["technology"].split(",") if one.strip()]


def _titled(group: str, known: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, labels.title_of(group, value)) for value in known]


class EvidenceForm(forms.Form):
    """Something that bears out what is said of a case."""

    use_required_attribute = False
    says = text(
        _("What it shows"),
        _("In one sentence: the service still runs; it was closed in May."),
        most=2000,
        wanted=_("Write what it shows."),
    )
    quote = text(
        _("Quote"), _("The words of the source, as they stand there."), most=5000, rows=4, short=False
    )
    title = line(_("Source"), _("Title of the report, page or recording."), most=300)
    url = line(_("Address of the source"), most=500)
    place = line(_("Where in it"), _("Page, paragraph, or minute of a recording."), most=120)

    clean_url = CaseForm.clean_url

    def as_evidence(self) -> NewEvidence:
        return NewEvidence(**{name: self.cleaned_data[name].strip() for name in self.fields})


class WithdrawForm(forms.Form):
    """Why a case is shown no more."""

    use_required_attribute = False
    why = text(
        _("Why"),
        _("It stays on the record. Keepers still see the case and can put it back."),
        most=500,
        wanted=_("Write why."),
    )


class CollectionForm(forms.Form):
    """A collection of cases."""

    use_required_attribute = False
    title = line(_("Title"), most=200, wanted=_("Write a title."), remember=True)
    about = text(_("What holds them together"), most=5000, rows=4, short=False)
    references = text(
        _("Cases"),
        _("One reference on a line. It stands below the title on the page of the case."),
        most=20_000,
        rows=8,
        short=False,
    )
    public = forms.BooleanField(label=_("Show it to everybody"), required=False, initial=True)

    def as_references(self) -> list[str]:
        return self.cleaned_data["references"].replace(",", " ").split()
