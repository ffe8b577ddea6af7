"""Words of the desk: time left, states and happenings, as people say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perdure.foundation.access import api as access
from perdure.parts.casework.models import Case, Entry
from perdure.parts.casework.values import EntryShown, Figures


@dataclass(frozen=True)
class Tag:
    """A few words on a coloured ground. tone: "", go, wait or stop, classes of the stylesheet."""

    says: str
    tone: str = ""


def day(when: date) -> str:
    """4 March 2027."""
    return date_format(when, "DATE_FORMAT")


class Timed(Protocol):
    """Anything with a clock: a line of the list, or a case."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def paused_on(self) -> date | None: ...


def due(case: Timed, today: date) -> str:
    """How much time is left, in words."""
    if case.state == Case.State.DECIDED:
        return _("decided")
    if case.paused_on is not None:
        return _("clock stopped on %(day)s") % {"day": day(case.paused_on)}
    left = (case.due_on - today).days
    if left < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}


def due_tone(case: Timed, today: date) -> str:
    """stop when it is late or due by tomorrow; else nothing."""
    running = case.state != Case.State.DECIDED and case.paused_on is None
    return "stop" if running and (case.due_on - today).days <= 1 else ""


def state_tag(state: str, *, effect: str = "", holder: str = "") -> Tag:
    """Where a case stands."""
    if state == Case.State.DECIDED:
        return {
            "approved": Tag(_("Approved"), "go"),
            "refused": Tag(_("Refused"), "stop"),
            "withdrawn": Tag(_("Withdrawn"), "wait"),
        }.get(effect, Tag(_("Decided"), "go"))
    if state == Case.State.WAITING:
        return Tag(_("Waits for the applicant"), "wait")
    if holder:
        return Tag(_("With %(name)s") % {"name": holder})
    return Tag(_("To check"))


def label_title(label: str) -> str:
    """A handling label as people read it."""
    for one in access.scheme().labels:
        if label == one.id or label in one.also:
            return one.title
    return label


def happened(entry: EntryShown, *, for_applicant: bool = False) -> str:
    """One entry of the timeline as a heading."""
    who = entry.by or _("the applicant")
    if for_applicant:
        return {
            Entry.Kind.RECEIVED.value: _("We received your application"),
            Entry.Kind.ASKED.value: _("We asked you for something"),
            Entry.Kind.REPLIED.value: _("You answered"),
            Entry.Kind.DECIDED.value: _("We decided"),
        }.get(entry.kind, "")
    return {
        Entry.Kind.RECEIVED.value: _("Application received"),
        Entry.Kind.TAKEN.value: _("%(who)s took the case"),
        Entry.Kind.HANDED.value: _("%(who)s handed the case over"),
        Entry.Kind.ASKED.value: _("%(who)s asked for more, the clock stopped"),
        Entry.Kind.REPLIED.value: _("The applicant answered, the clock goes on"),
        Entry.Kind.NOTE.value: _("Note by %(who)s"),
        Entry.Kind.DECIDED.value: _("%(who)s decided"),
    }.get(entry.kind, entry.kind) % {"who": who}


@dataclass(frozen=True)
class FigureCard:
    """One figure: the number, what it counts, and what to know about it."""

    number: str
    says: str
    small: str


def figure_cards(told: Figures) -> list[FigureCard]:
    """The figures of the desk in words."""
    yours = _("yours, all read") if not told.yours_unread else _("yours, %(n)s not read")
    oldest = _("none held yet")
    if told.oldest_days is not None:
        oldest = ngettext("oldest %(n)s day", "oldest %(n)s days", told.oldest_days) % {"n": told.oldest_days}
    late = ngettext("%(n)s is late", "%(n)s are late", told.late) % {"n": told.late}
    waits = ngettext("%(n)s waits for the applicant", "%(n)s wait for the applicant", told.waiting)
    return [
        FigureCard(str(told.yours), yours % {"n": told.yours_unread}, oldest),
        FigureCard(
            str(told.due_this_week),
            _("due within 7 days"),
            ", ".join([late] * bool(told.late) + [waits % {"n": told.waiting}]),
        ),
        FigureCard(str(told.untaken), _("not taken by anybody"), _("the next one is one button away")),
        _on_time(told),
    ]


def _on_time(told: Figures) -> FigureCard:
    if not told.decided:
        return FigureCard("–", _("decided on time"), _("none decided in the last 30 days"))
    interval = {
        "n": told.on_time,
        "of": told.decided,
        "low": round(100 * told.low),
        "high": round(100 * told.high),
    }
    return FigureCard(
        _("%(percent)s %%") % {"percent": round(100 * told.on_time / told.decided)},
        _("decided on time"),
        _("%(n)s of %(of)s in 30 days; 95 %% interval %(low)s to %(high)s %%") % interval,
    )
