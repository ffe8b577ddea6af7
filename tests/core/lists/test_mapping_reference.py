"""The reference of mappings names every key and code that exists, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perdure.core.lists import mapping
from perdure.core.lists.api import Mapper, dump_mapping, load_mapping, load_targets

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "mapping.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "src" / "perdure" / "core" / "lists").glob("*.py"))
PARTS = [
    mapping.Mapping,
    mapping.Key,
    mapping.Rule,
    mapping.Condition,
    mapping.DateReading,
    mapping.MoneyReading,
]


@pytest.mark.parametrize("part", PARTS)
def test_every_key_of_a_mapping_is_on_the_page(part):
    assert [name for name in part.model_fields if f"`{name}`" not in PAGE and f"`{name}:" not in PAGE] == []


def test_every_code_of_a_note_and_of_a_rejected_row_is_on_the_page():
    code = re.compile(r'"((?:date|money|choice|country|yes-no|url|key)\.[a-z-]+)"')
    found = {each for path in SOURCES for each in code.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 10
    assert sorted(each for each in found if f"`{each}`" not in PAGE) == []


def test_the_example_is_a_mapping_that_works():
    example = load_mapping(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0])
    targets = load_targets(
        (ROOT / "src/perdure/parts/register/mappings/targets.yaml").read_text(encoding="utf-8")
    )
    columns = [name for rules in example.fields.values() for rule in rules for name in rule.columns]
    Mapper(example, targets, [*columns, "date_retired"])
    assert load_mapping(dump_mapping(example)) == example
