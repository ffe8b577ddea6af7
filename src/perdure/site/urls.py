"""Every address of the site, part by part."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("perdure.site.pages.urls")),
    path("accounts/", include("perdure.foundation.accounts.web.account_urls")),
    path("sign-in/", include("perdure.foundation.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("services/", include("perdure.parts.intake.web.urls")),
    path("status/", include("perdure.parts.casework.web.status_urls")),
    path("studio/", include("perdure.parts.catalogue.web.urls")),
    path("desk/", include("perdure.parts.casework.web.urls")),
    path("register/", include("perdure.parts.register.web.urls")),
]

handler400 = "perdure.site.problems.bad_request"
handler403 = "perdure.site.problems.not_allowed"
handler404 = "perdure.site.problems.not_found"
handler500 = "perdure.site.problems.server_error"
