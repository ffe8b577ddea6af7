"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from perdure.parts.casework.web import acts, desk

app_name = "desk"
urlpatterns = [
    path("", desk.case_list, name="list"),
    path("next/", acts.take_next, name="next"),
    path("cases/<str:reference>/", desk.case, name="case"),
    path("cases/<str:reference>/take/", acts.take, name="take"),
    path("cases/<str:reference>/hand-over/", acts.hand_over, name="hand-over"),
    path("cases/<str:reference>/ask/", acts.ask, name="ask"),
    path("cases/<str:reference>/note/", acts.note, name="note"),
    path("cases/<str:reference>/decide/", acts.decide, name="decide"),
    path("cases/<str:reference>/reveal/", desk.reveal, name="reveal"),
    path("cases/<str:reference>/paper.pdf", desk.paper, name="paper"),
    path("cases/<str:reference>/paper/", desk.paper_preview, name="paper-preview"),
    path("cases/<str:reference>/paper-<int:page>.png", desk.paper_picture, name="paper-picture"),
    path("cases/<str:reference>/letters/<int:letter>.pdf", desk.letter, name="letter"),
]
