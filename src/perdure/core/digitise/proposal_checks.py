"""The rules that other words for a question must pass before a person sees them. Pure.

Each rule is deliberately strict: a good proposal that is dropped costs a model a moment; a bad
one that looks good can cost an applicant their right. Numbers, dates and amounts stay and none
is added, in the same order; "not" stays; the language stays; nothing but plain text; not harder to read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from perdure.core.digitise.burden import reading_grade
from perdure.core.digitise.proposal_lists import COMMON, FORM_WORDS, MONTHS, NEGATIONS, NUMBERS

LONGEST_TITLE = 150
LONGEST_HINT = 400
"""Characters; what is longer already may stay as long as it is."""

EASY = 6.0
"""Years of school. A text too short for a fair grade is not called harder below this."""


class Why(StrEnum):
    """Why a proposal is dropped."""

    UNKNOWN_QUESTION = "unknown-question"  # not about a question that was asked about
    MORE_THAN_WORDS = "more-than-words"  # it names a type, options, a condition ...
    TWICE = "twice"  # the same question was proposed before in this reply
    EMPTY = "empty"  # no title, or a hint taken away
    TOO_LONG = "too-long"
    NOT_PLAIN = "not-plain"  # markup, a link, control characters
    NUMBERS = "numbers"  # a number, date, amount or name of a form went, came or changed
    DENIAL = "denial"  # "not" went or came
    LANGUAGE = "language"  # not in the service's language
    HARDER = "harder"  # a worse reading grade


@dataclass(frozen=True)
class Words:
    """Title and hint of a question."""

    title: str
    hint: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.hint}".strip()


def why_not(before: Words, after: Words, *, language: str) -> Why | None:
    """The first rule that other words break; None when they may be shown."""
    language = language[:2]
    old, new = before.text, after.text
    if not re.search(r"\w", after.title) or (before.hint and not re.search(r"\w", after.hint)):
        return Why.EMPTY
    if len(after.title) > max(LONGEST_TITLE, len(before.title)):
        return Why.TOO_LONG
    if len(after.hint) > max(LONGEST_HINT, len(before.hint)):
        return Why.TOO_LONG
    if _not_plain(new) - _not_plain(old):
        return Why.NOT_PLAIN
    if exact_parts(old, language) != exact_parts(new, language):
        return Why.NUMBERS
    if _denies(old, language) != _denies(new, language):
        return Why.DENIAL
    if _scripts(new) - _scripts(old) or _speaks_another(old, new, language):
        return Why.LANGUAGE
    return Why.HARDER if _harder(old, new, language) else None


# Plain text

_LINK = re.compile(
    r"\w+://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.\w+|\b(?:javascript|data|mailto|tel):\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|io|app|dev|eu|us|uk|de|fr|es|at|ch|it|me|ly|co)\b\S*",
    re.I,
)
_MARKUP = re.compile(
    r"</?\w[^>]*>?|&#?\w+;|`+|\*\*|__|\]\(|!\[|^\s*#+\s|^\s*[*>]\s|\{[{%]|[%}]\}|\\[nrtux]|~~", re.M
)


def _not_plain(text: str) -> set[str]:
    """Links, markup, and characters that cannot be seen; the end of a line may be."""
    found = {link.casefold().rstrip(".,;:!?)") for link in _LINK.findall(text)}
    found |= {mark.strip() for mark in _MARKUP.findall(text)}
    return found | {one for one in text if unicodedata.category(one)[0] == "C" and one != "\n"}


# Numbers, dates, amounts, names of forms

_AROUND = ".,;:!?()[]{}\"'“”‘’„«»/-–…*"
_FORM_CODE = re.compile(rf"\b(?:{'|'.join(sorted(FORM_WORDS))})\s+((?-i:[A-Z]{{1,5}}))\b", re.I)
_NAMED_FORM = re.compile(r"\b([A-Z][A-Z\d-]+)[\s-]+(?:[Ff]orm\b|[Ff]ormular)")
_HAS_NUMBER = re.compile(r"\d")


def exact_parts(text: str, language: str) -> tuple[str, ...]:
    """What may not change, in its order: numbers in digits or words, amounts, months, codes of forms."""
    text = unicodedata.normalize("NFKC", text)
    codes = [code.casefold() for code in (*_FORM_CODE.findall(text), *_NAMED_FORM.findall(text))]
    signs = sorted({one for one in text if one in "$£€¥%§"})
    text = re.sub(r"(?<=\d)-(?=[^\W\d_]{3,})|['’]s\b", " ", text)  # an 18-year-old, 2026's
    text = re.sub(r"([$£€¥§])\s+(?=\d)|(?<=\d)\s+(?=[%€$£])", r"\1", text)
    words = [word.strip(_AROUND).casefold() for word in text.split()]
    numbers = [part for at in range(len(words)) for part in _exact(words, at, language)]
    return tuple(dict.fromkeys([*codes, *signs, *numbers]))


def _exact(words: list[str], at: int, language: str) -> list[str]:
    """What one word holds that may not change."""
    word = words[at]
    if any(one.isnumeric() for one in word):
        return [word]
    if word in MONTHS.get(language, ()):
        beside = " ".join((*words[max(0, at - 1) : at], *words[at + 1 : at + 2]))
        unclear = language == "en" and word in ("may", "march")  # words of their own, away from a number
        return [] if unclear and not _HAS_NUMBER.search(beside) else [word]
    values = NUMBERS.get(language, {})
    return [values[piece] for piece in re.findall(r"[^\W\d_]+", word) if piece in values]


# Meaning and language


def _denies(text: str, language: str) -> bool:
    """Does it say not, never, without, except?"""
    pattern = NEGATIONS.get(language)
    return bool(pattern and re.search(pattern, text.replace("’", "'"), re.I))


def _scripts(text: str) -> set[str]:
    """LATIN, CYRILLIC, ...: the scripts of its letters."""
    return {unicodedata.name(one, "?").split(maxsplit=1)[0] for one in text if one.isalpha()}


def _speaks_another(old: str, new: str, language: str) -> bool:
    """By a vote of common words: does another language win, that did not win in the original?"""
    before, after = _votes(old), _votes(new)
    own = after.get(language, 0)
    need = 1 if language in COMMON else 2
    return any(
        count > own and count >= need and before[other] <= before.get(language, 0)
        for other, count in after.items()
        if other != language
    )


def _votes(text: str) -> dict[str, int]:
    """How many words of a text are common in each language."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {language: sum(word in common for word in words) for language, common in COMMON.items()}


# Reading grade


def _harder(old: str, new: str, language: str) -> bool:
    """A worse grade; of a short text, only when it is also no easy one."""
    before, after = (reading_grade(text, language=language) for text in (old, new))
    if before is not None and after is not None:
        return after > before
    return _short_grade(new, language) > max(EASY, _short_grade(old, language))


def _short_grade(text: str, language: str) -> float:
    """The grade of a few words: of many copies below each other, as the grade counts only shares."""
    return reading_grade("\n".join([text] * 10), language=language) or 0.0
