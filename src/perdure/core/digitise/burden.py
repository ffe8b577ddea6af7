"""What a form asks of people: questions, pages, minutes, reading grade, sensitive data, asked twice.

The same figures for the paper and for the draft, so that the difference can be shown.
Minutes are an estimate from fixed times for each kind of answer and a reading speed; they
compare two versions of one form, and promise nothing about one person.

Sources: Flesch-Kincaid grade (Kincaid et al., 1975) for English; LIX (Björnsson, 1968) for
other languages, turned into a grade by Anderson's table (1983). 238 words a minute is the
mean of silent reading in English (Brysbaert, 2019).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from perdure.core.definition.model import Definition, QuestionType
from perdure.core.digitise.draft_plan import SENSITIVE
from perdure.core.digitise.values import Field, Kind, PaperForm, Widget
from perdure.core.digitise.wording import worded

WORDS_A_MINUTE = 238
SECONDS = {
    Kind.TICK: 3,
    Kind.CHOICE: 5,
    Kind.DATE: 8,
    Kind.LONG_TEXT: 60,
    Kind.ADDRESS: 15,
    Kind.SIGNATURE: 8,
    Kind.IDENTIFIER: 15,
    Kind.MONEY: 20,
}
"""Seconds to give an answer of this kind; 10 for any other."""
SECONDS_ON_SCREEN = {
    QuestionType.TICK: 3,
    QuestionType.YES_NO: 4,
    QuestionType.CHOICE: 5,
    QuestionType.CHOICES: 7,
    QuestionType.DATE: 8,
    QuestionType.LONG_TEXT: 45,
    QuestionType.ADDRESS: 20,
    QuestionType.SIGNATURE: 8,
    QuestionType.IDENTIFIER: 15,
    QuestionType.MONEY: 20,
}
_LIX_GRADES = (
    (10, 1),
    (15, 2),
    (20, 3),
    (24, 4),
    (28, 5),
    (32, 6),
    (36, 7),
    (40, 8),
    (44, 9),
    (48, 10),
    (52, 11),
)


@dataclass(frozen=True)
class Burden:
    """Figures of one version of a form. grade: years of school needed to read it; None without words."""

    questions: int
    pages: int
    minutes: int
    grade: float | None
    sensitive: tuple[str, ...]
    asked_twice: tuple[str, ...]


def burden_of_paper(form: PaperForm) -> Burden:
    """What the paper asks: each box is filled in by hand, and every page is read.

    Of a table or a block that is printed again and again one row counts, as it does on screen.
    """
    asked = [each for each in form.fields if not each.office_use and not each.read_only and each.row < 2]
    text = "\n".join(line.text for page in form.pages for line in page.lines)
    seconds = sum(SECONDS.get(each.kind, 10) for each in asked if each.widget is not Widget.TICK)
    seconds += 3 * sum(each.widget is Widget.TICK for each in asked)
    titles = [worded(each.label or each.tooltip).title for each in asked]
    return Burden(
        questions=_captions(asked),
        pages=len(form.pages),
        minutes=_minutes(seconds, text),
        grade=reading_grade(text, language=form.language),
        sensitive=_sensitive(titles),
        asked_twice=_twice([each.name for each in asked if each.name and each.widget is Widget.TEXT]),
    )


def burden_of_draft(definition: Definition) -> Burden:
    """What the draft asks when nothing is skipped; routes make it less."""
    questions = definition.questions()
    text = "\n".join(f"{each.title}. {each.hint}" for each in questions)
    seconds = sum(SECONDS_ON_SCREEN.get(each.type, 10) for each in questions)
    return Burden(
        questions=len(questions),
        pages=len(definition.pages),
        minutes=_minutes(seconds, text),
        grade=reading_grade(text, language=definition.language),
        sensitive=tuple(each.title for each in questions if each.sensitive),
        asked_twice=_twice([each.title for each in questions]),
    )


def reading_grade(text: str, *, language: str = "en") -> float | None:
    """Years of school needed to read the text easily; None when there are fewer than ten words."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    if len(words) < 10:
        return None
    sentences = max(1, len([one for one in re.split(r"[.!?:]\s+|\n", text) if len(one.split()) > 1]))
    if language[:2] not in ("", "en"):
        return _grade_of_lix(words, sentences)
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return round(max(0.0, grade), 1)


def _grade_of_lix(words: Sequence[str], sentences: int) -> float:
    lix = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
    return float(next((grade for below, grade in _LIX_GRADES if lix < below), 12))


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups)


def _minutes(seconds: int, text: str) -> int:
    return max(1, round(seconds / 60 + len(text.split()) / WORDS_A_MINUTE))


def _captions(asked: Sequence[Field]) -> int:
    """Boxes that a person must look at: the ticks of one group count once."""
    groups = {(each.page, each.group or each.group_label or each.id) for each in asked}
    return len(groups)


def _sensitive(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for title in titles if SENSITIVE.search(title)))


def _twice(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, count in Counter(names).items() if count > 1)
