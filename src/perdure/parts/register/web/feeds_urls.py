"""Addresses of the register: feeds, lists for other programs, and what was still listed."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
