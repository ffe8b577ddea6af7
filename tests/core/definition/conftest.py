"""What tests of the definition share: the grant of the examples, and a short way to write a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from perdure.core.definition.api import Definition, Service, compile_service, load_definition

THURSDAY = date(2027, 3, 4)


@pytest.fixture(scope="session")
def grant_text() -> str:
    return (Path(__file__).parent / "home_adaptation_grant.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def grant(grant_text: str) -> Definition:
    return load_definition(grant_text)


@pytest.fixture(scope="session")
def grant_service(grant: Definition) -> Service:
    return compile_service(grant)


HEAD = """\
perdure: 1
id: short
title: A short service
owner: Somebody
review_by: 2030-01-01
currency: GBP
"""


@pytest.fixture(scope="session")
def service_of() -> Callable[[str], Definition]:
    """A service from its pages (and what follows), each question on a page of its own:

    lives_with: choice alone partner | asked when ...
    """

    def build(table: str, rest: str = "") -> Definition:
        pages = []
        for line in filter(str.strip, table.splitlines()):
            asked, _, condition = (part.strip() for part in line.partition("|"))
            name, _, kind = (part.strip() for part in asked.partition(":"))
            kind, *options = kind.split()
            page = [f"- id: {name.replace('_', '-')}"]
            page += [f"  asked_when: '{condition}'"] if condition else []
            page += ["  questions:", f"  - id: {name}", f"    type: {kind}", f"    title: About {name}"]
            page += ["    options:"] if options else []
            page += [f"    - {{value: {option}, title: {option.title()}}}" for option in options]
            pages += page
        return load_definition(f"{HEAD}pages:\n" + "\n".join(pages) + f"\n{rest}")

    return build
