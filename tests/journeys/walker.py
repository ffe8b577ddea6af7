"""A stranger's script that fills in any service over HTTP: it knows HTML, and nothing of Perdure.

It reads each page as a browser without JavaScript would, answers every input by its type, inputmode,
length and options, and goes on until a page says `<main data-reference="...">`. What it typed is kept
by the name of the input, so that a test can look for it on the paper afterwards.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from bs4 import BeautifulSoup, Tag

WORDS = [
    "Amber",
    "Birch",
    "Cedar",
    "Dune",
    "Elder",
    "Fern",
    "Grove",
    "Heath",
    "Iris",
    "Juniper",
    "Kelp",
    "Larch",
    "Maple",
    "Nettle",
    "Oak",
    "Poplar",
]


class Stuck(AssertionError):
    """The service did not let the walker go on."""


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def typed_for(control: Tag) -> str:
    """Something a person could type into this control, the same at every run and nearly unique in a form."""
    name = str(control.get("name", ""))
    length = int(str(control.get("maxlength") or 200))
    seed = _number(name)
    mode, kind = str(control.get("inputmode", "")), str(control.get("type", "text"))
    if name.endswith("-day"):
        return str(1 + seed % 28)
    if name.endswith("-month"):
        return str(1 + seed % 12)
    if name.endswith("-year"):
        return str(1950 + seed % 50)
    if kind == "email" or mode == "email":
        return f"p{seed % 9999}@example.org"
    if kind == "tel" or mode == "tel":
        return f"020 7946 0{seed % 1000:03d}"[:length]
    if mode in {"numeric", "decimal"} or kind == "number":
        low, high = control.get("min"), control.get("max")
        value = (
            10 ** min(length - 1, 2) + seed % (9 * 10 ** min(length - 1, 2)) if length > 1 else 1 + seed % 9
        )
        value = max(value, int(float(str(low)))) if low else value
        return str(min(value, int(float(str(high)))) if high else value)
    word = f"{WORDS[seed % 16]}{seed % 97}"
    return word[:length]


@dataclass
class Walk:
    """One application from the start page to the receipt. typed: input name -> what was sent there."""

    base: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(follow_redirects=True, timeout=60))
    typed: dict[str, list[str]] = field(default_factory=dict)
    pages: int = 0
    reference: str = ""

    def go(self, start: str, *, most: int = 1500) -> str:
        """Walk from the start page to the receipt and return the reference. Raises Stuck."""
        answer = self.client.get(urljoin(self.base, start))
        seen: dict[str, int] = {}
        for _ in range(most):
            self._must_be_a_page(answer)
            soup = BeautifulSoup(answer.text, "html.parser")
            main = soup.find("main")
            assert isinstance(main, Tag)
            if main.get("data-reference"):
                self.reference = str(main["data-reference"])
                return self.reference
            where = str(answer.url)
            seen[where] = seen.get(where, 0) + 1
            if seen[where] > 60:
                raise Stuck(f"{where} comes back again and again: {self._problems(main)}")
            if problems := self._problems(main):
                raise Stuck(f"{where} refused: {problems}")
            answer = self._send(main, where, visit=seen[where])
            self.pages += 1
        raise Stuck(f"no receipt after {most} pages")

    @staticmethod
    def _problems(main: Tag) -> str:
        summary = main.find(class_="summary-of-errors")
        return " ".join(summary.get_text(" ").split()) if isinstance(summary, Tag) else ""

    @staticmethod
    def _must_be_a_page(answer: httpx.Response) -> None:
        if answer.status_code != 200:
            raise Stuck(f"{answer.url} answered {answer.status_code}: {answer.text[:300]}")

    def _send(self, main: Tag, where: str, *, visit: int) -> httpx.Response:
        forms = [form for form in main.find_all("form") if str(form.get("method", "")).lower() == "post"]
        if not forms:
            raise Stuck(f"{where} has no form to go on with")
        form = max(forms, key=lambda one: len(one.find_all(["input", "textarea", "select"])))
        data = self._filled(form, visit)
        button = form.find("button", attrs={"name": True}) or form.find(
            "input", attrs={"type": "submit", "name": True}
        )
        plain = [one for one in form.find_all("button") if not one.get("name")]
        if isinstance(button, Tag) and not plain:
            data[str(button["name"])] = [str(button.get("value", ""))]
        return self.client.post(
            urljoin(where, str(form.get("action") or where)), data=data, headers={"Referer": where}
        )

    def _filled(self, form: Tag, visit: int) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for control in form.find_all(["input", "textarea", "select"]):
            name, kind = str(control.get("name") or ""), str(control.get("type", "text"))
            if (
                not name
                or control.has_attr("disabled")
                or kind in {"submit", "button", "file", "image", "reset"}
            ):
                continue
            if kind == "hidden":
                data[name] = [str(control.get("value", ""))]
            elif kind in {"radio", "checkbox"}:
                continue
            elif control.name == "select":
                options = [str(one.get("value", one.text)) for one in control.find_all("option")]
                data[name] = [next((one for one in options if one), "")]
            else:
                data[name] = [typed_for(control)]
        self._pick(form, data, visit)
        for name, values in data.items():
            if name != "csrfmiddlewaretoken":
                self.typed[name] = values
        return data

    def _pick(self, form: Tag, data: dict[str, list[str]], visit: int) -> None:
        groups: dict[str, list[Tag]] = {}
        for control in form.find_all("input", attrs={"type": ["radio", "checkbox"]}):
            if control.get("name") and not control.has_attr("disabled"):
                groups.setdefault(str(control["name"]), []).append(control)
        for name, controls in groups.items():
            values = [str(one.get("value", "on")) for one in controls]
            if controls[0].get("type") == "radio":
                # The last answer at a second visit: "no" to "add another?", so that a list ends.
                data[name] = [values[-1] if visit > 1 else values[_number(name) % len(values)]]
            else:
                data[name] = [value for value in values if _number(name + value) % 2 == 0] or [values[0]]
