"""The folder that `perdure digitise` makes: definition, form, pages, and what a person must look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perdure.cli.refusals import CommandError
from perdure.core.definition.api import Definition, dump_definition
from perdure.core.digitise.api import PaperForm, read_pages_as_pictures
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.review import questions_md

OWNER = "Name the owner"
"""A draft has no owner yet; `perdure check` and the studio ask for one."""


@dataclass(frozen=True)
class Written:
    """What was written. left_for_a_person: how many notes are in questions.md."""

    questions: int
    left_for_a_person: int
    folder: Path
    definition: Definition

    @property
    def says(self) -> str:
        """The one line on standard output."""
        found = f"{self.questions} question{'' if self.questions == 1 else 's'} found"
        if not self.left_for_a_person:
            return f"{found}, ready for review: see {self.folder}"
        need = "needs" if self.left_for_a_person == 1 else "need"
        return f"{found}, {self.left_for_a_person} {need} you: see {self.folder / 'questions.md'}"


def write_draft(form: Path, content: bytes, read: PaperForm, out: Path | None, *, today: date) -> Written:
    """Draft a service and write its folder; files of an earlier run are overwritten, others stay."""
    drafted = draft_service(read, owner=OWNER, review_by=_in_a_year(today), file=form.name)
    definition = drafted.definition
    folder = out or Path(form.stem)
    pictures = read_pages_as_pictures(content)
    try:
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        (folder / f"{definition.id}.yaml").write_text(dump_definition(definition), encoding="utf-8")
        (folder / form.name).write_bytes(content)
        for number, picture in enumerate(pictures, start=1):
            (folder / "pages" / f"page-{number}.png").write_bytes(picture)
        (folder / "questions.md").write_text(questions_md(drafted), encoding="utf-8")
    except OSError as problem:
        raise CommandError(
            f"We cannot write to {folder}.", "Choose another folder with --out.", code="cli.cannot-write"
        ) from problem
    return Written(len(definition.questions()), len(drafted.to_review), folder, definition)


def _in_a_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))
