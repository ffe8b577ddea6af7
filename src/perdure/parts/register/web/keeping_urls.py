"""Addresses of the register: what keepers do: imports, links, rounds, submissions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from perdure.parts.register.web.keeping_imports import urlpatterns as imports

urlpatterns: list[URLPattern | URLResolver] = [*imports]
