"""Addresses of the register: search, cases, comparing, collections, map and timeline."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import (
    cases,
    collections,
    compare,
    editing,
    find,
    keep,
    mine,
    over_time,
    world,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", find.find, name="find"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("compare/", compare.compare, name="compare"),
    path("like-mine/", mine.like_mine, name="like-mine"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("map/", world.world, name="map"),
    path("map.csv", world.world_csv, name="map-csv"),
    path("timeline/", over_time.timeline, name="timeline"),
    path("timeline.csv", over_time.timeline_csv, name="timeline-csv"),
    path("keep/", keep.keep, name="keep"),
    path("keep/cases/new/", editing.add, name="add-case"),
    path("keep/cases/<str:reference>/", editing.edit, name="edit"),
    path("keep/cases/<str:reference>/evidence/", editing.add_evidence, name="add-evidence"),
    path(
        "keep/cases/<str:reference>/evidence/<int:evidence>/take/",
        editing.take_evidence,
        name="take-evidence",
    ),
    path("keep/cases/<str:reference>/withdraw/", editing.withdraw, name="withdraw"),
    path("keep/cases/<str:reference>/put-back/", editing.put_back, name="put-back"),
    path("keep/collections/new/", collections.add, name="add-collection"),
    path("keep/collections/<slug:slug>/", collections.change, name="change-collection"),
]
