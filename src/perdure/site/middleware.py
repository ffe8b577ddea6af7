"""What every request passes, made light for applicants.

Applicants have no session and no account (docs/decisions/003), so their pages pass by the
session, sign-in and messages; and the content security policy, which never varies, is written once.
"""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

APPLICANTS = "/services/"


class ConstantPolicy(CSPMiddleware):
    """The policy of the settings on every response; a view's own change is left to django-csp."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Nothing: no page of ours uses a nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response


def _not_for_applicants(
    middleware: Callable[[GetResponse], GetResponse],
) -> Callable[[GetResponse], GetResponse]:
    def made(get_response: GetResponse) -> GetResponse:
        through = middleware(get_response)

        def passed(request: HttpRequest) -> HttpResponse:
            return (get_response if request.path_info.startswith(APPLICANTS) else through)(request)

        return passed

    return made


session = _not_for_applicants(SessionMiddleware)
authentication = _not_for_applicants(AuthenticationMiddleware)
messages = _not_for_applicants(MessageMiddleware)
