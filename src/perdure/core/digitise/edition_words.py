"""changes.md: what a new edition of a form changes, for the person who keeps the service."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from perdure.core.digitise.edition_values import FOLLOWED, Change, ChangeKind, Edition

HEADINGS = {
    ChangeKind.NEW: ("New questions", "Read each one: its words and kind come from the draft."),
    ChangeKind.GONE: ("Gone", "No longer on the paper, so no longer asked."),
    ChangeKind.STILL_ASKED: (
        "Gone from the paper, but still asked",
        "Something uses the answer. Change that first, then leave the question out.",
    ),
    ChangeKind.REWORDED: (
        "Reworded",
        "Your titles and hints are as they were. Check that they still say what the paper asks.",
    ),
    ChangeKind.OPTION_NEW: ("New options", ""),
    ChangeKind.OPTION_GONE: ("Options gone", ""),
    ChangeKind.OPTION_REWORDED: ("Options reworded", "Your words are as they were."),
    ChangeKind.PART: ("Parts of names and addresses", ""),
    ChangeKind.ROUTE: ("Who is asked what", "Your conditions are as they were."),
    ChangeKind.NO_PLACE: ("Boxes and answers that found no partner", ""),
    ChangeKind.MOVED: ("Moved on the paper", "The answers are written in the new place; your order stays."),
    ChangeKind.ROOM: ("More or less room", "The paper is filled accordingly."),
}


def changes_md(edition: Edition) -> str:
    """The changes as Markdown, grouped by kind; what a person must look at has a box to tick off."""
    return "\n".join([*_head(edition), *_groups(edition), ""])


def in_a_line(edition: Edition) -> str:
    """How many of each, in one line: "2 new, 1 gone, 14 moved"; "nothing changed" when there is none."""
    counted = [(kind, sum(one.kind is kind for one in edition.changes)) for kind in ChangeKind]
    said = [f"{count} {_in_words(kind, count)}" for kind, count in counted if count]
    return ", ".join(said) or "nothing changed"


def _in_words(kind: ChangeKind, count: int) -> str:
    words = {
        ChangeKind.STILL_ASKED: "gone but still asked",
        ChangeKind.OPTION_NEW: "new option" if count == 1 else "new options",
        ChangeKind.OPTION_GONE: "option gone" if count == 1 else "options gone",
        ChangeKind.OPTION_REWORDED: "option reworded" if count == 1 else "options reworded",
        ChangeKind.PART: "part of a name or address" if count == 1 else "parts of names or addresses",
        ChangeKind.ROUTE: "route to check" if count == 1 else "routes to check",
        ChangeKind.NO_PLACE: "box without a partner" if count == 1 else "boxes without a partner",
        ChangeKind.ROOM: "with other room",
    }
    return words.get(kind, kind.value)


def _head(edition: Edition) -> Iterator[str]:
    definition = edition.definition
    yield f"# {_plain(definition.title)}: what the new edition changes"
    yield ""
    number = edition.for_a_person
    if not edition.changes:
        yield "Nothing: every question of the new paper is one that you have."
    elif not number:
        yield f"In short: {in_a_line(edition)}. Nothing needs you."
    else:
        needs = "1 change needs you" if number == 1 else f"{number} changes need you"
        yield f"In short: {in_a_line(edition)}. {needs}."
    yield ""


def _groups(edition: Edition) -> Iterator[str]:
    for kind, changes in groupby(edition.changes, key=lambda one: one.kind):
        heading, about = HEADINGS[kind]
        yield f"## {heading}"
        yield ""
        if about:
            yield about
            yield ""
        for change in changes:
            yield _line(change)
            if change.kind is ChangeKind.STILL_ASKED or change.says:
                yield (
                    f"      {_plain(change.says)}"
                    if change.kind not in FOLLOWED
                    else f"  {_plain(change.says)}"
                )
        yield ""


def _line(change: Change) -> str:
    tick = "- [ ]" if change.needs_a_person else "-"
    page = f" Page {change.page}:" if change.page else ""
    name = f" (`{change.question}`)" if change.question else ""
    return f"{tick}{page} **{_plain(change.title)}**{name}"


def _plain(text: str) -> str:
    """On one line, and without signs that Markdown takes for its own."""
    flat = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in flat)
