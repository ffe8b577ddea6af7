"""Addresses of the floor."""

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("", views.start),
    path("check/", views.check),
    path("sent/", views.sent),
    path("<slug:page>/", views.question),
]
