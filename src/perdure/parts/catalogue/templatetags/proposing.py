"""Is there a model to ask for words? For the bar of the studio."""

from __future__ import annotations

from django import template

from perdure.foundation.model import api as model

register = template.Library()


@register.simple_tag
def model_is_on() -> bool:
    """Is a language model set up here?"""
    return model.is_on()
