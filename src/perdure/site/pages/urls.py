"""The first page, and the two pages that every footer names."""

from __future__ import annotations

from django.urls import path

from perdure.site.pages import suggesting, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("register/suggest/", suggesting.suggest, name="suggest"),
    path("privacy/", views.privacy, name="privacy"),
]
