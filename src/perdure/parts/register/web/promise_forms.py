"""The forms of keepers for commitments and barriers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from perdure.parts.register.barriers import HELPED, TITLES, NewBarrier, NewStrategy
from perdure.parts.register.commitments import NewCommitment, NewUpdate
from perdure.parts.register.web.case_forms import CaseForm

STANDINGS = {
    "open": _("Being worked on"),
    "kept": _("Kept"),
    "late": _("Late"),
    "dropped": _("Dropped"),
}


def _words(
    label: Any, wanted: Any, hint: Any = "", *, most: int = 2000, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        error_messages={"required": wanted},
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )


def _line(label: Any, hint: Any = "", *, most: int = 300, wanted: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(wanted),
        help_text=hint,
        error_messages={"required": wanted},
        widget=forms.TextInput(attrs={"class": "wide", "autocomplete": "off"}),
    )


def _day(label: Any, *, wanted: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(wanted),
        error_messages={"required": wanted, "invalid": _("Write the day like 2027-03-04.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w10"}),
    )


class CommitmentForm(forms.Form):
    """A promise."""

    use_required_attribute = False
    who = _line(_("Who promises it"), most=200, wanted=_("Write who promises it."))
    what = _words(_("What they promise"), _("Write what they promise."))
    by_when = _day(_("By when"), wanted=_("Write the day by when."))
    measure = _words(
        _("How one will see that it was kept"),
        _("Write how one will see it."),
        _("Something that can be counted or shown: half of all applications decided in ten days."),
    )
    reference = _line(_("Reference of its case"), _("Leave it empty when it is about no case."), most=24)
    public = forms.BooleanField(label=_("Show it to everybody"), required=False, initial=True)

    def as_commitment(self) -> NewCommitment:
        return NewCommitment(**{name: self.cleaned_data[name] for name in self.fields})


class UpdateForm(forms.Form):
    """How a promise stands now."""

    use_required_attribute = False
    standing = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=list(STANDINGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands.")},
    )
    says = _words(_("What has been done"), _("Write what has been done."))
    url = _line(_("Address of the evidence"), most=500)

    clean_url = CaseForm.clean_url

    def as_update(self) -> NewUpdate:
        return NewUpdate(**{name: self.cleaned_data[name] for name in self.fields})


class BarrierForm(forms.Form):
    """Something that stands in the way."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What kind"), error_messages={"required": _("Choose a kind.")})
    says = _words(_("What stands in the way"), _("Write what stands in the way."))
    warning = forms.BooleanField(label=_("It is a warning sign, not yet the thing itself"), required=False)
    quote = _words(_("Quote"), "", _("The words it was seen in."), most=5000, required=False)
    place = _line(_("Where that stands"), _("Report and page, or minute of a recording."))
    seen_on = _day(_("Seen on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(kind, _now(title)) for kind, title in TITLES.items()]
        self.fields["kind"].choices = titles  # type: ignore[attr-defined]

    def as_barrier(self) -> NewBarrier:
        return NewBarrier(**{name: self.cleaned_data[name] for name in self.fields})


class StrategyForm(forms.Form):
    """What was tried against a barrier."""

    use_required_attribute = False
    says = _words(_("What was tried"), _("Write what was tried."))
    helped = forms.ChoiceField(label=_("Did it help?"), required=False, widget=forms.RadioSelect)
    evidence = _words(_("What shows it"), "", _("Source and quote."), most=5000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helped"].choices = [(value, _now(title)) for value, title in HELPED.items()]  # type: ignore[attr-defined]

    def as_strategy(self) -> NewStrategy:
        return NewStrategy(**{name: self.cleaned_data[name] for name in self.fields})
