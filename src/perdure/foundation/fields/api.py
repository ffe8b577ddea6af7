"""Fields of staff forms: the line, the text and the day as every part of the house asks for them.

A field with words for what is `wanted` must be filled; these words are shown when it is empty.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["day", "line", "text"]


def line(
    label: Any, hint: Any = "", *, most: int, wanted: Any = "", css: str = "wide", remember: bool = False
) -> forms.CharField:
    """One line of at most so many characters. remember: the browser may offer what was written before."""
    attrs = {"class": css} if remember else {"class": css, "autocomplete": "off"}
    return _filled_with(forms.TextInput(attrs=attrs), label, hint, most, wanted)


def text(
    label: Any, hint: Any = "", *, most: int, wanted: Any = "", rows: int = 2, short: bool = True
) -> forms.CharField:
    """Some lines of at most so many characters. short: a box for a sentence or two, not for a page."""
    attrs: dict[str, Any] = {"rows": rows, "class": "short"} if short else {"rows": rows}
    return _filled_with(forms.Textarea(attrs=attrs), label, hint, most, wanted)


def day(label: Any, hint: Any = "", *, wanted: Any = "") -> forms.DateField:
    """A day, by the browser's own calendar or typed year first."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(wanted),
        error_messages={"required": wanted, "invalid": _("Write the day like 2027-03-04.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w10"}),
    )


def _filled_with(widget: forms.Widget, label: Any, hint: Any, most: int, wanted: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(wanted),
        error_messages={"required": wanted},
        widget=widget,
    )
