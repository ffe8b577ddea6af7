"""Addresses of the register: search, cases, comparing, collections, map and timeline."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import cases, compare, find, keep

urlpatterns: list[URLPattern | URLResolver] = [
    path("", find.find, name="find"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("compare/", compare.compare, name="compare"),
    path("keep/", keep.keep, name="keep"),
]
