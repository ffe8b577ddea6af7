"""Addresses of the register: staying-power checks, what people sent in, and pictures of many lives."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import checks, living, sent_in
from perdure.parts.register.web.blocks import BLOCKS

BLOCKS["check"] = checks.of_case

urlpatterns: list[URLPattern | URLResolver] = [
    path("keep/cases/<str:reference>/check/<slug:instrument>/", checks.check, name="check"),
    path("keep/sent-in/", sent_in.sent_in, name="submissions"),
    path("keep/sent-in/<str:reference>/", sent_in.decide, name="decide"),
    path("learnt/", living.learnt, name="learnt"),
    path("pictures/", living.living, name="pictures"),
    path("pictures/lives.csv", living.living_csv, name="lives-csv"),
    path("pictures/stages/", living.stages, name="stages"),
    path("pictures/stages.csv", living.stages_csv, name="stages-csv"),
]
