"""The forms of the studio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perdure.core.definition.model import ADDRESS_PARTS, NAME_PARTS, Definition, Page, Question, QuestionType
from perdure.core.kernel.geometry import Box
from perdure.foundation.fields.api import line, text
from perdure.parts.catalogue import words
from perdure.parts.catalogue.editing import About, Drawn, Join, Wish
from perdure.parts.catalogue.review import Card

PARTS_OF = {QuestionType.NAME: NAME_PARTS, QuestionType.ADDRESS: ADDRESS_PARTS}


JOINED = (QuestionType.NAME, QuestionType.ADDRESS, QuestionType.DATE, QuestionType.LONG_TEXT)
"""What several boxes to write in can be together."""


def _what_is_asked(hint: Any = "", *, most: int = 300, remember: bool = True) -> forms.CharField:
    """The words of a question."""
    return line(_("The question"), hint, most=most, wanted=_("Write the question."), remember=remember)


IN_PLAIN_WORDS = _("In plain words, as you would ask it at a counter.")


def _points(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=20_000,
        error_messages={"required": _("Write a number."), "invalid": _("Write a number, like 120.")},
        widget=forms.NumberInput(attrs={"step": "any", "class": "w6"}),
    )


class QuestionForm(forms.Form):
    """One question as its owner writes it."""

    use_required_attribute = False
    title = _what_is_asked(IN_PLAIN_WORDS)
    hint = text(_("Hint"), _("One or two sentences of help, or nothing."), most=1000, short=False)
    type = forms.ChoiceField(label=_("Kind of answer"), choices=[])
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=20000,
        help_text=_("One on a line. Only for a choice."),
        widget=forms.Textarea(attrs={"rows": 6, "data-for": "choice choices"}),
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts that are asked"),
        required=False,
        choices=[],
        help_text=_("A part that has a box on the paper stays."),
        widget=forms.CheckboxSelectMultiple,
    )
    required = forms.BooleanField(label=_("It must be answered"), required=False)
    section = forms.CharField(
        label=_("Part of the form"),
        required=False,
        max_length=120,
        help_text=_("Shown above the question, for example: Your home."),
    )
    page_title = forms.CharField(
        label=_("Heading of the screen"),
        required=False,
        max_length=300,
        help_text=_("This screen asks several questions; the heading names them all."),
        widget=forms.TextInput(attrs={"class": "wide"}),
    )

    def __init__(self, *args: Any, question: Question, several: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(one.value, words.TYPES[one]) for one in QuestionType]
        if question.type in PARTS_OF:
            self.fields["parts"].choices = [(part, words.PARTS[part]) for part in PARTS_OF[question.type]]
        else:
            del self.fields["parts"]
        if not several:
            del self.fields["page_title"]

    @staticmethod
    def of(question: Question, page: Page) -> dict[str, Any]:
        """What the form starts with."""
        return {
            "title": question.title,
            "hint": question.hint,
            "type": question.type.value,
            "options": "\n".join(option.title for option in question.options),
            "parts": list(question.parts),
            "required": question.required,
            "section": page.section,
            "page_title": page.title,
        }

    def clean(self) -> dict[str, Any]:
        """A choice has two answers or more, all different."""
        found = super().clean() or {}
        kind = found.get("type")
        lines = options_in(found.get("options", ""))
        if kind in words.WITH_OPTIONS and len(lines) < 2:
            self.add_error("options", _("Write two answers or more, one on a line."))
        elif len(set(lines)) < len(lines):
            self.add_error("options", _("Two of these answers are the same. Make them different."))
        return found

    def wish(self) -> Wish:
        """What the owner wants the question to be."""
        found = self.cleaned_data
        kind = QuestionType(found["type"])
        return Wish(
            title=found["title"],
            hint=found["hint"],
            type=kind,
            options=tuple(options_in(found["options"])) if kind in words.WITH_OPTIONS else (),
            parts=tuple(found.get("parts", ())),
            required=found["required"],
            section=found["section"],
            page_title=found.get("page_title"),
        )


class JoinForm(forms.Form):
    """Several questions of a screen that are one answer."""

    use_required_attribute = False
    title = _what_is_asked()
    type = forms.ChoiceField(label=_("Kind of answer"), choices=[])

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        ticks = all(question.type is QuestionType.TICK for question in questions)
        kinds = words.WITH_OPTIONS if ticks else JOINED
        self.fields["type"].choices = [(kind.value, words.TYPES[kind]) for kind in kinds]
        if not ticks:
            named = [("", _("One of several lines")), *words.PARTS.items(), *words.DATE_PARTS.items()]
            for question in questions:
                self.fields[f"part-{question.id}"] = forms.ChoiceField(
                    label=question.title, choices=named, required=False, help_text=_("Which part it is.")
                )

    def wish(self) -> Join:
        """What the owner wants the questions to be."""
        found = self.cleaned_data
        parts = tuple(found.get(f"part-{question.id}", "") for question in self.questions)
        return Join(
            questions=tuple(question.id for question in self.questions),
            type=QuestionType(found["type"]),
            title=found["title"],
            parts=parts if any(parts) else (),
        )


class AboutForm(forms.Form):
    """What a service says of itself, on its start page and on every page."""

    use_required_attribute = False
    title = line(
        _("What the service is called"),
        _("As people say it, for example: Home adaptation grant."),
        most=200,
        wanted=_("Write what the service is called."),
        remember=True,
    )
    summary = text(
        _("What it is for"),
        _("A few sentences for the start page: who can apply, what they get, how long it takes."),
        most=4000,
        rows=5,
        short=False,
    )
    phone = forms.CharField(label=_("Phone number for questions"), required=False, max_length=80)
    hours = forms.CharField(label=_("When somebody answers"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("E-mail address for questions"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address like help@example.org.")},
    )
    post = forms.CharField(
        label=_("Postal address"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.CharField(
        label=_("Who answers for the service"),
        max_length=200,
        error_messages={"required": _("Write who answers for the service.")},
    )
    review_by = forms.DateField(
        label=_("Look at it again by"),
        help_text=_("A day like 2027-03-04."),
        error_messages={"required": _("Write a day."), "invalid": _("Write a day like 2027-03-04.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "w10"}),
        input_formats=["%Y-%m-%d"],
    )

    @staticmethod
    def of(definition: Definition) -> dict[str, Any]:
        """What the form starts with."""
        contact = definition.contact
        return {
            "title": definition.title,
            "summary": definition.summary,
            "phone": contact.phone,
            "hours": contact.hours,
            "email": contact.email,
            "post": contact.post,
            "owner": definition.owner,
            "review_by": definition.review_by,
        }

    def wish(self) -> About:
        """What the owner wants the service to say."""
        return About(**self.cleaned_data)


class BoxForm(forms.Form):
    """A box that was missed: where it stands, in points from the top left of the page, and what it asks."""

    use_required_attribute = False
    title = _what_is_asked(IN_PLAIN_WORDS, most=200, remember=False)
    type = forms.ChoiceField(label=_("Kind of answer"), choices=[])
    left = _points(_("From the left"))
    top = _points(_("From the top"))
    width = _points(_("Width"))
    height = _points(_("Height"))
    after = forms.ChoiceField(
        label=_("Its place among the questions"),
        required=False,
        choices=[],
        widget=forms.Select(attrs={"class": "wide"}),
    )

    def __init__(self, *args: Any, cards: Sequence[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in QuestionType if kind not in words.WITH_OPTIONS]
        self.fields["type"].choices = [(kind.value, words.TYPES[kind]) for kind in kinds]
        behind = _("after %(number)s: %(title)s")
        self.fields["after"].choices = [("", _("where it stands on the paper"))] + [
            (card.id, behind % {"number": card.number, "title": card.title}) for card in cards
        ]

    @property
    def place(self) -> list[forms.BoundField]:
        """The four numbers."""
        return [self[name] for name in ("left", "top", "width", "height")]

    @property
    def what(self) -> list[forms.BoundField]:
        """What it asks, and when."""
        return [self[name] for name in ("title", "type", "after")]

    def wish(self, sheet: int) -> Drawn:
        """The box on a page of the paper."""
        found = self.cleaned_data
        left, top = found["left"], found["top"]
        return Drawn(
            sheet=sheet,
            at=Box(left, top, left + found["width"], top + found["height"]),
            title=found["title"],
            type=QuestionType(found["type"]),
            after=found["after"],
        )


class LeaveOutForm(forms.Form):
    """Why a question is not asked."""

    use_required_attribute = False
    reason = line(
        _("Why is it not asked?"),
        _("Colleagues read this beside the paper form, now and later."),
        most=300,
        wanted=_("Write a reason, so that the next person understands."),
        remember=True,
    )


def options_in(text: str) -> list[str]:
    """The answers of a text, one on a line; empty lines do not count."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
