"""Forms of sign-in (allauth's, in our words and without placeholders) and of the list of people."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from perdure.foundation.access.api import scheme
from perdure.foundation.accounts.models import Membership, User


class _Plain:
    """A placeholder vanishes when it is needed; labels and hints stay."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class _Code(_Plain):
    words = {"code": _("Code")}
    hints = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].widget.attrs.update({"class": "w10", "autocomplete": "one-time-code"})


class SignIn(_Plain, LoginForm):  # type: ignore[misc]
    words = {"login": _("E-mail address"), "password": _("Password")}


class ConfirmPassword(_Plain, ReauthenticateForm):  # type: ignore[misc]
    words = {"password": _("Password")}


class ChangePassword(_Plain, ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {
        "password1": _("At least 12 characters. Three or four words that only you put together work well.")
    }


class SetPassword(_Plain, SetPasswordForm):  # type: ignore[misc]
    words = {"password1": _("New password"), "password2": _("New password again")}
    hints = ChangePassword.hints


class SecondFactor(_Code, AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmCode(_Code, ReauthenticateByCodeForm):  # type: ignore[misc]
    pass


class SetUpSecondFactor(_Code, ActivateTOTPForm):  # type: ignore[misc]
    hints = {"code": _("Six digits that the app shows now.")}


class AddPerson(forms.Form):
    """A new colleague, or another role for one who is there."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_(
            "A caseworker works on applications and decides. A viewer only reads. "
            "An owner also changes services, publishes and manages people. "
            "A keeper keeps the register of changes, for every service."
        ),
    )
    service = forms.CharField(label=_("At which service"), max_length=80, required=False)
    clearance = forms.ChoiceField(label=_("Sees labels up to"))

    def __init__(self, *args: Any, only_at: frozenset[str] | None = None, **more: Any) -> None:
        """only_at: the services the person who adds may manage; None for every service."""
        super().__init__(*args, **more)
        self.only_at = only_at
        offered = [
            one for one in ROLE_NAMES.items() if only_at is None or one[0] != Membership.Role.KEEPER.value
        ]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
        held = scheme().held()
        self.fields["clearance"].choices = [(one.id, one.title) for one in held]  # type: ignore[attr-defined]
        usual = scheme().rank(User._meta.get_field("clearance").default)
        self.fields["clearance"].initial = held[min(usual or 0, len(held) - 1)].id if held else ""
        if only_at is None:
            self.fields["service"].help_text = _(
                "The service's name in its address. Empty for every service."
            )
        else:
            self.fields["service"].help_text = _("One of: %(names)s") % {"names": ", ".join(sorted(only_at))}

    def clean_service(self) -> str:
        """Somebody who manages one service gives roles there only."""
        service = str(self.cleaned_data["service"]).strip()
        if self.only_at is not None and service not in self.only_at:
            raise forms.ValidationError(_("Choose one of the services that you own."))
        if self.cleaned_data.get("role") == Membership.Role.KEEPER.value and service:
            raise forms.ValidationError(_("A keeper keeps the whole register. Leave this empty."))
        return service


ROLE_NAMES = {
    Membership.Role.CASEWORKER.value: _("Caseworker"),
    Membership.Role.VIEWER.value: _("Viewer"),
    Membership.Role.OWNER.value: _("Owner"),
    Membership.Role.KEEPER.value: _("Keeper of the register"),
}
"""In the order they are offered: the one that is given most often first."""
