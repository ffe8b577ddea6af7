"""Addresses of the register: forecasts, their scores, and keepers' learning."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import forecasts
from perdure.parts.register.web.blocks import BLOCKS

BLOCKS["forecast"] = forecasts.of_case

urlpatterns: list[URLPattern | URLResolver] = [
    path("forecasts/", forecasts.forecasts, name="forecasts"),
    path("forecasts.csv", forecasts.forecasts_csv, name="forecasts-csv"),
    path("api/forecasts/", forecasts.forecasts_json, name="forecasts-json"),
    path("keep/forecasts/", forecasts.keep, name="keep-forecasts"),
    path("keep/forecasts/<slug:slug>/", forecasts.learn, name="learn-forecast"),
]
