"""Forms of the follow-up: a round of questions, and an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from perdure.parts.register import labels
from perdure.parts.register.following import NewAnswer, NewRound
from perdure.parts.register.values_find import CaseFilters

SAYS = {
    "running": _("Yes, it is running as described"),
    "changed": _("Yes, but it has changed"),
    "ended": _("No, it has ended"),
    "normal": _("It became part of normal work"),
}


def _day(label: Any, *, wanted: Any = "", hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(wanted),
        error_messages={"required": wanted, "invalid": _("Write the day like 2027-03-04.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w10"}),
    )


class RoundForm(forms.Form):
    """A round of questions to owners."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Name of this round"),
        max_length=200,
        help_text=_("For yourselves, such as: spring 2027."),
        error_messages={"required": _("Give the round a name.")},
        widget=forms.TextInput(attrs={"class": "wide"}),
    )
    closes_on = _day(_("Last day for answers"), wanted=_("Write the last day for answers."))
    remind_after_days = forms.IntegerField(
        label=_("Days until a reminder"),
        min_value=1,
        max_value=90,
        initial=7,
        error_messages={"required": _("Write a number of days."), "invalid": _("Write a number of days.")},
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "numeric"}),
    )

    def as_round(self, filters: CaseFilters, address: str) -> NewRound:
        return NewRound(filters=filters, address=address, **self.cleaned_data)


class AnswerForm(forms.Form):
    """Whether a change is still running. Nothing but the first question has to be answered."""

    use_required_attribute = False
    says = forms.ChoiceField(
        label=_("Is it still running?"),
        choices=list(SAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
    ended_on = _day(
        _("When did it end, or become normal work?"), hint=_("Leave it empty when you do not know.")
    )
    ending = forms.ChoiceField(
        label=_("If it ended: how?"), required=False, help_text=_("Only when it has ended.")
    )
    why = forms.CharField(
        label=_("Why, or what changed?"),
        required=False,
        max_length=5000,
        help_text=_("A sentence is enough. It is shown in the register."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(value, labels.title_of("ending", value)) for value in ("ended_well", "ended_badly")]
        self.fields["ending"].choices = [("", gettext("Not said")), *known]  # type: ignore[attr-defined]

    def as_answer(self) -> NewAnswer:
        return NewAnswer(**self.cleaned_data)
