"""Small services that catalogue tests start from."""

from __future__ import annotations

import pytest

GRANT = """\
perdure: 1
id: {id}
title: Garden grant
summary: Money for a garden.
owner: Parks team
review_by: 2027-01-31
pages:
  - id: name
    questions:
      - {{id: name, type: name, title: What is your name?, parts: [given, family], required: true}}
  - id: size
    questions:
      - {{id: size, type: whole_number, title: {size_title}, confidence: 0.55}}
"""


def grant(id: str = "garden-grant", size_title: str = "How big is your garden?") -> str:
    """A definition file with two questions, one of them read unsurely."""
    return GRANT.format(id=id, size_title=f'"{size_title}"')


@pytest.fixture
def garden(db: None) -> str:
    """A drafted service, not yet published. Gives its slug."""
    from perdure.parts.catalogue import api as catalogue

    return catalogue.add_from_definition(grant(), by="system:test")
