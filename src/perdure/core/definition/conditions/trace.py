"""Why a condition holds or does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trace:
    """Why a condition holds or does not, for one set of answers."""

    holds: bool

    def says(self) -> str:
        """In the words of the definition:  lives_with = partner"""
        raise NotImplementedError

    def in_words(self) -> str:
        """In words for people:  “Who do you live with?” is “My partner”"""
        raise NotImplementedError
