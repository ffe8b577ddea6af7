"""The forms of keepers: a case, a piece of evidence, a collection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perdure.parts.register import labels
from perdure.parts.register.countries import COUNTRIES
from perdure.parts.register.keeping import EDITABLE, NewEvidence
from perdure.parts.register.values_case import safe_address

_DAY = {"invalid": _("Write the day like 2027-03-04.")}


def _line(label: Any, most: int, hint: Any = "", css: str = "wide") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=hint,
        widget=forms.TextInput(attrs={"class": css, "autocomplete": "off"}),
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        error_messages=_DAY,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w10"}),
    )


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


class CaseForm(forms.Form):
    """One case as a keeper writes it."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Title"),
        max_length=500,
        error_messages={"required": _("Write a title.")},
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    summary = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=20_000,
        help_text=_("What people had to do before, and what they do now."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    for_whom = _line(_("For whom"), 300)
    organisation = _line(_("Organisation"), 300)
    unit = _line(_("Team or office"), 300)
    country = _choice(_("Country"))
    level = _choice(_("Level of government"))
    area = _choice(_("Policy area"))
    kind = _line(_("Kind of change"), 120)
    technology = _line(_("Technology"), 1000, _("Several with commas between them."))
    stage = _choice(_("Stage"))
    status = _choice(_("Still running?"))
    ending = _choice(_("How it ended"))
    started = _day(_("Began"))
    review_due = _day(_("Review due"))
    planned_end = _day(_("Planned end"))
    ended = _day(_("Ended"))
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
    currency = _line(_("Currency"), 3, _("Three letters, like EUR."), "w4")
    url = _line(_("Address"), 500, _("Where one can read about it."))
    owner_email = forms.EmailField(
        label=_("E-mail of the owner"),
        required=False,
        help_text=_("Asked whether it is still running. Never shown to the public."),
        error_messages={"invalid": _("Write the address like name@example.org.")},
        widget=forms.EmailInput(attrs={"class": "wide"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = sorted(COUNTRIES.items(), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("Not known")), *countries]
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
    says = forms.CharField(
        label=_("What it shows"),
        max_length=2000,
        help_text=_("In one sentence: the service still runs; it was closed in May."),
        error_messages={"required": _("Write what it shows.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        max_length=5000,
        help_text=_("The words of the source, as they stand there."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    title = _line(_("Source"), 300, _("Title of the report, page or recording."))
    url = _line(_("Address of the source"), 500)
    place = _line(_("Where in it"), 120, _("Page, paragraph, or minute of a recording."))

    clean_url = CaseForm.clean_url

    def as_evidence(self) -> NewEvidence:
        return NewEvidence(**{name: self.cleaned_data[name].strip() for name in self.fields})


class WithdrawForm(forms.Form):
    """Why a case is shown no more."""

    use_required_attribute = False
    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("It stays on the record. Keepers still see the case and can put it back."),
        error_messages={"required": _("Write why.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )


class CollectionForm(forms.Form):
    """A collection of cases."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Write a title.")},
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    about = forms.CharField(
        label=_("What holds them together"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    references = forms.CharField(
        label=_("Cases"),
        required=False,
        max_length=20_000,
        help_text=_("One reference on a line. It stands below the title on the page of the case."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    public = forms.BooleanField(label=_("Show it to everybody"), required=False, initial=True)

    def as_references(self) -> list[str]:
        return self.cleaned_data["references"].replace(",", " ").split()
