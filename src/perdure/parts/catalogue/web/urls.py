"""Addresses of the studio."""

from __future__ import annotations

from django.urls import path

from perdure.parts.catalogue.web import (
    about,
    boxes,
    comparing,
    deciding,
    editions,
    guidance,
    pictures,
    preview,
    proposals,
    publishing,
    questions,
    review,
    services,
    text,
)

app_name = "studio"
urlpatterns = [
    path("", services.services, name="services"),
    path("compare/", comparing.compare, name="compare"),
    path("uploads/<uuid:upload_id>/", services.upload, name="upload"),
    path("uploads/<uuid:upload_id>/stop/", services.stop, name="stop"),
    path("uploads/<uuid:upload_id>/decide/", deciding.decide, name="decide"),
    path("uploads/<uuid:upload_id>/take/", deciding.take, name="decide-take"),
    path("uploads/<uuid:upload_id>/own/", deciding.make_own, name="decide-own"),
    path("uploads/<uuid:upload_id>/leave/", deciding.leave, name="decide-leave"),
    path("<slug:slug>/", review.review, name="review"),
    path("<slug:slug>/act/", review.act, name="act"),
    path("<slug:slug>/questions/<slug:question_id>/", questions.question, name="question"),
    path("<slug:slug>/leave-out/<slug:page>/", questions.leave_out, name="leave-out"),
    path("<slug:slug>/join/<slug:page>/", questions.join, name="join"),
    path("<slug:slug>/box/", boxes.draw, name="draw"),
    path("<slug:slug>/about/", about.about, name="about"),
    path("<slug:slug>/guidance/", guidance.guidance, name="guidance"),
    path("<slug:slug>/text/", text.text, name="text"),
    path("<slug:slug>/words/", proposals.words, name="words"),
    path("<slug:slug>/words/act/", proposals.act, name="words-act"),
    path("<slug:slug>/preview/", preview.start, name="preview"),
    path("<slug:slug>/preview/end/", preview.end, name="preview-end"),
    path("<slug:slug>/preview/pages/<slug:page>/", preview.page, name="preview-page"),
    path("<slug:slug>/edition/", editions.edition, name="edition"),
    path("<slug:slug>/edition/<uuid:edition_id>/take/", editions.take, name="edition-take"),
    path("<slug:slug>/edition/<uuid:edition_id>/leave/", editions.leave, name="edition-leave"),
    path("<slug:slug>/publish/", publishing.publish, name="publish"),
    path("<slug:slug>/close/", publishing.close, name="close"),
    path("<slug:slug>/reopen/", publishing.reopen, name="reopen"),
    path("<slug:slug>/paper/<int:page>.png", pictures.picture, name="picture"),
]
