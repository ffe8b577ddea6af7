"""Template filter: {{ letter.body|letter_html }}."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from perdure.parts.casework.web import markdown

register = template.Library()


@register.filter
def letter_html(body: str) -> SafeString:
    """The body of a letter as HTML; markdown.letter_html lets no raw HTML through."""
    return mark_safe(markdown.letter_html(body))
