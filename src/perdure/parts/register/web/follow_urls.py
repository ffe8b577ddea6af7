"""Addresses of the register: answers of owners, checks, forecasts, barriers, commitments, submissions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
