"""Draft: from a form as read to a service definition that a designer can start from.

    sections -> grouping -> names -> routes -> pages -> paper -> guidance

A pure function: the same form gives the same draft. Nothing on the paper is dropped
silently: every field is a box of some answer, or is listed as not asked, with the reason.
What the rules were not sure of is a note for the review, least certain first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from perdure.core.definition.model import Definition, LeftOut, Letter, Page, Paper, PaperPage, Question
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_country import Country, country_of
from perdure.core.digitise.draft_items import Repeated
from perdure.core.digitise.draft_pages import pages_of
from perdure.core.digitise.draft_paper import boxes_of, left_out
from perdure.core.digitise.draft_plan import Plan, Planned, plan
from perdure.core.digitise.draft_routes import Doubt, route
from perdure.core.digitise.draft_titles import slug as slug_of
from perdure.core.digitise.grouping import group
from perdure.core.digitise.guidance import guidance_of, summary_of
from perdure.core.digitise.sections import sections_of
from perdure.core.digitise.values import Field, PaperForm
from perdure.core.digitise.wording import plain, tidy

UNSURE = 0.6
"""Below this confidence a field is shown in the review."""


@dataclass(frozen=True)
class ReviewNote:
    """Something a person should look at.

    boxes      ids of the boxes on the paper; question: id of the question or group, "" when none
    certainty  0 to 1: how likely the draft is right as it stands
    """

    boxes: tuple[str, ...]
    page: int
    says: str
    certainty: float
    question: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft and what a person should know about it. not_asked repeats definition.paper.left_out."""

    definition: Definition
    to_review: tuple[ReviewNote, ...]
    not_asked: tuple[LeftOut, ...]


def draft_service(
    form: PaperForm, *, owner: str, review_by: date, file: str, slug: str | None = None
) -> Draft:
    """A service drafted from a form.

    file  name of the PDF beside the definition
    slug  name of the service in its web address; made from the title when it is None
    """
    sections = sections_of(form)
    country = country_of(form)
    grouped = group(form, day_first=country.day_first)
    planned, doubts = route(plan(grouped.items, form, sections), form)
    title = service_title(form, file)
    not_asked = tuple(left_out(aside) for aside in grouped.aside)
    guidance = guidance_of(form)
    definition = Definition(
        id=slug or slug_of(title, words=8, length=60).replace("_", "-") or "service",
        title=title,
        summary=summary_of(guidance),
        language=country.language,
        owner=owner,
        review_by=review_by,
        currency=country.currency,
        pages=pages_of(planned) or (_empty_page(),),
        guidance=guidance,
        paper=_paper(form, planned, file, country, not_asked),
        letters=LETTERS,
    )
    return Draft(definition, _notes(planned, doubts), not_asked)


_FORM = re.compile(
    r"(?i)\b(?:application|request|claim|petition|return|statement|report|notice|affidavit|declaration|certificat"
    r"|enrol+ment|appeal|form|schedule|authori[sz]ation|antrag|erkl[äa]rung|demande|solicitud|waiver|summary)"
)
_NOT_A_TITLE = re.compile(
    r"(?i)\bdo not\b|\bplease\b|^(?:\w )?my\b|\bsee instructions\b|\bburden\b|\bdepartment of\b|^page\b"
    r"|^for office|\bcourt of\b|\bref\.? no\b|\bcounty of\b|:\s*see\b|\d+ minutes|^notice to\b"
    r"|\bdate\b|^name\b"
)
_OPEN = re.compile(r"(?i)\b(?:for|to|of|and|or|the|in|on|by|with)\W*$")
_ABOUT = re.compile(
    r"(?i)^(?:information and )?instructions? (?:for|to help you) "
    r"(?:completing|complete|filling (?:out|in))\s+(?:the |this |an? )?"
    r"|\s+(?:please read\b.*|important:.*|note\s*[-:–].*)$"
)


def service_title(form: PaperForm, file: str) -> str:
    """The title the reader found; else a heading that says what the form is; else the file's name."""
    said = _ABOUT.sub("", tidy(form.title)).strip()
    if _NOT_A_TITLE.search(said) or not re.search(r"[^\W\d_]{3}", said):
        said = _heading(form) or said
    if not re.search(r"[^\W\d_]{3}", said) or re.search(r"(?i)\.(pdf|docx?|indd)$|^microsoft|untitled", said):
        said = re.sub(r"\.pdf$", "", file, flags=re.I).replace("_", " ")
    return plain(said)[:120] or "Service"


def _heading(form: PaperForm) -> str:
    """The largest line at the head of the first page with boxes that says what the form is."""
    number = form.fields[0].page if form.fields else 1
    page = form.pages[number - 1]
    lines = [
        line
        for line in page.lines
        if line.box.y1 < 0.35 * page.height
        and 8 <= len(line.text) <= 90
        and _FORM.search(line.text)
        and not _NOT_A_TITLE.search(line.text)
    ]
    if not lines:
        return ""
    best = max(lines, key=lambda line: line.size)
    below = [line for line in page.lines if 0 < line.box.y0 - best.box.y0 < 2.2 * best.box.height]
    more = min(below, key=lambda line: line.box.y0).text if below and _OPEN.search(best.text) else ""
    return tidy(f"{best.text} {more}")


def _empty_page() -> Page:
    """A form without a single box still needs a page to be a service."""
    return Page(
        id="your-request",
        questions=(Question(id="request", type=Q.LONG_TEXT, title="What do you ask for?"),),
    )


def _paper(
    form: PaperForm, planned: Sequence[Plan], file: str, country: Country, not_asked: tuple[LeftOut, ...]
) -> Paper:
    order = {each.id: at for at, each in enumerate(form.fields)}
    boxes = sorted(boxes_of(planned, country=country), key=lambda box: order[box.id])
    return Paper(
        file=file,
        sha256=form.sha256,
        fillable=form.fillable,
        pages=tuple(PaperPage(width=max(page.width, 1), height=max(page.height, 1)) for page in form.pages),
        boxes=tuple(boxes),
        left_out=not_asked,
    )


def _notes(planned: Sequence[Plan], doubts: Sequence[Doubt]) -> tuple[ReviewNote, ...]:
    notes: list[ReviewNote] = []
    by_question = {name: list(some) for name, some in groupby(sorted(doubts, key=_name), key=_name)}
    for each in planned:
        name = each.question.id if isinstance(each, Planned) else each.repeat.id
        fields = _fields(each)
        boxes, page = tuple(one.id for one in fields), fields[0].page
        sure = min(one.confidence for one in fields)
        said = list(_doubts(each))
        notes += [ReviewNote(boxes, page, words, min(sure, _certainty(words)), name) for words in said]
        notes += [ReviewNote(boxes, page, doubt.says, 0.5, name) for doubt in by_question.get(name, [])]
        if sure < UNSURE and not said:
            words = "We are not sure that this is a box to fill in, or what it asks."
            notes.append(ReviewNote(boxes, page, words, sure, name))
    return tuple(sorted(notes, key=lambda note: (note.certainty, note.page)))


def _name(doubt: Doubt) -> str:
    return doubt.question


def _fields(each: Plan) -> tuple[Field, ...]:
    if isinstance(each, Planned):
        return each.item.fields
    return Repeated(each.rows).fields


def _doubts(each: Plan) -> tuple[str, ...]:
    if isinstance(each, Planned):
        return each.doubts
    inner = tuple(f"{one.question.title}: {words}" for one in each.questions for words in one.doubts)
    return (*each.doubts, *inner)


def _certainty(words: str) -> float:
    return 0.2 if "names this" in words else 0.6


LETTERS = (
    Letter(
        id="approved",
        subject="Your application {reference}: approved",
        body="We have approved your application for {service}.\n\n{reason}",
    ),
    Letter(
        id="refused",
        subject="Your application {reference}: our decision",
        body=(
            "We cannot approve your application for {service}.\n\nThe reason is:\n\n{reason}\n\n"
            "If you think this is wrong, you can ask us to look at it again. Reply to this letter."
        ),
    ),
    Letter(
        id="more-information",
        subject="Your application {reference}: we need something from you",
        body="We cannot decide your application for {service} yet.\n\nSend us:\n\n{reason}",
    ),
)
