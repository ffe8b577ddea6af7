"""The service definition as values: one YAML file per service, a model of frozen pydantic classes.

Everything a service is stands in one definition: questions, routes, rules, guidance,
paper boxes, casework, letters, retention and costs. Screen, paper and case page are
all made from it. A published definition never changes; a change is a new version.

Answers, as they are stored and as conditions see them (JSON only):

    text, long_text, phone, email, identifier, signature   "words"
    whole_number                                           42
    number, money, percent                                 "1234.50"  (a decimal as text, no sign or unit)
    date / time                                            "2027-03-04" / "14:05"
    yes_no                                                 true | false
    tick                                                   true  (an unticked box is no answer)
    choice / choices                                       "value" / ["value", ...] in the options' order
    name, address                                          {"given": "Ada", ...}: only parts that were given
    a repeating group                                      [{question id: answer, ...}, ...], the group's id
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_serializer, field_validator

from perdure.core.kernel.geometry import Box

Answers = dict[str, Any]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Names of questions, groups, derived values: used in conditions, so letters, digits and _ only."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Names that stand in web addresses: the service and its pages."""

Words = Annotated[str, StringConstraints(min_length=1)]

NAME_PARTS = ("title", "given", "middle", "family", "suffix", "full")
ADDRESS_PARTS = ("line1", "line2", "unit", "town", "county", "region", "postcode", "country", "full")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _box(value: Any) -> Any:
    """Four numbers as a Box, to a hundredth of a point (as they are written in the file)."""
    if not isinstance(value, (list, tuple)):
        return value
    numbers = [float(number) for number in value]
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        raise ValueError("a box is four numbers: [left, top, right, bottom]")
    return Box(*(round(number, 2) for number in numbers))


class QuestionType(StrEnum):
    """What an answer is; the list at the head of this module says how each is stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    SIGNATURE = "signature"


class Option(_Part):
    """One answer to choose. value: stored and used in conditions; title: what people read."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,63}$")] = Field(
        description="What is stored, and used in conditions; letters, digits and _ only."
    )
    title: Words = Field(description="What people read.")
    hint: str = Field("", description="A sentence of help below the option.")


class Question(_Part):
    """One thing that is asked."""

    id: Id = Field(description="Name of the answer, used in conditions and boxes.")
    type: QuestionType = Field(description="What the answer is.")
    title: Words = Field(description="The question in plain words.")
    hint: str = Field("", description="One or two sentences of help, read before the answer is given.")
    required: bool = Field(False, description="An application cannot be sent without it.")
    options: tuple[Option, ...] = Field((), description="The answers to choose from, for choice and choices.")
    parts: tuple[str, ...] = Field((), description="Which parts of a name or address are asked, in order.")
    min: str | None = Field(None, description="Least number, sum or date (ISO) that is accepted.")
    max: str | None = Field(None, description="Greatest number, sum or date (ISO) that is accepted.")
    max_length: int | None = Field(None, ge=1, description="Most characters that are accepted.")
    pattern: str = Field("", description="Regular expression that the whole answer must match.")
    pattern_says: str = Field("", description="The error in words when the pattern does not match.")
    currency: str = Field("", description="ISO 4217 code for money; empty takes the service's currency.")
    unit: str = Field("", description="Printed behind the answer: years, hours, %, miles.")
    autocomplete: str = Field(
        "", description="HTML autocomplete token when the answer is the applicant's own."
    )
    sensitive: bool = Field(False, description="Special care: shown masked in lists and never in logs.")
    asked_when: str = Field("", description="Condition; the question is asked only when it holds.")
    because: str = Field("", description="The sentence on the paper that the condition comes from.")
    was: str = Field("", description="The words on the paper form that this question was made from.")
    confidence: float | None = Field(None, ge=0, le=1, description="How sure the digitiser was; draft only.")

    @field_validator("min", "max", mode="before")
    @classmethod
    def _limit_as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, (int, float, Decimal, date)) else value


class Repeat(_Part):
    """A page that is answered once for each child, job, vehicle ...: a repeating group."""

    id: Id = Field(description="Name of the group; its answers are a list of records under this name.")
    one: Words = Field(description="What one of them is called: child, job, vehicle.")
    at_least: int = Field(0, ge=0, description="Fewest that are accepted.")
    at_most: int | None = Field(None, ge=1, description="Most that are accepted; empty for no limit.")
    printed_rows: int = Field(
        0, ge=0, description="How many the paper has room for; more go on a further sheet."
    )


class Page(_Part):
    """One screen. Most pages ask one question; a repeating page asks all of one record."""

    id: Slug = Field(description="Name of the page in its web address.")
    title: str = Field(
        "", description="Heading when the page asks more than one question; else the question."
    )
    section: str = Field("", description="The part of the form it belongs to, shown above the heading.")
    asked_when: str = Field("", description="Condition; the page is on the path only when it holds.")
    because: str = Field("", description="The sentence on the paper that the condition comes from.")
    guidance: str = Field("", description="Text shown above the question, in Markdown.")
    repeat: Repeat | None = Field(None, description="Makes the page a repeating group.")
    questions: tuple[Question, ...] = Field(min_length=1, description="What is asked on the page.")


class Derived(_Part):
    """A value worked out from answers, usable in conditions, letters and boxes."""

    id: Id = Field(description="Name of the value, used in conditions, letters and boxes.")
    title: Words = Field(description="What the value is called.")
    value: Words = Field(description="Expression, for example  income + benefits.")


class Eligibility(_Part):
    """A rule that ends in a reason, shown to the applicant, the caseworker and in the letter."""

    id: Id = Field(description="Name of the rule.")
    refuse_when: Words = Field(description="Condition; when it holds the applicant does not qualify.")
    reason: Words = Field(description="Why, in words to the applicant.")
    source: str = Field("", description="Where the rule stands: law, policy, page of the paper.")


class Guidance(_Part):
    """One passage of the service's own guidance."""

    id: Slug = Field(description="Name of the passage in its web address.")
    title: Words = Field(description="Its heading.")
    text: Words = Field(description="The passage, in Markdown.")
    page: int | None = Field(None, ge=1, description="Page of the paper form it was printed on.")


class Write(StrEnum):
    """How an answer is written into a box of the paper."""

    TEXT = "text"  # one line, or several where the box is high enough
    COMB = "comb"  # one character in each of `cells` cells
    TICK = "tick"  # a mark when `when` holds for the answer


class PaperBox(_Part):
    """Where one answer, or one part of it, stands on the paper.

    answer  question id; a part of it: name.given, born.day|month|year, sum.whole|cents;
            a record of a group: children[2].name, children[2].born.day (records count from 1);
            a derived value by its id; "" with `text` for fixed words
    when    for ticks: the option's value, or "yes" / "no" for yes_no and tick questions
    """

    id: str = Field(description="Name of the box, as in the review.")
    page: int = Field(ge=1, description="Page of the paper, from 1.")
    at: Box = Field(description="Left, top, right, bottom in points from the top left of the page as shown.")
    answer: str = Field(
        "",
        description="The answer that stands here: a question, a part of it (born.day), a cell of a group "
        "(children[2].child_name) or a derived value.",
    )
    write: Write = Field(Write.TEXT, description="How it is written: text, comb or tick.")
    when: str = Field("", description="For a tick: the option, or yes or no, for which the mark is made.")
    cells: int = Field(0, ge=0, description="Cells of a comb.")
    format: str = Field(
        "", description="How it is printed there: MM/DD/YYYY, YYYY, 0.00; town, region postcode."
    )
    field: str = Field("", description="Full AcroForm name when the form is fillable.")
    on: str = Field("", description="The tick's export value in the AcroForm.")
    text: str = Field("", description="Fixed words, written whatever the answers are.")
    take: tuple[int, int] | None = Field(
        None,
        description="Only these characters of the answer, without spaces and dashes: [0, 3] takes three.",
    )

    @field_validator("at", mode="before")
    @classmethod
    def _box(cls, value: Any) -> Any:
        return _box(value)

    @field_serializer("at")
    def _plain(self, value: Box) -> list[float]:
        return [round(number, 2) for number in value]


class LeftOut(_Part):
    """A box of the paper that is not asked, and why: nothing on the paper is dropped silently."""

    box: str = Field(description="Id of the box, as in the review.")
    page: int = Field(ge=1, description="Page of the paper, from 1.")
    at: Box = Field(description="Left, top, right, bottom in points from the top left of the page as shown.")
    words: str = Field("", description="The words beside it on the paper.")
    because: Literal[
        "office_use", "signature_on_paper", "not_understood", "owner_left_out", "duplicate", "read_only"
    ] = Field(description="Why it is not asked.")
    note: str = Field("", description="More about why, from the person who left it out.")
    field: str = Field("", description="Full AcroForm name when the form is fillable.")

    @field_validator("at", mode="before")
    @classmethod
    def _box(cls, value: Any) -> Any:
        return _box(value)

    @field_serializer("at")
    def _plain(self, value: Box) -> list[float]:
        return [round(number, 2) for number in value]


class PaperPage(_Part):
    """Size of a page as shown, in points."""

    width: float = Field(gt=0, description="Width in points.")
    height: float = Field(gt=0, description="Height in points.")


class Paper(_Part):
    """The paper form behind the service, and where each answer stands on it."""

    file: Words = Field(description="Name of the PDF beside the definition.")
    sha256: str = Field(
        "", pattern=r"^([0-9a-f]{64})?$", description="Its SHA-256, so that no other file is used."
    )
    fillable: bool = Field(False, description="The PDF has its own AcroForm fields.")
    pages: tuple[PaperPage, ...] = Field((), description="Its pages as shown, in order.")
    boxes: tuple[PaperBox, ...] = Field((), description="Where each answer stands.")
    left_out: tuple[LeftOut, ...] = Field((), description="Boxes of the paper that are not asked, and why.")


class Outcome(_Part):
    """A way a case can end. effect tells what it means whatever it is called."""

    id: Slug = Field(description="Name of the outcome.")
    title: Words = Field(description="What the caseworker reads on the button.")
    effect: Literal["approved", "refused", "withdrawn"] = Field(
        description="What it means for the applicant."
    )
    needs_reason: bool = Field(True, description="A reason must be given with it.")
    letter: str = Field("", description="Id of the letter that tells the applicant.")


class Step(_Part):
    """A step of the casework, in order."""

    id: Slug = Field(description="Name of the step.")
    title: Words = Field(description="What is done.")
    within_days: int | None = Field(None, ge=1, description="Calendar days from receipt.")


class Casework(_Part):
    """How a case is worked."""

    decide_within_days: int = Field(28, ge=1, description="Calendar days from receipt to decision.")
    steps: tuple[Step, ...] = Field(
        (Step(id="check", title="Check the application"), Step(id="decide", title="Decide")),
        description="The steps, in order.",
    )
    outcomes: tuple[Outcome, ...] = Field(
        (
            Outcome(id="approve", title="Approve", effect="approved", needs_reason=False, letter="approved"),
            Outcome(id="refuse", title="Refuse", effect="refused", letter="refused"),
        ),
        description="The ways it can end.",
    )


class Letter(_Part):
    """Words to the applicant. {reference}, {service}, {reason}, {date} and question ids are filled in."""

    id: Slug = Field(description="Name of the letter, used by outcomes.")
    subject: Words = Field(description="Its subject line.")
    body: Words = Field(description="Its text, with the words in braces that are filled in.")


class Retention(_Part):
    """How long an application is kept, counted from the decision."""

    months: int = Field(24, ge=0, le=1200, description="Months from the decision to the deletion.")
    because: str = Field("", description="The law or policy that says so.")


class Costs(_Part):
    """What one application costs the service by channel, in its currency."""

    screen: Decimal | None = Field(None, ge=0, description="One application sent on screen.")
    paper: Decimal | None = Field(None, ge=0, description="One application that came on paper.")
    phone: Decimal | None = Field(None, ge=0, description="One application taken by telephone.")
    counter: Decimal | None = Field(None, ge=0, description="One application taken at a counter.")
    source: str = Field("", description="Where the sums come from.")


class Contact(_Part):
    """A human way out on every page."""

    phone: str = Field("", description="Telephone number as it is printed.")
    email: str = Field("", description="E-mail address.")
    post: str = Field("", description="Postal address.")
    hours: str = Field("", description="When somebody answers.")


class Definition(_Part):
    """One service."""

    perdure: Literal[1] = Field(1, description="Version of this format.")
    id: Slug = Field(description="Name of the service in its web address.")
    title: Words = Field(description="What the service is called.")
    summary: str = Field("", description="What it is for, in a few sentences of Markdown, on the start page.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = Field(
        "en", description="ISO 639-1 code of the language that the questions are written in."
    )
    owner: Words = Field(description="Who answers for the service.")
    review_by: date = Field(description="When the owner must look at it again.")
    label: str = Field("official", description="Handling label of its applications.")
    currency: str = Field("", description="ISO 4217 code for money questions.")
    contact: Contact = Field(Contact(), description="Whom to ask, shown on every page.")
    pages: tuple[Page, ...] = Field(min_length=1, description="The pages, in the order they are asked.")
    derived: tuple[Derived, ...] = Field((), description="Values worked out from answers.")
    eligibility: tuple[Eligibility, ...] = Field((), description="Rules that refuse, with reasons.")
    guidance: tuple[Guidance, ...] = Field((), description="The service's own guidance, by passage.")
    paper: Paper | None = Field(None, description="The paper form behind the service.")
    casework: Casework = Field(Casework(), description="How an application is worked.")
    letters: tuple[Letter, ...] = Field((), description="Letters to the applicant.")
    retention: Retention = Field(Retention(), description="How long an application is kept.")
    costs: Costs = Field(Costs(), description="What one application costs by channel, in the currency.")

    @field_validator("review_by", mode="before")
    @classmethod
    def _iso_day(cls, value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("a day is written like 2027-03-04")
        return value

    def questions(self) -> list[Question]:
        """Every question in the order of the pages."""
        return [question for page in self.pages for question in page.questions]


ANSWER_PATH = re.compile(
    r"^(?P<id>[a-z][a-z0-9_]*)(\[(?P<row>\d+)\]\.(?P<column>[a-z][a-z0-9_]*))?(\.(?P<part>[a-z0-9]+))?$"
)
"""The form of PaperBox.answer: id, id.part, group[row].id, group[row].id.part; rows count from 1."""
