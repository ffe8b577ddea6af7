"""`perdure digitise --against OLD.yaml NEW.pdf`: a new edition of a form, taken up by its service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perdure.cli.refusals import CommandError
from perdure.core.definition.api import Definition, dump_definition, load_definition, with_comments
from perdure.core.digitise.api import PaperForm, read_pages_as_pictures
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.edition import Edition, take_up
from perdure.core.digitise.edition_words import changes_md, in_a_line

CHANGES = "changes.md"


@dataclass(frozen=True)
class Taken:
    """A new edition that was written."""

    edition: Edition
    folder: Path

    @property
    def says(self) -> str:
        """The one line on standard output."""
        number = self.edition.for_a_person
        if not number:
            return f"{in_a_line(self.edition)}: nothing needs you, see {self.folder}"
        need = "needs" if number == 1 else "need"
        return f"{in_a_line(self.edition)}; {number} {need} you: see {self.folder / CHANGES}"


def definition_before(path: Path) -> Definition:
    """The definition as its owner keeps it. Raises CommandError or DefinitionError in words."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(
            f"The file {path.name} cannot be read as text.",
            "Check its name, and that it is saved as UTF-8.",
            code="cli.no-file",
        ) from problem
    return load_definition(text, name=path.name)


def take_up_edition(old: Path, form: Path, content: bytes, read: PaperForm, out: Path | None) -> Taken:
    """Write the service on its new paper: definition, form, pictures of its pages, and changes.md.

    The old definition stays as it is: CommandError when the new one would take its place.
    """
    before, kept = definition_before(old), old.read_text(encoding="utf-8")
    drafted = draft_service(read, owner=before.owner, review_by=before.review_by, file=form.name)
    edition = take_up(before, drafted.definition)
    folder = out or Path(f"{form.stem}-new-edition")
    target = folder / f"{before.id}.yaml"
    if target.absolute() == old.absolute():
        raise CommandError(
            f"The new definition would take the place of {old.name}.",
            "Name another folder with --out, and compare the two.",
            code="cli.would-overwrite",
        )
    pictures = read_pages_as_pictures(content)
    try:
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        target.write_text(with_comments(kept, dump_definition(edition.definition)), encoding="utf-8")
        (folder / form.name).write_bytes(content)
        for number, picture in enumerate(pictures, start=1):
            (folder / "pages" / f"page-{number}.png").write_bytes(picture)
        (folder / CHANGES).write_text(changes_md(edition), encoding="utf-8")
    except OSError as problem:
        raise CommandError(
            f"We cannot write to {folder}.", "Choose another folder with --out.", code="cli.cannot-write"
        ) from problem
    return Taken(edition, folder)
