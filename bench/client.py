"""A person without a browser: keeps cookies and the connection, follows redirects, posts what pages ask."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.S)
REFERENCE = re.compile(r'<main[^>]* data-reference="([^"]+)"')

TYPED = {
    "name": {"name-given": "Ada", "name-family": "Byron"},
    "born": {"born-day": "10", "born-month": "12", "born-year": "1985"},
    "address": {
        "home-line1": "1 High St",
        "home-line2": "",
        "home-town": "Leeds",
        "home-postcode": "LS1 1AA",
    },
    "tenure": {"tenure": "council"},
    "savings": {"savings": "1200"},
    "difficulty": {"difficulty": "I cannot get up the stairs without somebody to hold me."},
}


class Person:
    """One applicant after another on one connection. requests: how many were made."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.requests = 0

    def journey(self, start: str) -> str:
        """From the start page to the receipt; returns the reference. Raises AssertionError when it fails."""
        self.cookies.clear()
        at, page = self._get(start)
        for _step in range(30):
            found = REFERENCE.search(page)
            if found:
                return found[1]
            at, page = self._post(at, page)
        raise AssertionError(f"no receipt; stuck at {at}: {page[:2000]}")

    def _get(self, at: str) -> tuple[str, str]:
        return self._follow(at, *self._ask("GET", at, None))

    def _post(self, at: str, page: str) -> tuple[str, str]:
        main = MAIN.search(page)
        token = TOKEN.search(main[1]) if main else None
        assert token, f"{at} has no form: {page[:2000]}"
        typed = TYPED.get(at.rstrip("/").rsplit("/", 1)[-1], {})
        body = urlencode({"csrfmiddlewaretoken": token[1], **typed})
        return self._follow(at, *self._ask("POST", at, body))

    def _follow(self, at: str, status: int, location: str, page: str) -> tuple[str, str]:
        for _hop in range(5):
            if status not in {301, 302, 303}:
                assert status == 200, f"{at} answered {status}: {page[:2000]}"
                return at, page
            parts = urlsplit(location)
            at = parts.path + (f"?{parts.query}" if parts.query else "")
            status, location, page = self._ask("GET", at, None)
        raise AssertionError(f"{at} redirects for ever")

    def _ask(self, method: str, at: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Accept-Language": "en"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, at, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.requests += 1
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page
