"""Numbers in templates as people read them."""

from __future__ import annotations

from django import template

from perdure.parts.register.web.common import count

register = template.Library()
register.filter("grouped", count)
