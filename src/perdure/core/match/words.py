"""From a title as printed to the words, names, numbers and acronyms that are compared.

Nothing here knows a particular list. The few fixed words are English, French, German and Dutch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Words for "a thing that is being done": they come and go between years without meaning anything.
_THING = frozenset(
    ("programme", "program", "programm", "programma", "project", "projekt", "projet", "scheme", "initiative")
)
_SMALL = frozenset(
    ("a", "an", "and", "the", "of", "for", "to", "in", "on", "at", "by", "with", "from", "into", "its", "der")
).union(
    ("die", "das", "des", "und", "fur", "von", "zu", "im", "le", "la", "les", "de", "du", "et", "pour", "en"),
    ("een", "het", "van", "voor"),
)
# Words after which a number or letter names one of several: Phase 2, Tranche B, Lot 3.
_SERIES = frozenset(
    ("phase", "tranche", "stage", "wave", "lot", "part", "round", "release", "block", "batch", "increment")
).union(
    ("generation", "gen", "version", "mark", "mk", "cohort", "package", "call", "step", "type", "class"),
    ("volume", "chapter", "etape", "teil", "stufe", "fase", "route", "group"),
)
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
}  # fmt: skip
_ROMAN_AFTER_SERIES = _ROMAN | {"i": "1", "v": "5", "x": "10"}
_COUNTED = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
_ORDINAL = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_FORMER = re.compile(
    r"\b(?:(?:formerly|formally|previously|originally|also)\s+(?:known as|called|named|the|titled)|formerly|"
    r"formally|previously|originally|known as|aka|a\.k\.a\.|renamed from|renamed|now called|now known as|was|"
    r"ex-|ehemals|früher|anciennement|voorheen)\s*:?\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
_JOINED_DIGITS = re.compile(r"(?<=\d)[,/.'’](?=\d)")
_WORD_THEN_NUMBER = re.compile(r"\b([a-z]{3,})(\d{1,2})\b")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Lower case without accents, "&" spelled out, digits joined ("100,000" is "100000")."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = plain.replace("&", " and ").replace("'", "").replace("’", "")
    return _JOINED_DIGITS.sub("", plain)


def tokens(text: str) -> list[str]:
    """The words of a text in order: folded, "nhsmail2" in two, Roman numerals and counted words as digits."""
    found = [t for t in _NOT_WORD.split(_WORD_THEN_NUMBER.sub(r"\1 \2", folded(text))) if t]
    return [_numeral(word, found[i - 1] if i else "") for i, word in enumerate(found)]


def _numeral(word: str, before: str) -> str:
    if before in _SERIES and word in _ROMAN_AFTER_SERIES:
        return _ROMAN_AFTER_SERIES[word]
    if before in _SERIES and word in _COUNTED:
        return _COUNTED[word]
    return _ROMAN.get(word, word)


def stem(word: str) -> str:
    """A word without its plural, so that "metering systems" meets "metering system"."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def meaningful(words: Iterable[str]) -> list[str]:
    """Stems of the words that say something, in order."""
    return [stem(word) for word in words if word not in _SMALL and word not in _THING]


def initials(words: Iterable[str]) -> tuple[str, ...]:
    """What the words may be cut down to: with and without the small words, with and without "programme"."""
    every = list(words)
    big = [w for w in every if w not in _SMALL]
    kept = [w for w in big if w not in _THING]
    made = ("".join(w if w.isdigit() else w[0] for w in some) for some in (every, big, kept))
    return tuple(sorted({m for m in made if len(m) >= 3}))


def numbers(words: list[str]) -> frozenset[str]:
    """What tells one of a series from the next: "phase:2", ":2014", ":2".

    A number with letters in it (A303, 5g) is a word like any other. Large round counts are too
    ("100000 genomes"): only years and numbers below 100 tell things of a series apart.
    """
    found: set[str] = set()
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        if before in _SERIES and (word.isdigit() or (len(word) == 1 and (word != "a" or not after))):
            found.add(f"{before}:{word.lstrip('0') or '0'}")
        elif word in _ORDINAL and after in _SERIES:
            found.add(f"{after}:{_ORDINAL[word]}")
        elif word.isdigit() and before not in _SERIES and (len(word) <= 2 or 1900 <= int(word[:9]) <= 2100):
            found.add(f":{word.lstrip('0') or '0'}")
    return frozenset(found)


@dataclass(frozen=True)
class Name:
    """A title taken apart.

    words      the words of the name itself, without what is said aside
    others     other names the title itself gives: "(formerly X)", as words in one string
    acronyms   short forms in brackets or in capitals, folded
    """

    words: tuple[str, ...]
    others: tuple[str, ...]
    acronyms: tuple[str, ...]

    @property
    def plain(self) -> str:
        return " ".join(self.words)

    @property
    def core(self) -> str:
        """Meaningful words, sorted: equal when only order, plurals or "programme" differ."""
        return core_of(self.words)


def core_of(words: Iterable[str]) -> str:
    kept = list(words)
    return " ".join(sorted(set(meaningful(kept)))) or " ".join(kept)


def taken_apart(title: str) -> Name:
    """Read a title: the name, other names it mentions, its acronyms."""
    rest, asides = _ASIDE.sub(" ", title), [m.group(1) for m in _ASIDE.finditer(title)]
    others: list[str] = []
    head, *former = _FORMER.split(rest)
    if former and tokens(head):
        others += former
    else:
        head = rest
    main = tokens(head)
    acronyms = [w for w in re.findall(r"\b[A-Z][A-Z0-9&]{2,7}\b", head) if not title.isupper()]
    for aside in asides:
        said = _FORMER.sub("", aside, count=1)
        if said != aside:
            others.append(said)
        elif is_short_form(aside, main):
            acronyms.append(aside)
        else:
            main += tokens(aside)
    every = (core_of(tokens(other)) for other in others)
    short = {"".join(tokens(a)) for a in acronyms}
    return Name(tuple(main), tuple(o for o in dict.fromkeys(every) if o), tuple(sorted(short)))


def is_short_form(aside: str, words: list[str]) -> bool:
    """Whether what stands in brackets only shortens the name before it: "(HS2)", "(SS Evolve)"."""
    letters = "".join(tokens(aside))
    if not letters or len(aside.split()) > 3:
        return False
    if (
        len(aside.split()) == 1
        and (aside.isupper() or sum(c.isupper() for c in aside) >= 2)
        and len(aside) <= 8
    ):
        return True
    return is_spelled_by(letters, words)


def is_spelled_by(short: str, words: list[str] | tuple[str, ...]) -> bool:
    """Whether the letters are beginnings of the words, in order, one or more of each: "ssevolve"."""
    if len(short) < 2:
        return False
    rests = {short}
    for word in words:
        more: set[str] = set()
        for rest in rests:
            top = min(len(rest), len(word))
            more |= {rest[n:] for n in range(1, top + 1) if rest[:n] == word[:n]}
        rests |= more
        if "" in rests:
            return True
    return False
