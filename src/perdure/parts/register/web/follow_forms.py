"""Forms of the follow-up: a round of questions, and an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from perdure.foundation.fields.api import day, line, text
from perdure.parts.register import labels
from perdure.parts.register.following import NewAnswer, NewRound
from perdure.parts.register.values_find import CaseFilters

SAYS = {
    "running": _("Yes, it is running as described"),
    "changed": _("Yes, but it has changed"),
    "ended": _("No, it has ended"),
    "normal": _("It became part of normal work"),
}


class RoundForm(forms.Form):
    """A round of questions to owners."""

    use_required_attribute = False
    title = line(
        _("Name of this round"),
        _("For yourselves, such as: spring 2027."),
        most=200,
        wanted=_("Give the round a name."),
        remember=True,
    )
    closes_on = day(_("Last day for answers"), wanted=_("Write the last day for answers."))
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
    ended_on = day(_("When did it end, or become normal work?"), _("Leave it empty when you do not know."))
    ending = forms.ChoiceField(
        label=_("If it ended: how?"), required=False, help_text=_("Only when it has ended.")
    )
    why = text(
        _("Why, or what changed?"), _("A sentence is enough. It is shown in the register."), most=5000, rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(value, labels.title_of("ending", value)) for value in ("ended_well", "ended_badly")]
        self.fields["ending"].choices = [("", gettext("Not said")), *known]  # type: ignore[attr-defined]

    def as_answer(self) -> NewAnswer:
        return NewAnswer(**self.cleaned_data)
