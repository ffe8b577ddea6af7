"""`perdure digitise` and `perdure check`: forms and definitions as files, without a site."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perdure.cli.refusals import NOT_A_FORM, PROBLEM, QUESTIONS_LEFT, CommandError

if TYPE_CHECKING:
    from perdure.core.digitise.api import PaperForm

FORM = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("form", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the draft; a folder named after the form when not given.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="For a folder: how many forms at a time.",
)
@click.option(
    "--fields", type=FORM, help="Write the fields found as JSON; without --out nothing else is written."
)
@click.option(
    "--spark", metavar="MASTER", help="For a folder: work on this Spark cluster (needs perdure[spark])."
)
@click.option(
    "--against", type=FORM, metavar="OLD.yaml", help="The form is a new edition of this service's paper."
)
def digitise(
    form: Path, *, out: Path | None, fields: Path | None, jobs: int, spark: str | None, against: Path | None
) -> None:
    """Turn a PDF form, or a folder of them, into draft service definitions.

    Writes the definition, the form, a picture of each page, and questions.md: what a
    person must look at. A folder gives a folder for each form, summary.csv, and
    report.html: which forms to digitise first; a run that was stopped goes on where
    it was. With --against a new edition of a form is taken up by its service: the
    owner's edits stay, and changes.md says what is new, gone, moved or reworded.

    \b
    Exit codes: 0 ready for review, 10 questions left for a person,
    20 not a form we can read.
    """
    if form.is_dir():
        if against is not None:
            raise CommandError(
                f"{form.name} is a folder, and an edition is one form.",
                "Name the PDF of the new edition.",
                code="cli.not-one-form",
            )
        _digitise_folder(form, out or Path(f"{form.name}-services"), jobs, spark)
        return
    from perdure.core.digitise.api import fields_as_scored, read_form

    content = form_bytes(form)
    read = read_form(content, progress=say)
    if fields is not None:
        _write(fields, json.dumps(fields_as_scored(read), ensure_ascii=False, indent=1).encode())
        click.echo(f"{len(read.fields)} fields written to {fields}", err=True)
        if out is None:
            return
    if against is not None:
        _take_up(against, form, content, read, out)
        return
    from perdure.cli.draft_folder import write_draft

    written = write_draft(form, content, read, out, today=date.today())  # noqa: DTZ011
    click.echo(written.says)
    if written.left_for_a_person:
        raise click.exceptions.Exit(QUESTIONS_LEFT)


def _take_up(against: Path, form: Path, content: bytes, read: PaperForm, out: Path | None) -> None:
    from perdure.cli.editions import take_up_edition

    taken = take_up_edition(against, form, content, read, out)
    click.echo(taken.says)
    if taken.edition.for_a_person:
        raise click.exceptions.Exit(QUESTIONS_LEFT)


def _digitise_folder(folder: Path, out: Path, jobs: int, spark: str | None) -> None:
    from perdure.cli.folder import forms_below, run_here, write_summary
    from perdure.cli.report import write_report
    from perdure.cli.spark import run_on_spark

    works = forms_below(folder, out, today=date.today())  # noqa: DTZ011
    rows = run_on_spark(works, spark, say) if spark else run_here(works, jobs, say)
    write_report(rows, out)
    click.echo(write_summary(rows, out))
    if all(row.state == "refused" for row in rows):
        raise click.exceptions.Exit(NOT_A_FORM)
    if any(row.state != "ready" for row in rows):
        raise click.exceptions.Exit(QUESTIONS_LEFT)


@click.command()
@click.argument("definition", type=FORM)
@click.option("--strict", is_flag=True, help="Also fail on what can be used but should be looked at.")
def check(definition: Path, strict: bool) -> None:
    """Check a service definition: each problem with its line, and what to write instead.

    \b
    Exit codes: 0 it can be used, 1 it cannot (with --strict: or something should be looked at).
    """
    from perdure.core.definition.api import lint_text

    try:
        text = definition.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(
            f"The file {definition.name} cannot be read as text.",
            "Check its name, and that it is saved as UTF-8.",
            code="cli.no-file",
        ) from problem
    problems = lint_text(text, name=definition.name, today=date.today())  # noqa: DTZ011
    for one in problems:
        kind = "look at this: " if one.severity == "warning" else ""
        instead = f" {one.write_instead}" if one.write_instead else ""
        click.echo(f"{definition}:{one.line}: {kind}{one.says}{instead}")
    if any(strict or one.severity == "error" for one in problems):
        raise click.exceptions.Exit(PROBLEM)
    if not problems:
        click.echo(f"{definition.name} is in order.", err=True)


def form_bytes(form: Path) -> bytes:
    """The content of a form; refused in words when there is no such file."""
    from perdure.core.digitise.api import DEFAULT_LIMITS, FormRefused

    try:
        if form.stat().st_size <= DEFAULT_LIMITS.file_mb * 2**20:
            return form.read_bytes()
    except OSError as problem:
        raise FormRefused(
            f"The file {form.name} cannot be opened.", "Check its name and place.", code="digitise.no-file"
        ) from problem
    raise FormRefused(
        f"This file is larger than {DEFAULT_LIMITS.file_mb} MB.",
        "Save it smaller, or split it and use the part that is the form.",
        code="digitise.too-large",
    )


def say(line: str) -> None:
    """Talk goes to standard error."""
    click.echo(f"  {line}", err=True)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise CommandError(
            f"We cannot write {path}.", "Choose another place.", code="cli.cannot-write"
        ) from problem
