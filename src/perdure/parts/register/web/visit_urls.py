"""Addresses of the register: looking at the addresses of cases."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import visits
from perdure.parts.register.web.blocks import BLOCKS

BLOCKS["visits"] = visits.of_case

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/", visits.about, name="visits-about"),
    path("keep/addresses/", visits.keep, name="visits"),
    path("keep/addresses/turn/", visits.turn, name="turn-visits"),
]
