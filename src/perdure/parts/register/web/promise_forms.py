"""The forms of keepers for commitments and barriers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from perdure.foundation.fields.api import day, line, text
from perdure.parts.register.barriers import HELPED, KINDS, TITLES, NewBarrier, NewStrategy
from perdure.parts.register.commitments import NewCommitment, NewUpdate
from perdure.parts.register.web.case_forms import CaseForm

STANDINGS = {
    "open": _("Being worked on"),
    "kept": _("Kept"),
    "late": _("Late"),
    "dropped": _("Dropped"),
}


class CommitmentForm(forms.Form):
    """A promise."""

    use_required_attribute = False
    who = line(_("Who promises it"), most=200, wanted=_("Write who promises it."))
    what = text(_("What they promise"), most=2000, wanted=_("Write what they promise."))
    by_when = day(_("By when"), wanted=_("Write the day by when."))
    measure = text(
        _("How one will see that it was kept"),
        _("Something that can be counted or shown: half of all applications decided in ten days."),
        most=2000,
        wanted=_("Write how one will see it."),
    )
    reference = line(_("Reference of its case"), _("Leave it empty when it is about no case."), most=24)
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
    says = text(_("What has been done"), most=2000, wanted=_("Write what has been done."))
    url = line(_("Address of the evidence"), most=500)

    clean_url = CaseForm.clean_url

    def as_update(self) -> NewUpdate:
        return NewUpdate(**{name: self.cleaned_data[name] for name in self.fields})


class BarrierForm(forms.Form):
    """Something that stands in the way."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What kind"), error_messages={"required": _("Choose a kind.")})
    says = text(_("What stands in the way"), most=2000, wanted=_("Write what stands in the way."))
    warning = forms.BooleanField(label=_("It is a warning sign, not yet the thing itself"), required=False)
    quote = text(_("Quote"), _("The words it was seen in."), most=5000)
    place = line(_("Where that stands"), _("Report and page, or minute of a recording."), most=300)
    seen_on = day(_("Seen on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(kind, _now(title)) for kind, title in TITLES.items()]
        self.fields["kind"].choices = titles  # type: ignore[attr-defined]

    def as_barrier(self) -> NewBarrier:
        return NewBarrier(**{name: self.cleaned_data[name] for name in self.fields})


class StrategyForm(forms.Form):
    """What was tried against a barrier."""

    use_required_attribute = False
    says = text(_("What was tried"), most=2000, wanted=_("Write what was tried."))
    kind = forms.ChoiceField(
        label=_("What kind of thing was it?"),
        required=False,
        help_text=_("So that it can be counted across the register."),
    )
    helped = forms.ChoiceField(label=_("Did it help?"), required=False, widget=forms.RadioSelect)
    evidence = text(_("What shows it"), _("Source and quote."), most=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(value, _now(title)) for value, title in KINDS.items()]
        self.fields["kind"].choices = [("", _now("Not said")), *kinds]  # type: ignore[attr-defined]
        self.fields["helped"].choices = [(value, _now(title)) for value, title in HELPED.items()]  # type: ignore[attr-defined]

    def as_strategy(self) -> NewStrategy:
        return NewStrategy(**{name: self.cleaned_data[name] for name in self.fields})
