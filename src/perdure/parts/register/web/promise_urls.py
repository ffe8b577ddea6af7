"""Addresses of the register: commitments and barriers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import in_the_way, promises
from perdure.parts.register.web.blocks import BLOCKS

BLOCKS["commitments"] = promises.of_case
BLOCKS["barriers"] = in_the_way.of_case

urlpatterns: list[URLPattern | URLResolver] = [
    path("commitments/", promises.promises, name="commitments"),
    path("commitments/<int:commitment>/", promises.promise, name="commitment"),
    path("keep/commitments/new/", promises.add, name="add-commitment"),
    path("keep/commitments/<int:commitment>/", promises.update, name="update-commitment"),
    path("barriers/", in_the_way.across, name="barriers"),
    path("barriers/tried.csv", in_the_way.tried_csv, name="tried-csv"),
    path("barriers.csv", in_the_way.across_csv, name="barriers-csv"),
    path("keep/cases/<str:reference>/barrier/", in_the_way.add, name="add-barrier"),
    path("keep/barriers/<int:barrier>/tried/", in_the_way.add_strategy, name="add-strategy"),
    path("keep/barriers/<int:barrier>/over/", in_the_way.over, name="barrier-over"),
]
