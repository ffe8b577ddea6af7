"""The pages of allauth that we use, under the names allauth knows, and our own beside them.

Sign-up, e-mail changes and password resets by e-mail are not offered: staff are invited, and
an owner or the operator makes a sign-in link for whoever forgot a password.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from perdure.foundation.accounts.web import own, people


def not_offered(request: HttpRequest) -> HttpResponse:
    """allauth wants these names; there is no page."""
    raise Http404


urlpatterns = [
    path("me/", own.account, name="my_account"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.one_person, name="one_person"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", own.choose_password, name="account_set_password"),
    path("2fa/", own.to_account, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", own.set_up_second_factor, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    *(
        path(f"no/{name}/", not_offered, name=name)
        for name in (
            "account_signup",
            "account_reset_password",
            "account_email",
            "account_request_login_code",
        )
    ),
]
