"""An applicant for tests: opens pages, types into them, reads what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from perdure.parts.intake.models import Application


@dataclass
class Page:
    """What came back. at: its address after redirects, without the query."""

    status: int
    at: str
    query: str
    soup: BeautifulSoup

    @property
    def main(self) -> Tag:
        found = self.soup.main
        assert found is not None, self.soup.get_text()[:500]
        return found

    @property
    def heading(self) -> str:
        return " ".join(self.main.h1.get_text().split()) if self.main.h1 else ""

    @property
    def title(self) -> str:
        return self.soup.title.get_text() if self.soup.title else ""

    @property
    def words(self) -> str:
        return " ".join(self.main.get_text(" ").split())

    @property
    def errors(self) -> list[str]:
        return [link.get_text() for link in self.main.select(".summary-of-errors a")]

    @property
    def caption(self) -> str:
        found = self.main.select_one("p.caption")
        return " ".join(found.get_text().split()) if found else ""

    @property
    def back(self) -> str:
        found = self.main.select_one("a.back")
        return str(found["href"]) if found else ""

    @property
    def last(self) -> str:
        """The last part of the address: the page's id."""
        return self.at.rstrip("/").rsplit("/", 1)[-1]

    def input(self, name: str) -> Tag:
        found = self.main.find(["input", "textarea", "select"], attrs={"name": name})
        assert isinstance(found, Tag), f"no input {name} at {self.at}"
        return found

    def answers(self) -> dict[str, str]:
        """Question -> answer on check your answers or the receipt."""
        rows = self.main.select("dl.answers > div")
        return {
            row.dt.get_text(): " ".join(row.dd.get_text(" ").split()) for row in rows if row.dt and row.dd
        }


@dataclass
class Applicant:
    """Somebody with a browser of their own."""

    slug: str
    client: Client = field(default_factory=Client)

    def start(self) -> Page:
        return self.post("")

    def get(self, page: str = "", **query: str) -> Page:
        return _page(self.client.get(self.address(page), query, follow=True))

    def post(self, page: str, typed: dict[str, Any] | None = None, *, query: str = "") -> Page:
        return _page(self.client.post(self.address(page) + query, typed or {}, follow=True))

    def address(self, page: str) -> str:
        return f"/services/{self.slug}/{page}/" if page else f"/services/{self.slug}/"

    @property
    def row(self) -> Application:
        """The newest application for the service."""
        return Application.objects.filter(service=self.slug).latest("started_at")


def _page(response: Any) -> Page:
    request = response.request
    return Page(
        response.status_code,
        request["PATH_INFO"],
        request["QUERY_STRING"],
        BeautifulSoup(response.content, "html.parser"),
    )
