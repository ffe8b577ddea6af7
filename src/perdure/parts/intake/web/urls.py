"""Addresses of the applicant's side. Our own words come before the pages of a definition."""

from __future__ import annotations

from django.urls import path

from perdure.parts.intake.web import closing, questions, records, starting
from perdure.parts.intake.web.addresses import CHECK, FORGET, LATER, ON, RESULT, SENT

app_name = "intake"
urlpatterns = [
    path("return/", starting.come_back_page, name="return"),
    path("<slug:slug>/", starting.start, name="start"),
    path("<slug:slug>/paper.pdf", starting.paper, name="paper"),
    path(f"<slug:slug>/{ON}/", starting.go_on, name="on"),
    path(f"<slug:slug>/{CHECK}/", closing.check, name="check"),
    path(f"<slug:slug>/{SENT}/", closing.sent, name="sent"),
    path(f"<slug:slug>/{RESULT}/", closing.result, name="result"),
    path(f"<slug:slug>/{LATER}/", closing.later, name="later"),
    path(f"<slug:slug>/{FORGET}/", closing.forget, name="forget"),
    path("<slug:slug>/<slug:page>/", questions.question, name="question"),
    path("<slug:slug>/<slug:page>/<int:number>/", records.record, name="record"),
    path("<slug:slug>/<slug:page>/<int:number>/remove/", records.remove, name="remove"),
]
