"""Addresses of the register: search, cases, comparing, collections, map and timeline."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
