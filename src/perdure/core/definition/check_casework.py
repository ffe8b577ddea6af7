"""Errors in casework, letters and guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perdure.core.definition.check_questions import twice
from perdure.core.definition.findings import Finding
from perdure.core.definition.model import Definition
from perdure.core.definition.model_words import listed, nearest

OWN_LETTERS = ("approved", "refused", "withdrawn")
"""Letters that casework writes itself where a definition has none with that id."""

FILLED_IN = ("reference", "service", "reason", "date")
_PLACE = re.compile(r"\{([^{}\n]{1,80})\}")


def casework_errors(definition: Definition) -> Iterator[Finding]:
    """Names used twice, letters that do not exist, places in letters that nothing fills."""
    casework = definition.casework
    for key, ids, what in (
        ("steps", [step.id for step in casework.steps], "steps"),
        ("outcomes", [outcome.id for outcome in casework.outcomes], "outcomes"),
    ):
        yield from twice([(("casework", key, i, "id"), name) for i, name in enumerate(ids)], what)
    for key, names in (
        ("letters", [letter.id for letter in definition.letters]),
        ("guidance", [passage.id for passage in definition.guidance]),
    ):
        yield from twice([((key, i, "id"), name) for i, name in enumerate(names)], key)
    if not casework.outcomes:
        yield Finding(("casework", "outcomes"), "No case could ever end.", "Add at least one outcome.")
    yield from _outcome_letters(definition)
    yield from _letters(definition)


def _outcome_letters(definition: Definition) -> Iterator[Finding]:
    known = [letter.id for letter in definition.letters]
    for index, outcome in enumerate(definition.casework.outcomes):
        if outcome.letter and outcome.letter not in (*known, *OWN_LETTERS):
            near = nearest(outcome.letter, [*known, *OWN_LETTERS])
            yield Finding(
                ("casework", "outcomes", index, "letter"),
                f"There is no letter {outcome.letter}.",
                f"Write {near}." if near else f"Write a letter with id: {outcome.letter} under letters.",
            )


def _letters(definition: Definition) -> Iterator[Finding]:
    names = [question.id for page in definition.pages if not page.repeat for question in page.questions]
    known = [*FILLED_IN, *names, *(derived.id for derived in definition.derived)]
    for index, letter in enumerate(definition.letters):
        for key, text in (("subject", letter.subject), ("body", letter.body)):
            for place in dict.fromkeys(_PLACE.findall(text)):
                if place not in known:
                    near = nearest(place, known)
                    any_of = f"Write {{reference}}, {listed(known[1:4])} or a question."
                    yield Finding(
                        ("letters", index, key),
                        f"Nothing fills in {{{place}}}.",
                        f"Write {{{near}}}." if near else any_of,
                    )
