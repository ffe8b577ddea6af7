"""Addresses of the status pages."""

from __future__ import annotations

from django.urls import path

from perdure.parts.casework.web import status

app_name = "status"
urlpatterns = [
    path("", status.find, name="find"),
    path("<str:reference>/", status.status, name="status"),
    path("<str:reference>/reply/", status.reply, name="reply"),
    path("<str:reference>/answers/", status.answers, name="answers"),
    path("<str:reference>/letters/<int:letter>.pdf", status.letter, name="letter"),
]
