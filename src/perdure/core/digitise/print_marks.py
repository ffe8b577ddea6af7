"""What the print says a box demands: that it must be answered, and how much may be written.

A star says "required" unless a footnote of the form explains it otherwise; such a star is no word of a
label and is taken off. A length is only taken
where the words say characters: "at most 20 characters", "max. 12 Zeichen".
"""

from __future__ import annotations

import re

from perdure.core.digitise.values import Field, PaperForm, Widget

_MUST = r"required|mandatory|must be|pflicht\w*|obligat\w+"
_STAR = r"\*|asterisk|sternchen|ast[ée]ris\w+"
_LEGEND = re.compile(rf"(?i)(?:{_STAR}).{{0,50}}\b(?:{_MUST})|\b(?:{_MUST}).{{0,50}}(?:{_STAR})")
_FOOTNOTE = re.compile(r"^\s*\*\s*\w+(?:\W+\w+){1,}")
_SAID = re.compile(r"(?i)[(\[]\s*(?:required|mandatory|pflichtfeld|obligatoire|obligatori[ao])\s*[)\]]")
_STARRED = re.compile(r"^\s*\*\s*\w|\w[)\]?.:]?\s*\*\s*:?\s*$")
_FOOTNOTED = re.compile(r"\s*\*(?=\W*$)")
_UNIT = r"(?:characters?|letters|digits|zeichen|buchstaben|ziffern|caract[eè]res?|chiffres|d[ií]gitos)\b"
_MOST = (
    r"max(?:imum|imal|imo)?\.?|máximo|at most|up to|no more than|not more than|limit(?:ed)? to"
    r"|höchstens|bis zu|au plus|jusqu'à|como máximo|hasta"
)
_LENGTH = re.compile(
    rf"(?i)\b(?:{_MOST})\s*:?\s*(?:de |of )?(?P<first>\d{{1,4}})\s+{_UNIT}"
    rf"|\b(?P<second>\d{{1,4}})\s+{_UNIT}\s*\(?(?:max|au plus|allowed|available|or less|or fewer|höchstens)"
)
LONGEST = 4_000  # characters: a greater number is no limit of a box


def with_marks(form: PaperForm) -> PaperForm:
    """The form with required and max_length of each field as its print says them."""
    means_required = _star_means_required(form)
    fields = tuple(_marked(each, star=means_required) for each in form.fields)
    return form.model_copy(update={"fields": fields})


def _star_means_required(form: PaperForm) -> bool:
    """A form that explains its star says so or speaks of something else; an unexplained one demands."""
    lines = [line.text for page in form.pages for line in page.lines]
    labels = {each.label for each in form.fields}
    if any(_LEGEND.search(text) for text in lines):
        return True
    return not any(_FOOTNOTE.match(text) and text not in labels and len(text) > 8 for text in lines)


def _marked(each: Field, *, star: bool) -> Field:
    if each.widget is Widget.TICK:
        return each
    words = f"{each.label} {each.tooltip}" if each.tooltip else each.label
    required = each.required or bool(_SAID.search(words)) or (star and bool(_STARRED.search(each.label)))
    most = each.max_length or length_said(words)
    label = each.label if star else _FOOTNOTED.sub("", each.label)
    return each.model_copy(update={"required": required, "max_length": most, "label": label})


def length_said(words: str) -> int | None:
    """The most characters that the words allow; None when they say nothing of it."""
    found = _LENGTH.search(words)
    most = int(found["first"] or found["second"]) if found else 0
    return most if 0 < most <= LONGEST else None
