"""Addresses of the register: feeds, lists for other programs, and what was still listed."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import feeds, listed

urlpatterns: list[URLPattern | URLResolver] = [
    path("listed/", listed.listed, name="listed"),
    path("listed.csv", listed.listed_csv, name="listed-csv"),
    path("passed-later/", listed.passed, name="passed"),
    path("passed-later.csv", listed.passed_csv, name="passed-csv"),
    path("api/", feeds.about, name="api"),
    path("api/openapi.json", feeds.openapi, name="openapi"),
    path("api/listed/", listed.listed_json, name="listed-json"),
    path("api/passed-later/", listed.passed_json, name="passed-json"),
    path("api/cases/", feeds.cases, name="api-cases"),
    path("api/cases/<str:reference>/", feeds.case, name="api-case"),
    path("api/lists/", feeds.lists, name="api-lists"),
    path("feed.json", feeds.feed, name="feed"),
    path("cases.csv", feeds.cases_csv, name="cases-csv"),
    path("catalogue.jsonld", feeds.catalogue_jsonld, name="catalogue-jsonld"),
    path("catalogue.ttl", feeds.catalogue_turtle, name="catalogue-ttl"),
    path("embed/", feeds.embed, name="embed"),
]
