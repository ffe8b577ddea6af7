"""Addresses of the register: finding here; feeds, keeping and following up beside it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from perdure.parts.register.web.check_urls import urlpatterns as checks
from perdure.parts.register.web.feeds_urls import urlpatterns as feeds
from perdure.parts.register.web.find_urls import urlpatterns as find
from perdure.parts.register.web.follow_urls import urlpatterns as follow
from perdure.parts.register.web.forecast_urls import urlpatterns as forecasts
from perdure.parts.register.web.keeping_urls import urlpatterns as keeping
from perdure.parts.register.web.promise_urls import urlpatterns as promises
from perdure.parts.register.web.visit_urls import urlpatterns as visits

app_name = "register"
urlpatterns: list[URLPattern | URLResolver] = [
    *find,
    *feeds,
    *follow,
    *keeping,
    *promises,
    *checks,
    *forecasts,
    *visits,
]
