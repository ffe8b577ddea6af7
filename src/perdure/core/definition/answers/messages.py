"""Every sentence that an input can be refused with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MESSAGES: dict[str, str] = {
    "required": "Answer this question",
    "required_text": "Enter an answer",
    "required_number": "Enter a number in figures",
    "required_money": "Enter an amount in figures, like 1,234.50",
    "required_date": "Enter a date",
    "required_time": "Enter a time, like 14:05",
    "required_choice": "Choose an answer",
    "required_choices": "Choose at least one answer",
    "required_yes_no": "Choose yes or no",
    "required_tick": "Tick the box to go on",
    "required_name": "Enter a name",
    "required_address": "Enter the first line of the address",
    "required_phone": "Enter a telephone number",
    "required_email": "Enter an e-mail address",
    "required_signature": "Type your full name",
    "too_long": "Write at most {limit} characters; there are {count} now",
    "far_too_long": "This is far too long to be kept. Write at most {limit} characters",
    "characters": "Type the answer again: it holds a character that cannot be kept",
    "pattern": "The answer does not look as it should. Check it for slips",
    "pattern_own": "{words}",
    "email": "Write the e-mail address in full, like name@example.org",
    "phone": "Write a telephone number with at least 5 figures",
    "number": "Enter the number in figures, like 1,234.5",
    "whole_number": "Enter a whole number in figures, like 12",
    "percent": "Enter the percentage in figures, like 12.5",
    "money": "Enter the amount in figures, like 1,234.50",
    "money_places": "Write at most {places} figures behind the point, like 1,234.50",
    "money_whole": "Write the amount without anything behind the point",
    "number_places": "Write at most {places} figures behind the point",
    "number_large": "This number is too large. Check it for slips",
    "least": "The answer must be {limit} or more",
    "greatest": "The answer must be {limit} or less",
    "date": "Enter the date as day, month and year, like 27 3 2027",
    "date_day": "The day must be a number from 1 to 31",
    "date_month": "The month must be a number from 1 to 12",
    "date_year": "The year must have 4 figures, like 1948",
    "date_day_missing": "Enter the day too",
    "date_month_missing": "Enter the month too",
    "date_year_missing": "Enter the year too",
    "date_not_real": "This day does not exist. Check the day and the month",
    "date_early": "The date must be {limit} or later",
    "date_late": "The date must be {limit} or earlier",
    "time": "Enter the time as hours and minutes, like 14:05",
    "time_early": "The time must be {limit} or later",
    "time_late": "The time must be {limit} or earlier",
    "yes_no": "Choose yes or no",
    "choice": "Choose one of the answers shown",
    "choices": "Choose from the answers shown",
}
"""By code. A site translates the template, then fills in the details."""


@dataclass(frozen=True)
class InputProblem:
    """What is wrong with one input, in words. input: its name in the form; code: key of MESSAGES.

    Codes of questions that were left empty begin with "required".
    """

    input: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return MESSAGES[self.code]

    @property
    def says(self) -> str:
        return self.template.format(**self.details)

    @property
    def is_missing(self) -> bool:
        """The question must be answered and was not."""
        return self.code.startswith("required")


@dataclass(frozen=True)
class Read:
    """What was read.

    value     the answer as it is stored; None when nothing, or nothing usable, was given
    problems  in the order of the inputs; with any, value is None
    raw       what was typed, tidied, by input name: for showing the form again
    """

    value: Any | None
    problems: tuple[InputProblem, ...]
    raw: Mapping[str, list[str]]

    @property
    def ok(self) -> bool:
        return not self.problems


class Refused(Exception):
    """Some inputs of a question cannot be taken."""

    def __init__(self, problems: Sequence[InputProblem]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


def refuse(name: str, code: str, **details: str) -> Refused:
    """One problem on one input."""
    return Refused([InputProblem(name, code, details)])
