"""Instructions that a new edition prints and a service does not have: changed fees, addresses, dates."""

from __future__ import annotations

import re

from perdure.core.definition.model import Definition, Guidance


def new_passages(old: Definition, drafted: Definition) -> tuple[Guidance, ...]:
    """Passages of the new paper of which at least one sentence stands nowhere in the old guidance.

    old      as its owner keeps it; a passage that its owner reworded counts as new when printed as before
    drafted  the draft of the new edition
    In the order of the paper.
    """
    known = set().union(*(_sentences(one.text) for one in old.guidance))
    return tuple(one for one in drafted.guidance if _sentences(one.text) - known)


def new_sentences(old: Definition, passage: Guidance) -> tuple[str, ...]:
    """The sentences of a passage that the old guidance does not have, as printed."""
    known = set().union(*(_sentences(one.text) for one in old.guidance))
    parts = re.split(r"(?<=[.!?])\s+|\n+", passage.text)
    return tuple(part.strip() for part in parts if _bare(part) and _bare(part) not in known)


def _sentences(text: str) -> set[str]:
    """What a text says, without case, spacing and punctuation."""
    return {bare for part in re.split(r"(?<=[.!?])\s+|\n+", text) if (bare := _bare(part))}


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
