"""Titles and names of questions: plain, understandable alone, and different from one another.

Questions of the applicant's own data are asked as questions ("What is your date of birth?"),
by a short list of patterns and in English only; all else keeps the words of the paper.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain, count

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item
from perdure.core.digitise.values import Widget
from perdure.core.digitise.wording import plain, worded

PERSONS = (
    r"veteran|claimant|applicant|spouse|child|student|dependent|decedent|deceased|petitioner"
    r"|beneficiary|employer|patient"
    r"|provider|physician|preparer|attorney|representative|witness|parent|mother|father|guardian"
    r"|caregiver|fiduciary"
    r"|sponsor|school|partner|taxpayer|landlord|agent|guarantor|borrower|lender|executor|next of kin"
    r"|emergency contact"
    r"|person|owner|organization|officer"
)
_DATA = (
    r"(?:(?:full|legal|preferred|maiden|first|last|middle|current|mailing|home|permanent|daytime"
    r"|evening|cell|mobile|work"
    r"|business|residential|street|previous|telephone|e-?mail|new|physical|primary|alternate"
    r"|international|contact)\s+)*"
    r"(?:names?|address|date of birth|place of birth|birth date|birthdate|phone number"
    r"|telephone number|telephone|phone"
    r"|e-?mail|e-?mail address|social security number|occupation|marital status|date of death"
    r"|country of birth|relationship"
    r"|fax number|age|race|religion|VA file number|job title|service number|phone|cell phone|country)"
)
_OWN = re.compile(rf"^(?:(?P<my>your|my)\s+)?(?P<data>{_DATA})$", re.I)
_THEIRS = re.compile(rf"^(?:the\s+)?(?P<who>[\w/ -]{{3,40}})'s\s+(?P<data>{_DATA})$", re.I)
_OF = re.compile(rf"^(?P<data>{_DATA})\s+of\s+(?:the\s+)?(?P<who>[\w/ -]{{3,40}})$", re.I)
_ASKS = re.compile(
    r"^(?:do|does|did|are|is|was|were|have|has|had|will|would|can|could|should|may|what|when|where"
    r"|which|who|whose|how|why"
    r"|sind|ist|haben|hat|wird|werden|wie|wann|wo|wer|welche[rs]?)\b(?!\s+(?:applicable|not)\b)",
    re.I,
)
LONE = re.compile(
    r"^(?:child \d|city|town|state|country|county|date|name|names|amount|other|others|number|title"
    r"|address"
    r"|relationship|from|to|from date"
    r"|to date|type|telephone number|phone number|phone|signature|description|value|total|year|years"
    r"|month|age|zip code|reason"
    r"|place|initials?|printed name|print name|yes|no|explain|specify|remarks|self|spouse|self\s*"
    r"|beginning|begin|start|end|ending|completion|owner|recipient|purpose"
    r"|name and address|source"
    r"|city and state|street|date signed|dates?|beginning date|ending date|start date|end date"
    r"|relation|comments?|first name"
    r"|last name|middle initial|middle name|code|rate|balance|if yes|if no|other income|line \w+"
    r"|[a-z]|\d+)$",
    re.I,
)
RESERVED = frozenset(
    """and or not in includes is true false yes no today answered none if count sum has given any all age
    between min max round days months years other""".split()  # noqa: SIM905
)
_SMALL = frozenset(
    """the a an of to in on at for and or if is are was were do does did you your what when where which who
    how please have has had be been by with from this that it any all as der die das des und oder ein eine
    le la les du de el los his her their my i""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Named:
    """A question's title and the noun phrase it was made from, for ids and captions.

    placed  no print names the box: it is called by its place, or by its name in the file
    """

    title: str
    noun: str
    placed: bool = False


def name_item(
    item: Item,
    *,
    section: str,
    context: str,
    language: str,
    number_on_page: int,
    from_row: bool = False,
) -> Named:
    """The title of an item, before titles are made different from one another.

    context  words of the group or question it belongs to, "" when there is none
    from_row the context is the start of its line, so it is always said
    """
    noun = item.words.title.strip()
    header = _header(item)
    if not re.search(r"[^\W\d_]{2}", noun):
        told = header or _named_in_file(item.first.name)
        if not told:
            return _by_place(item, section, number_on_page, noun)
        if not header:
            return Named(told, told, True)
        noun = told
    elif header and LONE.match(noun) and not from_row:
        noun = _under(header, noun)
    if (LONE.match(noun) or from_row) and item.type is not Q.SIGNATURE:
        about = as_question(noun, section=section) if language in ("", "en") and not context else noun
        if about != noun and person_of(section):
            return Named(about, f"{person_of(section)} {lower_first(noun)}")
        noun = with_context(noun, context or section_title(section))
    if item.type is Q.SIGNATURE:
        return Named(noun, noun)
    title = as_question(noun, section=section) if language in ("", "en") else noun
    return Named(title, noun)


_FILE_WORDS = re.compile(
    r"(?i)^(?:form|page|subform|topmost|section|field|box|line|tick|yes|no|on|num|item|row|col(?:umn)?|part"
    r"|text|check|radio|button|list|drop|down|button|group|fill|undefined|untitled|dollars?|cents?|amt|val)$"
)


def _named_in_file(name: str) -> str:
    """The name of the box in the file as words, when those mean something; "" for F1[0] or Line 7b."""
    last = re.sub(r"\[\d+\]", "", name).rsplit(".", 1)[-1]
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"([a-z])([A-Z])", r"\1 \2", last.replace("_", " ")))
    meant = [word for word in words if len(word) > 3 and not _FILE_WORDS.match(word)]
    kept = [word for word in words if not _FILE_WORDS.match(word)]
    return plain(" ".join(kept)) if meant and len(kept) < 7 else ""


def _under(header: str, piece: str) -> str:
    """ "From" under "Dates of treatment" is "Dates of treatment: from"."""
    if set(re.findall(r"\w+", piece.lower())) <= set(re.findall(r"\w+", header.lower())):
        return header
    return with_context(piece, header) if _ASKS.match(header) else f"{header}: {lower_first(piece)}"


def _header(item: Item) -> str:
    """The words over its column, or of the whole that it is a part of; "" for ticks, which have a caption."""
    first = item.first
    if first.widget is not Widget.TEXT or not first.group_label:
        return ""
    title = worded(first.group_label).title.rstrip("?.: ")
    return title if 3 < len(title) < 70 else ""


def _by_place(item: Item, section: str, number_on_page: int, letter: str) -> Named:
    """A box that nothing names is called by its place; a lone letter or number on it helps to find it."""
    what = {Q.TICK: "Tick box", Q.CHOICE: "Choice", Q.CHOICES: "Choice", Q.YES_NO: "Yes or no"}.get(
        item.type, "Box"
    )
    marked = f" marked {letter}" if letter else ""
    under = f", under {section}" if section else ""
    return Named(
        f"{what} {number_on_page} on page {item.page}{marked}{under}",
        f"box {item.page} {number_on_page}",
        True,
    )


def with_context(noun: str, context: str) -> str:
    """ "City" of "Place of birth" is "City (place of birth)"."""
    context = context.rstrip("?.: ")
    if not context or context.lower() in noun.lower() or len(context) > 70:
        return noun
    return f"{noun} ({lower_first(context)})"


def section_title(section: str) -> str:
    """The words of a heading, without "Section 2:" or "B."."""
    number = r"(?:[A-Z]|\d{1,2}|[IVX]{2,5})(?:\.\s+|$)"
    return re.sub(
        rf"^(?:(?:Section|Part|Step|Schedule|Teil|Abschnitt)\s+\w+(?::\s*|$)|{number})", "", section
    )


def lower_first(text: str) -> str:
    second = text[1:2]
    return text if second.isupper() or second == "." or text.startswith("I ") else text[:1].lower() + text[1:]


def as_question(noun: str, *, section: str = "") -> str:
    """ "Veteran's date of birth" as "What is the veteran's date of birth?", when a rule knows it."""
    if noun.endswith("?"):
        return noun
    if _ASKS.match(noun) and len(noun.split()) > 2:
        return f"{noun.rstrip('. ')}?"
    own, theirs, of = _OWN.match(noun), _THEIRS.match(noun), _OF.match(noun)
    if own:
        who = person_of(section)
        if not who and re.search(r"(?i)death", own["data"]):
            return noun  # nobody is asked for the day of their own death
        owner = "your" if own["my"] or not who else f"the {who}'s"
        return f"What {_verb(own['data'])} {owner} {lower_first(own['data'])}?"
    if theirs:
        who = re.sub(r"(?i)^names? of (?:the )?", "", theirs["who"].strip())
        who = re.sub(r"(?i)^my\b", "your", who)
        if re.search(r"\bof\b", who):
            return noun
        the = "" if re.match(r"(?i)your|my|the|his|her", who) else "the "
        return f"What {_verb(theirs['data'])} {the}{lower_first(who)}'s {lower_first(theirs['data'])}?"
    if of and re.search(rf"(?i)\b(?:{PERSONS})\b", of["who"]):
        the = "" if re.match(r"(?i)your|my|the|person", of["who"]) else "the "
        return f"What {_verb(of['data'])} the {lower_first(of['data'])} of {the}{lower_first(of['who'])}?"
    return noun


def _verb(data: str) -> str:
    return "are" if data.lower().endswith("names") else "is"


def person_of(section: str) -> str:
    """The one person that a section is about, other than the reader; "" when it is none or several."""
    words = section_title(section).lower()
    found = dict.fromkeys(re.findall(rf"\b({PERSONS})(?:'s)?\b", words))
    others = [who for who in found if who not in ("applicant", "person", "owner", "agent", "parent")]
    return others[0] if len(others) == 1 and "your" not in words else ""


def unique(title: str, taken: set[str], *, section: str, page: int) -> str:
    """A title that no other question has: with its section, its page, then a number."""
    about = section_title(section)
    tries = [title]
    if about and about.lower() not in title.lower() and len(about) < 60:
        tries.append(_marked(title, about))
    tries += [_marked(title, f"page {page}")] if page else []
    numbered = (_marked(title, str(at)) for at in count(2))
    tried = next(each for each in chain(tries, numbered) if each.lower() not in taken)
    taken.add(tried.lower())
    return tried


def _marked(title: str, mark: str) -> str:
    if not mark:
        return title
    mark = lower_first(mark)
    end = title[-1:] if title[-1:] in "?" else ""
    core = title.rstrip("?")
    if core.endswith(")"):
        return f"{core[:-1]}, {mark}){end}"
    return f"{core} ({mark}){end}"


def slug(text: str, *, words: int = 5, length: int = 40) -> str:
    """Plain letters and digits joined by _; "" when none are left."""
    text = text.replace("ß", "ss").replace("'s", "").replace("’s", "")
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", flat)
    kept = [word for word in found if word not in _SMALL] or found
    result = "_".join(kept[:words])
    while len(result) > length and "_" in result:
        result = result.rsplit("_", 1)[0]
    return result[:length].strip("_")


def new_id(noun: str, taken: set[str], *, hint: str = "") -> str:
    """A name of an answer: letters first, no word of the condition language, used once.

    hint  words to tell it apart when the name is taken: its section
    """
    base = slug(noun) or "question"
    if not base[0].isalpha():
        base = f"item_{base}"
    if base in RESERVED:
        base = f"{base}_answer"
    tries = [base]
    if hint and slug(hint, words=2, length=22):
        tries.append(f"{slug(hint, words=2, length=22)}_{base}")
    for tried in tries:
        if tried not in taken and tried[0].isalpha():
            taken.add(tried)
            return tried
    at = 2
    while f"{base}_{at}" in taken:
        at += 1
    taken.add(f"{base}_{at}")
    return f"{base}_{at}"
