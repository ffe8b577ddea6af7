"""Addresses of the register: rounds of questions and what owners answer."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from perdure.parts.register.web import follow
from perdure.parts.register.web.blocks import BLOCKS

BLOCKS["follow_up"] = follow.of_case

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/<str:token>/", follow.answer, name="answer"),
    path("keep/rounds/", follow.rounds, name="rounds"),
    path("keep/rounds/new/", follow.open_round, name="open-round"),
    path("keep/rounds/<int:round_>/", follow.round_page, name="round"),
    path("keep/rounds/<int:round_>/write/", follow.write_again, name="write-again"),
    path("keep/cases/<str:reference>/answer/", follow.note, name="note-answer"),
]
