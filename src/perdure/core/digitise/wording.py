"""From the words on the paper to plain words, by rules that a person can read.

    worded("12. VETERAN'S SOCIAL SECURITY NUMBER (If applicable)")
        number "12", title "Veteran's social security number", hint "If it applies to you."

The steps, in order: tidy the characters; take off an opening that belongs to the section;
take off the number; split title from help (brackets, second sentences); drop form-speak;
write capitals as a sentence. No step knows any form; each is a short list of patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from perdure.core.digitise.wording_lists import ACRONYMS, FORM_WORDS, PROPER

_ROMAN = r"(?:[IVX]{1,5})"
MACHINE = re.compile(
    r"(?i)^\W*(?:text ?(?:field|box)|check ?box|radio ?button(?: ?list)?|combo ?box|list ?box"
    r"|drop ?down(?: ?list)?|undefined|untitled|button|field|group|fill)[\W_]*[\da-z]{0,4}\W*$"
)
"""Names that programs give to boxes; they are not words to a person."""
SECTION = re.compile(
    rf"^\s*(?P<word>section|part|step|schedule|teil|abschnitt|partie|secci[oó]n|parte|box)\s+"
    rf"(?P<number>\d{{1,2}}|{_ROMAN}|[A-Z])\b(?P<cut>\s*[-–—:.)]+\s*|\s+|$)(?P<title>.*)$",
    re.I | re.S,
)
NUMBER = re.compile(
    r"^\s*(?:"
    r"(?:(?i:item|line|question|frage|zeile|nr\.?))\s+(?P<said>\d{1,3}\s?[A-Za-z]?)\b\s*[.:)]*\s+(?!of\b)"
    r"|(?:"
    r"\(?(?P<digits>\d{1,3})\s?\.?\s?\(?(?P<letter>[A-Za-z])\)?(?:\s?[.):]+(?=\s|[A-Z(])|\s?[-–](?=\s))"
    r"|\(?(?P<short>\d{1,3}(?!st|nd|rd|th)[a-z]{1,2}|\d{1,3}[A-Z]{1,2}(?:\.\d{1,2})?)\)?[.):]*\s+(?=\S)"
    r"|\(?(?P<only>\d{1,3})\s?[.):]+\s*(?=\D|$)"
    r"|(?P<bare>\d{1,2})\s+(?=[A-Z][a-zA-Z’'])"
    r"|\(?(?P<alone>[A-Za-z])(?:\s?[.)]|\s[-–])\s+(?=\S)"
    r"|\((?P<roman>[ivx]{1,4})\)\s*"
    r"))\s*"
)
_INNER = re.compile(r"(?:(?<=[.!?)]\s)|(?<=[.!?)]\s\s))(?=\d{1,2}\s?\.?\s?[A-Z]?\.\s+[A-Z(])")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*|\s*\(([^()]*)$")
_SENTENCE_END = re.compile(r"(?<=[a-zA-Z\d)\"”][.?!])\s+(?=[A-Z\"“(])")
_SHORT_FORMS = re.compile(
    r"\b(?:No|Nos|St|Apt|Mr|Mrs|Ms|Dr|U\.S|P\.O|Jr|Sr|Inc|e\.g|i\.e|etc|Tel|Ext|Ave|Str|bzw|ggf|z\.B)\.$",
    re.I,
)
_LINE_OF = re.compile(
    r"[\s,.\-–(\[]*\b(?:line\s+)?(?P<row>\d{1,2})\s*of\s+(?P<all>\d{1,2})\b[\s).\]]*"
    r"|[\s,.\-–]+line\s+(?P<line>\d{1,2})\s*\.?\s*$|\s*\[(?P<index>\d{1,3})\]\s*$",
    re.I,
)


@dataclass(frozen=True)
class Worded:
    """The words of one box, taken apart.

    number    as printed, without dots: "12", "5B"; "" when it has none
    title     in plain words, never with a number; "" when nothing is left
    hint      help that stood with it; "" when there is none
    row       1 for "line 1 of 2" or "[1]"; 0 when it is not said
    was       the words as printed, tidied only
    preface   what stood before the number in a long text: instructions, not the question
    section   heading at the front of the text: "Military service information"
    """

    number: str = ""
    title: str = ""
    hint: str = ""
    row: int = 0
    was: str = ""
    preface: str = ""
    section: str = ""
    optional: bool = False
    required: bool = False


@lru_cache(maxsize=8192)
def worded(text: str, *, format: str = "") -> Worded:
    """Take the words of one box apart and say them plainly."""
    was = "" if MACHINE.match(text) else tidy(text)
    section, rest = take_section(_SYMBOL.sub("", was))
    preface, rest = take_preface(rest)
    number, rest = take_number(rest)
    rest = _without_echo(rest, number)
    row, rest = take_row(rest)
    required = bool(re.search(r"\*\s*$|^\*|\(required\)|\brequired field\b", rest, re.I))
    optional = bool(re.search(r"\boptional\b", rest, re.I))
    core, brackets = take_brackets(re.sub(r"^check ?box\b[\s.:\-–]*(?=\w)", "", rest, flags=re.I))
    sentences = _question_first(split_sentences(core))
    title = plain(drop_speak(sentences[0])) if sentences else ""
    title, over = _shortened(title)
    title, brackets, sentences = _with_piece(title, brackets, sentences)
    title, sentences = _with_lettered(title, sentences)
    hints = [over, *(_help(words) for words in brackets), *(_help(words) for words in sentences[1:])]
    return Worded(
        number=number,
        title=title,
        hint=" ".join(dict.fromkeys(hint for hint in hints if hint)),
        row=row,
        was=was,
        preface=preface,
        section=section,
        optional=optional,
        required=required and not optional,
    )


_PIECE = re.compile(r"(?i)^\W*(from|to|beginning|begin|start|end|ending|completion)\W*$")


def _with_piece(title: str, brackets: list[str], sentences: list[str]) -> tuple[str, list[str], list[str]]:
    """ "Dates of training. From." asks for the start: that is the title's business, not help."""
    said = [words for words in (*brackets, *sentences[1:]) if _PIECE.match(words)]
    if len(said) != 1 or not title or title.endswith("?"):
        return title, brackets, sentences
    kept = [words for words in brackets if words not in said]
    others = [words for at, words in enumerate(sentences) if not at or words not in said]
    return f"{title}: {said[0].strip(' .:()').lower()}", kept, others


_LETTERED = re.compile(r"^[A-Z]\.\s+(?P<words>[A-Z].{2,50}?)\W*$")


def _with_lettered(title: str, sentences: list[str]) -> tuple[str, list[str]]:
    """ "Value of estate. A. Savings." asks for the savings of the estate."""
    found = _LETTERED.match(sentences[1]) if len(sentences) > 1 else None
    if found is None or not 3 < len(title) < 60 or title.endswith("?"):
        return title, sentences
    words = plain(drop_speak(found["words"]))
    said = words if words[1:2].isupper() or words[1:2] == "." else words[:1].lower() + words[1:]
    return f"{title}: {said}", [sentences[0], *sentences[2:]]


_SYMBOL = re.compile(r"^\W*[A-Za-z]\s+(?=(?:I|My|Your)\s+\w)")
"""A number in a font of symbols comes out as a letter: "q My name is"."""
_ASIDE = re.compile(r"^(?:see|read|note|important|notice|instructions?|caution|reminder)\b", re.I)
LONGEST_TITLE = 110


def _question_first(sentences: list[str]) -> list[str]:
    """A first sentence that only points elsewhere ("See section 8") is help, not the question."""
    while len(sentences) > 1 and _ASIDE.match(sentences[0]):
        sentences = [*sentences[1:], sentences[0]]
        if _ASIDE.match(sentences[0]) and all(map(_ASIDE.match, sentences)):
            break
    return sentences


def _shortened(title: str) -> tuple[str, str]:
    """A title that runs on is cut at its first dash, colon or semicolon; the rest is help."""
    if len(title) <= LONGEST_TITLE or title.endswith("?"):
        return title, ""
    for cut in (" - ", " – ", "; ", ": "):
        head, _, rest = title.partition(cut)
        if rest and 8 <= len(head) <= LONGEST_TITLE:
            return head, f"{rest[:1].upper()}{rest[1:]}."
    if len(title) <= 1.5 * LONGEST_TITLE:
        return title, ""
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;") + " ...", title


@lru_cache(maxsize=16384)
def tidy(text: str) -> str:
    """One line, common characters, no fill-in lines, no dot leaders, no hyphens of a line's end."""
    text = re.sub(r"(?<=[^\W\d_])(?:\x02|\u00ad)\s*(?=[^\W\d_])", "", text)
    text = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", " ", text)
    text = re.sub(r"[\ue000-\uf8ff\u25a0-\u25ff\u2610-\u2612\u2022\ufffd\u00ad\u200b]", " ", text)
    text = text.replace("’", "'").replace("‘", "'").replace("`", "'").replace("“", '"').replace("”", '"')
    text = re.sub(r"_{2,}|\.{3,}|…+|(?:\s\.){3,}|-{4,}", " ", text)
    text = re.sub(r"\[\s*\]|\(\s*\)|^\s*[\])}]+(?:\s*)|[\[({]\s*$", " ", text)
    text = re.sub(r"\bV\.? A\b\.?(?=\W|$)", "VA", text)
    text = re.sub(r"\bP\. ?O\. ?(?=Box)", "PO ", text, flags=re.I)
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    text = re.sub(r"^(\d)\s(\d[A-Z]?)[.)]", r"\1\2.", text)
    return re.sub(r"\s+", " ", text).strip(" \t:;,-–")


def take_section(text: str) -> tuple[str, str]:
    """("Military service information", the rest) when the text opens with a section heading."""
    pointing = re.match(r"(?i)(?:see|read)\b[^.]{0,80}\.\s+(?=section|part)", text)
    found = SECTION.match(text[pointing.end() :] if pointing else text)
    if not found or not found["cut"].strip():
        return "", text
    title, _, rest = found["title"].partition(". ")
    title, _ = take_brackets(title)
    words = f"{found['word'].capitalize()} {found['number'].upper()}"
    return (f"{words}: {plain(title)}" if title else words), rest.strip()


def take_preface(text: str) -> tuple[str, str]:
    """Instructions before the last numbered sentence of a long text, and that sentence."""
    if len(text) < 60:
        return "", text
    starts = [found.start() for found in _INNER.finditer(text)]
    return (text[: starts[-1]].strip(), text[starts[-1] :]) if starts else ("", text)


def take_number(text: str) -> tuple[str, str]:
    """("12B", the rest); the number as printed without dots and brackets."""
    found = NUMBER.match(text)
    if not found or found.end() >= len(text):
        return "", text
    parts = found.groupdict()
    if parts["bare"] and re.match(r"(digit|number|month|day|year)", text[found.end() :], re.I):
        return "", text
    number = "".join(part for name, part in parts.items() if part)
    number = number.replace(" ", "")
    return number.upper() if number[:1].isdigit() else number, text[found.end() :].strip()


def _without_echo(text: str, number: str) -> str:
    """Without the line number that tax forms print again at the right of the line."""
    return re.sub(rf"\s*[.►]*\s*{re.escape(number)}\s*$", "", text) if number else text


def take_row(text: str) -> tuple[int, str]:
    """(2, the rest) for "... Line 2 of 3" and "... [2]"; 0 when no row is said."""
    found = _LINE_OF.search(text)
    if not found:
        return 0, text
    row = int(found["row"] or found["line"] or found["index"])
    rest = (text[: found.start()] + " " + text[found.end() :]).strip(" .,")
    return row, rest or text


def take_brackets(text: str) -> tuple[str, list[str]]:
    """The text without its bracketed words, and those words; "(s)" stays."""
    kept = re.sub(r"\((s|es|ren|ies|in|innen|e|n|r)\)", r"‹\1›", text, flags=re.I)
    inside = [(found[1] or found[2] or "").strip() for found in _BRACKETS.finditer(kept)]
    core = _BRACKETS.sub(lambda found: _joint(found, kept), kept)
    restore = str.maketrans("‹›", "()")
    core = re.sub(r"\s+([,.;:?!])", r"\1", core.translate(restore))
    core = re.sub(r"([.?!])\s*\.+", r"\1", core)
    core = re.sub(r"\s+", " ", core).strip(" :;,-–")
    if not re.search(r"\w\w", core):
        return re.sub(r"[()\[\]]", "", text).strip(" :;,-–"), []
    return core, [words.translate(restore) for words in inside if words]


def _joint(found: re.Match[str], text: str) -> str:
    """What stands where a bracket stood: the end of a sentence when a new one begins behind it."""
    begins = re.match(r"[A-Z][a-z]*\s+[a-z]", text[found.end() :])
    return ". " if begins and text[: found.start()].strip()[-1:].isalnum() else " "


def split_sentences(text: str) -> list[str]:
    """Sentences, keeping short forms such as "No." and "P.O." together."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if pieces and (_SHORT_FORMS.search(pieces[-1]) or re.search(r"(^|\s)[A-Za-z]\.$", pieces[-1])):
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if re.search(r"\w", piece)]


_SPEAK = (
    (r"^\s*(?:please|bitte)\s+", ""),
    (r"^check ?box\b[\s.:\-–]*", ""),
    (r"[\s.,\-–]*\b\d+ characters?(?: available| max)?\b\.?", ""),
    (
        (
            r"\b(?:first|last)\b[\s,\-–/]*(?:name)?[\s,\-–/&]*(?:middle|first)\b[\s,\-–/]*(?:initial|name)?"
            r"[\s,\-–/&]*(?:and\s+)?(?:last|middle)\b[\s,\-–/]*(?:initial|name)?(?=\W*$|\s+of\b)"
        ),
        "name",
    ),
    (r"^(you|spouse|taxpayer)\s+[-–]\s+enter\s*(?:the\s*)?", r"\1: "),
    (r"[\s.,\-–]+\benter\b.*\b(?:digits?|numbers?|dollar amount)\b.*$", ""),
    (
        (
            r"^(?:enter|type|fill in|write|insert|print|provide|list|specify|indicate)\s+(?:(?:your|the|an?)"
            r"\s+)?(?=\w)(?!of\b|and\b|or\b|agency|court|file|bar|income|tax|abbrev)"
        ),
        "",
    ),
    (r"^(?:\d|two|four|three|nine|five)[- ]digit\s+(?=\w)", ""),
    (r"\s*\b(?:please\s+)?(?:type or print|print or type|please print|print clearly|sign in ink)\b\.?", ""),
    (r"\s*\bcheck (?:the )?(?:appropriate )?box(?:es)?\b\.?$", ""),
    (r"\b(?:bitte\s+)?(?:eintragen|ergänzen|eingeben|angeben|ankreuzen)\.?$", ""),
    (r"\s+(?:is|are)$", ""),
    (r"\s*[*†]+\s*", " "),
)


def drop_speak(text: str) -> str:
    """Without "please", "enter", "type or print" and other words that only paper needs."""
    for pattern, instead in _SPEAK:
        changed = re.sub(pattern, instead, text, flags=re.I)
        text = changed if re.search(r"\w", changed) else text
    return text.strip(" .:;,-–*")


_US_PEOPLE = re.compile(
    r"(?i)\b(tell|give|show|let|send|help|contact|call|write to|from|to|with|allow|for) US\b"
)
"""Where capitals come down, "TELL US" is not about the United States."""


_TWO_WORDS = re.compile(
    r"\b(new|north|south|west|puerto|united)(?= (?:York|Jersey|Hampshire|Mexico|Orleans|Carolina|Dakota"
    r"|Virginia|Rico|States|Kingdom)\b)",
    re.I,
)
"""Names of places whose first word is an everyday word."""


def plain(text: str) -> str:
    """As a sentence: capitals and Title Case come down, names and short forms stay."""
    text = text.strip(" .:;,-–")
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return text
    shouting = sum(letter.isupper() for letter in letters) / len(letters) > 0.6 and len(letters) > 1
    words = re.split(r"(\s+|/|-|\()", text)
    said = [_plain_word(word, shouting) for word in words]
    sentence = _US_PEOPLE.sub(lambda found: f"{found[1]} us", "".join(said)) if shouting else "".join(said)
    sentence = re.sub(r"\bI AM\b", "I am", sentence) if shouting else sentence
    sentence = _TWO_WORDS.sub(lambda found: found[1].capitalize(), sentence)
    return sentence[:1].upper() + sentence[1:]


def _plain_word(word: str, shouting: bool) -> str:
    core = word.strip(".,:;?!()\"'")
    bare = re.sub(r"'[sS]$", "", core)
    lower = bare.lower()
    if not core or not core[0].isalpha():
        return word
    if bare.upper() in ACRONYMS and (shouting or bare.isupper()):
        return word.replace(bare, bare.upper()).replace("'S", "'s")
    if lower in PROPER:
        return word.replace(bare, PROPER[lower]).replace("'S", "'s")
    if shouting or (core[0].isupper() and (lower in FORM_WORDS or (core.isupper() and len(core) > 4))):
        return word if core == "I" or _is_code(core) else word.lower()
    return word


def _is_code(core: str) -> bool:
    """Codes such as "335-I", "W-2" and Roman numbers are not words."""
    return bool(re.fullmatch(r"[IVX]{2,5}|[A-Z]\d+|\d+[A-Z]+", core))


_HELP = (
    (r"^.*\brequired field\b.*$|^(?:see|read) .*\b(?:above|below)$", ""),
    (r"^if (?:applicable|any|appropriate)$", "If it applies to you."),
    (r"^if known$", "If you know it."),
    (r"^(?:(?:include|including|with)(?: the)? )?area code$", "Include the area code."),
    (
        (
            r"^(?:optional|required|check (?:only )?one(?: box)?(?: only)?|mm?|dd?|yyyy|continued"
            r"|type or print|please print|print|sign in ink"
            r"|do not print|specify|cont'?d?\.?)$"
        ),
        "",
    ),
    (r"^(?:see|refer to) (?:the )?(?:instructions?|page).*$", ""),
    (r"^.*\b(?:\d|two|four|three|nine|five)[- ]?digit\b.*$", ""),
    (r"^(?:enter|type|give)\b.*\b(?:digits?|numbers?|date|month|state|country|city|name)\b.*$", ""),
    (
        (
            r"^\d+ characters? (?:max|available).*$|^check box$|^digital signature$"
            r"|^(?:.*\b)?read information above$|^(?:in )?dollars?(?: amount)?$|^enter dollar amount$"
        ),
        "",
    ),
    (r"^(?:first|last|given|family)\b[\w\s,.\-/]*\bname\b.*$|^(?:first|last),.*(?:middle|first|last).*$", ""),
    (r"^(?:yes|no|other)$", ""),
)
_DATE_WORDS = re.compile(
    r"^\W*(?:m+|d+|y+|t+|j+|month|day|year|monat|tag|jahr)(?:[\W\d]+(?:m+|d+|y+|t+|j+|month|day|year"
    r"|monat|tag|jahr))*\W*$",
    re.I,
)


def _help(words: str) -> str:
    """Help as one sentence; "" for words that only tell how to write on paper."""
    words = words.strip(" .:;,-–\"'")
    if not re.search(r"\w\w", words) or _DATE_WORDS.match(words):
        return ""
    for pattern, instead in _HELP:
        if re.match(pattern, words, re.I):
            return instead
    said = plain(words)
    return said if said[-1:] in ".?!" else f"{said}."
