"""One-time sign-in links."""

from __future__ import annotations

from django.urls import path

from perdure.foundation.accounts.web import views

app_name = "accounts"
urlpatterns = [path("<str:token>/", views.sign_in_with_link, name="link")]
