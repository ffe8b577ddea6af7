"""Reading one cell as a kind of value. A reading never raises: it gives a value or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from perdure.core.lists.dates import read_date
from perdure.core.lists.mapping import NOTHING, DateReading, MoneyReading, Rule
from perdure.core.lists.marked_links import links_in, without_links
from perdure.core.lists.money import read_money
from perdure.core.lists.values import Kind, TargetField, Value


class Read(NamedTuple):
    """What a cell says. value None and no code: nothing. code and words: what was lost in reading."""

    value: Value | None = None
    code: str = ""
    words: str = ""
    precision: str = ""


Reader = Callable[[str], Read]
EMPTY = Read()
_REMEMBERED = 20_000


def fold(text: str) -> str:
    """For comparing words: small letters, single spaces, no full stop or colon at the end."""
    return " ".join(text.casefold().split()).strip(" .:;,!")


_NOTHING = frozenset(fold(word) or word for word in NOTHING)


def means_nothing(text: str) -> bool:
    """Is the cell empty, or one of the words that people write into empty cells?"""
    return (fold(text) or text.strip()) in _NOTHING or not text.strip()


def reader_for(target: TargetField, rule: Rule) -> Reader:
    """The way to read cells for this field under this rule; cells seen before are remembered."""
    read = _reader(target, rule)
    if target.kind is Kind.TEXT:
        return read
    known: dict[str, Read] = {}

    def remembered(text: str) -> Read:
        found = known.get(text)
        if found is None:
            found = read(text)
            if len(known) < _REMEMBERED and len(text) < 200:
                known[text] = found
        return found

    return remembered


def _reader(target: TargetField, rule: Rule) -> Reader:
    if rule.choices or target.kind is Kind.CHOICE:
        return choice_reader(target.vocabulary, rule)
    if target.kind is Kind.DATE:
        how = rule.date or DateReading()
        return lambda text: _date(text, how)
    if target.kind in {Kind.MONEY, Kind.NUMBER}:
        money = rule.money or MoneyReading()
        return lambda text: _sum(text, money)
    if target.kind is Kind.LIST:
        return _list_reader(rule.separators or (";", "|", "\n"))
    if rule.without and target.kind is Kind.TEXT:
        return _text_without(rule.without)
    return {Kind.URL: _url, Kind.COUNTRY: _country, Kind.YES_NO: _yes_no}.get(target.kind, _text)


_C1 = re.compile("[\x80-\x9f]")


def _text(text: str) -> Read:
    text = text.strip()
    if not text:
        return EMPTY
    if not text.isascii() and _C1.search(text):
        text = _C1.sub(_western, text)
    return Read(text)


def _text_without(words: Sequence[str]) -> Reader:
    ends = "|".join(re.escape(word.strip()) for word in words)
    tail = re.compile(rf"[\s\-–—:,(]*(?:{ends})\s*\)?\s*$", re.IGNORECASE)

    def read(text: str) -> Read:
        found = _text(text)
        short = tail.sub("", str(found.value or ""))
        return Read(short) if short else found

    return read


def _western(found: re.Match[str]) -> str:
    """Control characters of ISO 8859-1 in a text are Windows-1252 that was read as the wrong one."""
    return found.group().encode("latin-1").decode("cp1252", errors="ignore")


def _date(text: str, how: DateReading) -> Read:
    if means_nothing(text):
        return EMPTY
    found = read_date(text, how)
    return Read(found.day, found.code, found.words, found.precision)


def _sum(text: str, how: MoneyReading) -> Read:
    if means_nothing(text):
        return EMPTY
    return Read(*read_money(text, how))


def _list_reader(separators: Sequence[str]) -> Reader:
    cut = re.compile("|".join(re.escape(separator) for separator in separators))

    def read(text: str) -> Read:
        items = dict.fromkeys(" ".join(item.split()) for item in cut.split(text))
        kept = tuple(item for item in items if item and not means_nothing(item))
        return Read(kept) if kept else EMPTY

    return read


_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:[/?#:]\S*)?", re.IGNORECASE)


def _url(text: str) -> Read:
    text = text.strip()
    if means_nothing(text):
        return EMPTY
    marked = [link.address for link in links_in(text) if _ADDRESS.fullmatch(link.address)]
    if marked and _has_host(marked[0]):
        return _first_address(marked[0], alone=len(set(marked)) == 1 and "://" not in without_links(text))
    if _BARE.fullmatch(text):
        return Read("https://" + text)
    found = _ADDRESS.search(text)
    if found is None or not _has_host(found.group()):
        return Read(None, "url.unreadable", "This is not a web address.")
    address = found.group().rstrip(".,;)")
    return _first_address(address, alone=address == text.rstrip(".,;)"))


def _first_address(address: str, *, alone: bool) -> Read:
    if alone:
        return Read(address)
    return Read(address, "url.words-beside", "Only the first web address in this cell was taken.")


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Folded name or code -> ISO 3166-1 alpha-2."""
    found: dict[str, str] = {}
    lines = (Path(__file__).parent / "countries.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            code, *others = line.split("|")
            found.update(dict.fromkeys((fold(code), *map(fold, others)), code))
    return found


def _country(text: str) -> Read:
    if means_nothing(text):
        return EMPTY
    code = countries().get(fold(text))
    return Read(code) if code else Read(None, "country.unknown", "We do not know this country.")


_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "ja", "j", "oui", "si", "sí", "vrai", "wahr", "on"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "faux", "falsch", "falso", "off"})


def _yes_no(text: str) -> Read:
    word = fold(text)
    if word in _YES:
        return Read(True)
    if word in _NO:
        return Read(False)
    return EMPTY if means_nothing(text) else Read(None, "yes-no.unknown", "This is neither yes nor no.")


def choice_reader(vocabulary: Mapping[str, Sequence[str]], rule: Rule) -> Reader:
    """Words to values: the rule's choices come first, then the field's own words, then `otherwise`."""
    whole: dict[str, str] = {}
    loose: list[tuple[re.Pattern[str], str]] = []
    for words in (rule.choices, vocabulary):
        for value, others in words.items():
            for word in (*others, value, value.replace("_", " ")):
                if "*" in word:
                    loose.append((pattern_of(word), value))
                else:
                    whole.setdefault(fold(word), value)

    def read(text: str) -> Read:
        word = fold(text)
        value = whole.get(word)
        if value is None and word:
            value = next((found for pattern, found in loose if pattern.fullmatch(word)), None)
        if value is None and word:
            value = rule.otherwise
        if value is not None:
            return Read(value) if value else EMPTY
        if means_nothing(text):
            return EMPTY
        return Read(
            None, "choice.unknown", "We do not know this word here. Say in the mapping what it means."
        )

    return read


def pattern_of(word: str) -> re.Pattern[str]:
    """A word with `*` for anything."""
    parts = (re.escape(" ".join(part.casefold().split())) for part in word.split("*"))
    return re.compile(r"\s*.*".join(parts), re.DOTALL)


def as_constant(target: TargetField, text: str) -> Value:
    """A constant of a mapping as the field's kind; ValueError when it cannot be read."""
    read = _reader(target, Rule(constant=text, date=DateReading(order="year_first")))(text)
    if read.value is None or read.code:
        raise ValueError(text)
    return read.value


def as_number(text: str) -> Decimal | None:
    """A plain figure, or None."""
    return read_money(text, MoneyReading())[0]
