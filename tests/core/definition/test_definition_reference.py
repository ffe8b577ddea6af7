"""What is published about the format is made from the models, and is whole."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from perdure.core.definition.api import json_schema, reference_markdown
from perdure.core.definition.conditions.check import FUNCTIONS
from perdure.core.definition.conditions.parse import RESERVED
from perdure.core.definition.dumping import written_values
from perdure.core.definition.model import QuestionType
from perdure.core.definition.reference import TYPES, models

DOCS = Path(__file__).parents[3] / "docs" / "reference"


def test_every_key_of_the_definition_has_a_description():
    without = [
        f"{model.__name__}.{name}"
        for model in models()
        for name, field in model.model_fields.items()
        if not (field.description or "").strip()
    ]
    assert without == []


def test_every_type_of_question_is_described():
    assert set(TYPES) == set(QuestionType)


def test_the_reference_page_is_the_one_made_from_the_models():
    assert (DOCS / "definition.md").read_text(encoding="utf-8") == reference_markdown()


def test_the_published_schema_is_the_one_made_from_the_models():
    published = json.loads((DOCS / "schema" / "definition.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema()


def test_the_schema_takes_a_definition_and_refuses_an_unknown_key(grant):
    validator = jsonschema.Draft202012Validator(json_schema())
    values = written_values(grant)
    assert [error.message for error in validator.iter_errors(values)] == []
    assert list(validator.iter_errors({**values, "sumary": "x"}))


def test_the_manual_of_conditions_names_every_function_and_reserved_word():
    manual = (DOCS / "conditions.md").read_text(encoding="utf-8")
    assert [name for name in FUNCTIONS if f"`{name}(" not in manual] == []
    assert [word for word in RESERVED if word not in manual] == []
