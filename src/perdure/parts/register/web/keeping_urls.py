"""Addresses of the register: what keepers do: imports, links, rounds, submissions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
