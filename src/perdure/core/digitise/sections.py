"""The section that each field stands under: the heading above it, else what the form is called.

    SECTION II: MILITARY SERVICE      -> "Section 2: Military service"
    Part A. About you                 -> "Part A: About you"
    A. You and your home              -> "A. You and your home"
    PERSONAL INFORMATION (bold caps)  -> "Personal information"

A tooltip may also open with the heading ("SECTION 2. MILITARY SERVICE. 1A. ..."); it holds
from that field on where nothing is printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from perdure.core.digitise.headings import Heading, heading_title, headings
from perdure.core.digitise.values import Field, PaperForm
from perdure.core.digitise.wording import plain, take_section, tidy

LEVEL = 6.0  # points two headings of one row may differ in height
ASIDE = 12.0  # points a field may stand left of the heading of its column


def sections_of(form: PaperForm) -> dict[str, str]:
    """The section of each field by its id; "" where no heading stands above it."""
    printed = headings(form)
    whole = title_of_form(form)
    result: dict[str, str] = {}
    told = ""
    for each in form.fields:
        own, _ = take_section(tidy(each.tooltip or each.label))
        told = own or told
        heading = _above(each, printed)
        said = "" if each.section == whole else each.section
        result[each.id] = heading_title(said) if said else heading.title if heading else told
    return result


def with_sections(form: PaperForm) -> PaperForm:
    """The form with a section for every field: its heading, else the title of the form."""
    sections = sections_of(form)
    whole = title_of_form(form)
    fields = tuple(
        each if each.section else each.model_copy(update={"section": sections[each.id] or whole})
        for each in form.fields
    )
    return form.model_copy(update={"fields": fields})


def title_of_form(form: PaperForm) -> str:
    """What a form is called, in plain words: the section of fields that stand under no heading."""
    return plain(tidy(form.title)) or "Form"


def _above(field: Field, printed: Sequence[Heading]) -> Heading | None:
    """The last heading above the field; of those on one row the one of its column."""
    places = [(heading.page, heading.box.centre[1]) for heading in printed]
    upto = printed[: bisect_right(places, (field.page, field.box.centre[1]))]
    here = [one for one in upto if one.page == field.page and _spans(one, field)]
    last = here[-1] if here else upto[-1] if upto else None
    if last is None or last.page != field.page:
        return last
    row = [one for one in here if abs(one.box.centre[1] - last.box.centre[1]) < LEVEL]
    started = [one for one in row if one.box.x0 - ASIDE <= field.box.centre[0]]
    return max(started or row, key=lambda one: one.box.x0, default=last)


def _spans(heading: Heading, field: Field) -> bool:
    """Is the field in the column that a heading on a narrow strip stands over?"""
    span = heading.span
    return span is None or span.x0 - ASIDE < field.box.centre[0] < span.x1 + ASIDE


def fields_under(form: PaperForm, title: str) -> list[Field]:
    """Fields of one section, in reading order."""
    sections = sections_of(form)
    return [each for each in form.fields if sections[each.id] == title]
