"""Why a condition holds or does not: its parts with what each came to, and that in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fact:
    """What one name came to. text: "lives_with = partner"; words: the same for people."""

    name: str
    text: str
    words: str
    answered: bool


@dataclass(frozen=True)
class Trace:
    """Why a condition holds or does not, for one set of answers.

    kind   all, any and not have parts; a leaf is one comparison and has facts
    text   the condition as written; words: the same for people
    plain  the condition already says what was answered, as lives_with = partner does when it holds
    """

    kind: Literal["all", "any", "not", "leaf"]
    holds: bool
    text: str
    words: str
    parts: tuple[Trace, ...] = ()
    facts: tuple[Fact, ...] = ()
    plain: bool = False
    language: str = "en"

    def says(self) -> str:
        """What decided, in the words of the definition:  lives_with = partner

        When the condition does not hold: what was answered instead.
        """
        return " and ".join(dict.fromkeys(leaf._text() for leaf in self.deciding()))

    def in_words(self) -> str:
        """What decided, in words for people:  “Who lives with you?” is “My partner”"""
        joined = {"de": " und "}.get(self.language[:2], " and ")
        return joined.join(dict.fromkeys(leaf._words() for leaf in self.deciding()))

    def deciding(self) -> list[Trace]:
        """The comparisons that made it hold or fail; the others made no difference."""
        if self.kind == "leaf":
            return [self]
        if self.kind == "not":
            return self.parts[0].deciding()
        return [leaf for part in self.parts if part.holds is self.holds for leaf in part.deciding()]

    def _text(self) -> str:
        facts = ", ".join(fact.text for fact in self.facts)
        if self.holds and self.plain:
            return self.text
        if self.holds:
            return f"{self.text} ({facts})" if facts else self.text
        return facts or self.text

    def _words(self) -> str:
        facts = ", ".join(fact.words for fact in self.facts)
        if self.holds and self.plain:
            return self.words
        if self.holds:
            return f"{self.words} ({facts})" if facts else self.words
        return facts or self.words
