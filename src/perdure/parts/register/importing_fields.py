"""From what the rows of lists said to what a case is today. No database here.

Two sorts of fields. What a case *is* (title, organisation, area, ...): the newest row that says something
decides, and a row that is silent changes nothing. How it *stands* (stage, status, dates to come, cost,
rating, outcome): the newest year decides alone, and what its rows are silent about is not known. A field
that a person set is held: no row changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.db.models.base import ModelState

from perdure.core.lists.api import LINK, Mapped, Rejected
from perdure.parts.register.models import Case

IS = (
    "title", "summary", "for_whom", "country", "level", "organisation", "unit", "area", "kind", "url",
    "started", "technology",
)  # fmt: skip
STANDS = (
    "stage", "stage_raw", "status", "ended", "review_due", "planned_end", "cost", "currency", "rating",
    "outcome", "outcome_later", "assessed_on", "extra",
)  # fmt: skip
FIELDS = IS + STANDS
_DATES = {"started", "ended", "review_due", "planned_end", "assessed_on"}
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(FIELDS, ""),
    **dict.fromkeys((*_DATES, "cost")),
    "status": Case.Status.UNKNOWN,
}
_LONGEST = {
    field.name: field.max_length
    for field in Case._meta.concrete_fields
    if field.name in FIELDS and field.max_length
}
_DEAREST = Decimal(10) ** 16
_SURROGATES = dict.fromkeys(range(55296, 57344), "�") | {0: None}


def plain(text: str) -> str:
    """Text as both databases take it: without NUL and halves of characters."""
    return text if text.isascii() and "\x00" not in text else text.translate(_SURROGATES)


def values_of(row: Mapped) -> dict[str, Any]:
    """Everything that a row said, as plain JSON: the fields, and beside them key, extra, raw, precision."""
    said: dict[str, Any] = {name: _json(value) for name, value in row.values.items()}
    for name, more in (("extra", row.extra), ("raw", row.raw), ("precision", row.precision)):
        if more:
            said[name] = {plain(key): plain(value) for key, value in more.items()}
    said["key"] = key_of(row)
    return said


def key_of(row: Mapped) -> str:
    """The key as the database keeps it: a very long one by its beginning and a hash of all of it."""
    return _short_key(row.key)


def _short_key(key: str) -> str:
    key = plain(key)
    if len(key) <= 300:
        return key
    from hashlib import sha256

    return f"{key[:235]}#{sha256(key.encode()).hexdigest()}"


def _json(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a case that a snapshot says something about, as the case keeps them."""
    found: dict[str, Any] = {}
    for given, (name, kept_as) in _KEPT.items():
        value = values.get(given)
        if value in (None, "", [], {}):
            continue
        kept = kept_as(value)
        if kept is not None:
            found[name] = kept
    return found


def _kept(name: str) -> Callable[[Any], Any]:
    """How a case keeps what a row says in a field."""
    if name in _DATES:
        return date.fromisoformat
    if name == "cost":
        return _sum
    if name == "technology":
        return lambda value: tuple(dict.fromkeys(one[:120] for one in value))
    if name == "extra":
        return dict
    longest = _LONGEST.get(name)
    return str if longest is None else lambda value: _shortened(str(value), longest)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _sum(value: str) -> Decimal | None:
    """A sum that the column has room for; what is larger stays in the snapshot alone."""
    try:
        amount = Decimal(value).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if abs(amount) < _DEAREST else None


_KEPT = {"cost_currency" if name == "currency" else name: (name, _kept(name)) for name in FIELDS}
"""Field of a row -> field of a case, and how the case keeps it."""


class Fresh(NamedTuple):
    """The case that a row makes when its key is new. meanings: words of filters -> (group, value)."""

    case: Case
    meanings: dict[str, tuple[str, str]]


class Ready(NamedTuple):
    """A row ready to be put on its case. values: everything it said; news: what of it a case keeps.

    unread fields that are empty because what stood there could not be read
    fresh  made beforehand where most rows are new; None: to be made when it is needed
    linked fields that were filled from the words of a link
    former the key that a release made which did not read links; "" where it is the same
    """

    line: int
    key: str
    year: int | None
    values: dict[str, Any]
    news: dict[str, Any]
    unread: frozenset[str]
    original: dict[str, str]
    fresh: Fresh | None = None
    linked: frozenset[str] = frozenset()
    former: str = ""

    def under(self, key: str) -> Ready:
        """The same row under another key."""
        return self._replace(key=key, values={**self.values, "key": key}, fresh=None)


def ready(row: Mapped | Rejected) -> Ready | Rejected:
    """Everything about a row that can be worked out without the database."""
    if isinstance(row, Rejected):
        return row
    values = values_of(row)
    unread = frozenset(note.field for note in row.notes if note.field not in row.values)
    linked = frozenset(note.field for note in row.notes if note.code == LINK)
    more = {"linked": linked, "former": _short_key(row.former)}
    return Ready(row.line, values["key"], row.year, values, said(values), unread, row.extra, **more)


def overlay(case: Case, news: Mapping[str, Any], *, anew: bool = True) -> None:
    """Put what a row said on a case that no newer row has spoken of. Sets case.technology_names as well.

    anew  the first row of its year and import; a further one adds to it and takes nothing away
    """
    held = case.held
    for name in IS:
        if name in news and name not in held:
            _set(case, name, news[name])
    for name in STANDS:
        if name not in held and (anew or name in news):
            _set(case, name, news[name] if name in news else _empty(name))


def another(blank: Case) -> Case:
    """A case that says what this one says, neither of them kept yet. Much cheaper than one from nothing."""
    case: Case = Case.__new__(Case)
    case.__dict__.update(vars(blank), _state=ModelState(), extra={}, held=[])
    return case


def fill(case: Case, news: Mapping[str, Any]) -> None:
    """Put what a row said on a case that nothing was said of yet: as overlay, with less to look at."""
    case.technology_names = ()
    for name, value in news.items():
        _set(case, name, value)


def rebuild(case: Case, snapshots: Iterable[tuple[int | None, Any, Mapping[str, Any]]]) -> None:
    """Make a case anew from (year, import, values), oldest first. With none of them it stays as it is."""
    before: tuple[int | None, Any] | None = None
    for year, origin, values in snapshots:
        if before is None:
            _forget(case)
        overlay(case, said(values), anew=before != (year, origin))
        widen_years(case, year)
        before = (year, origin)


def _forget(case: Case) -> None:
    title = case.title
    for name in FIELDS:
        if name not in case.held:
            _set(case, name, _empty(name))
    case.title = case.title or title
    case.first_listed = case.last_listed = None


def widen_years(case: Case, year: int | None) -> None:
    """The case stood in the list of this year."""
    if year is None:
        return
    case.first_listed = year if case.first_listed is None else min(case.first_listed, year)
    case.last_listed = year if case.last_listed is None else max(case.last_listed, year)


def _set(case: Case, name: str, value: Any) -> None:
    setattr(case, "technology_names" if name == "technology" else name, value)


def _empty(name: str) -> Any:
    if name == "extra":
        return {}
    return () if name == "technology" else _EMPTY[name]
