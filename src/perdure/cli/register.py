"""`perdure register`: lists in, answers out, without a browser."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perdure.cli.refusals import QUESTIONS_LEFT, CommandError
from perdure.cli.running import DATA

if TYPE_CHECKING:
    from perdure.parts.register.api import ImportState, StillListed

FILE = click.Path(dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
LIST = click.option("--list", "list_", required=True, help="Short name of the list.")
BY = "system:operator"


@click.group()
def register() -> None:
    """The register: import lists of changes, and ask what became of them."""


@register.command("suggest")
@click.argument("file", type=FILE)
def suggest(file: Path) -> None:
    """Print a mapping for a list, to be looked at and corrected.

    Why each column was chosen is said on standard error.
    """
    from perdure.cli import house

    house.enter()
    from perdure.parts.register import api as register_

    text, told = register_.suggest_mapping(_there(file))
    click.echo(text, nl=False)
    for line in told:
        click.echo(line, err=True)


@register.command("import")
@click.argument("file", type=FILE)
@click.option(
    "--mapping",
    metavar="M",
    help="File of a mapping, or the name of one that Perdure has; else the one that the list had last.",
)
@click.option("--list", "list_", default="", help="The list: its short name, or the title of a new one.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Year of the list, when no column says it.")
@click.option("--complete/--not-complete", default=None, help="Each year names every case there is.")
@click.option("--rejects", type=FILE, help="Write the rows that did not come in here, with the reason.")
@AS_JSON
@DATA
def import_(  # noqa: PLR0917
    file: Path,
    mapping: str | None,
    list_: str,
    year: int | None,
    complete: bool | None,
    rejects: Path | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Read a CSV, Excel or JSON list into the register, and print where every row went.

    A list that was there is updated and never doubled. A run that was stopped goes on where it
    was when it is begun again. The same things under other names are looked for by the jobs of
    `perdure serve` or `perdure work`.

    \b
    Exit codes: 0 every row is in, 10 some rows were rejected,
    20 not a list we can read, 1 anything else that stops it.
    """
    _enter(data)
    from perdure.parts.register import api as register_

    account = register_.import_file(
        _there(file),
        mapping=_mapping(mapping),
        list_title=list_,
        year=year,
        complete=complete,
        by=BY,
        report=lambda done, total: click.echo(f"{done} of {total} rows", err=True),
    )
    if rejects is not None:
        with rejects.open("wb") as to:
            register_.write_rejects(account.id, to)
    click.echo(json.dumps(account.plain()) if as_json else _account(account))
    if account.rejected:
        raise click.exceptions.Exit(QUESTIONS_LEFT)


@register.command("undo")
@click.argument("import_id", type=click.UUID)
@DATA
def undo(import_id: uuid.UUID, data: Path | None) -> None:
    """Take an import back: its rows go, and the cases that only it made."""
    _enter(data)
    from perdure.parts.register import api as register_

    account = register_.undo_now(
        import_id, by=BY, report=lambda done, total: click.echo(f"{done} of {total} rows", err=True)
    )
    click.echo(" ".join(filter(None, (f"{account.name} is undone.", account.says))))


@register.group("answers")
def answers() -> None:
    """What the lists say: what is still there, and what passed later."""


@answers.command("listed")
@LIST
@click.option("--year", type=int, required=True, help="The year whose cases are looked for a year later.")
@AS_JSON
@DATA
def listed(list_: str, year: int, as_json: bool, data: Path | None) -> None:
    """How many cases of a list are still listed a year later, by organisation, with 95 % intervals."""
    _enter(data)
    from perdure.parts.register import api as register_

    found = register_.still_listed(list_, year)
    if as_json:
        click.echo(json.dumps(found.plain(), ensure_ascii=False))
        return
    click.echo(f"{found.title}: cases of {found.year} that are in the list of {found.later}")
    click.echo(_line("All", found.all))
    for row in found.rows:
        click.echo(_line(row.organisation or "(not said)", row))
    for organisation, cases in found.absent:
        said = "1 case" if cases == 1 else f"{cases} cases"
        click.echo(f"{organisation}\t{said}; the later list names nothing of it")


@answers.command("passed-later")
@LIST
@AS_JSON
@DATA
def passed_later(list_: str, as_json: bool, data: Path | None) -> None:
    """Which assessments failed first and passed later."""
    _enter(data)
    from perdure.parts.register import api as register_

    found = register_.passed_later(list_)
    every = [found, *(register_.passed_later(list_, page=number) for number in range(2, found.pages + 1))]
    if as_json:
        cases = [one for page in every for one in page.plain()["cases"]]
        click.echo(json.dumps(found.plain() | {"page": 1, "pages": 1, "cases": cases}, ensure_ascii=False))
        return
    share = found.share
    click.echo(
        f"{found.title}: {share.of} of {found.assessed} failed first. {share.count} passed later, "
        f"{found.failed_again} failed again, of {found.unknown} nothing is known"
    )
    for row in (row for page in every for row in page.rows):
        later = {"pass": "passed later", "not_passed": "failed again"}.get(row.outcome_later, "not known")
        click.echo(f"{later}\t{row.title}\t{row.organisation}\t{row.stage}\t{row.assessed_on or ''}")


def _line(name: str, row: StillListed) -> str:
    share = row.share
    percent = "" if share.share is None else f"{share.share:.0%} ({share.low:.0%} to {share.high:.0%})"
    told = f"{name}\t{share.count} of {share.of}\t{percent}"
    told += f"\t{row.renamed} under another name" if row.renamed else ""
    return told + (f"\t{row.undecided} undecided" if row.undecided else "")


@register.command("remind")
@DATA
def remind(data: Path | None) -> None:
    """Write once more to owners who have not answered. Run it once a day."""
    _enter(data)
    from django.utils import timezone

    from perdure.parts.register import api as register_

    due = register_.remind(now=timezone.now())
    click.echo(f"{due} round to write to" if due == 1 else f"{due} rounds to write to")


@register.command("visit")
@click.option("--on/--off", "turn", default=None, help="Look every month from now on, or no more.")
@DATA
def visit(turn: bool | None, data: Path | None) -> None:
    """Look at the addresses of published cases that are due: do they still answer?

    Looks once, here and now, whether it is turned on or not. Each address is due a month after it was
    looked at. A run that was stopped goes on where it was. What is seen is a hint for keepers and changes
    no case. PERDURE_ADDRESS is told to those who are visited.
    """
    _enter(data)
    from django.utils import timezone

    from perdure.parts.register import api as register_

    if turn is not None:
        register_.turn_visits(on=turn, by=BY, at=timezone.now())
        said = "Addresses are looked at every month by the jobs of `perdure serve` or `perdure work`."
        click.echo(said if turn else "Addresses are no longer looked at.")
        return
    found = register_.visit(report=lambda done, total: click.echo(f"{done} of {total} addresses", err=True))
    click.echo(f"{found.looked} addresses looked at, {found.left} left for the next time")


@register.command("index")
@DATA
def index(data: Path | None) -> None:
    """Read every case anew for finding, after an upgrade that finds by something new, such as years.

    Changes no case. A run that was stopped is begun again without harm.
    """
    _enter(data)
    from perdure.parts.register import api as register_

    def told(done: int, total: int) -> None:
        click.echo(f"{done} of {total} cases", err=True)

    cases, wrong = register_.index_again(report=told)
    click.echo(f"{cases} cases can be found as they are now; {wrong} counts of filters put right")


def _account(account: ImportState) -> str:
    sums = f"{account.added} new cases + {account.merged} rows of known cases + {account.rejected} rejected"
    lines = [
        f"{account.name} into {account.source_title} ({account.source})",
        f"{account.read} rows read = {sums}",
    ]
    if account.apart:
        those = "1 row bears a key" if account.apart == 1 else f"{account.apart} rows bear keys"
        lines.append(f"{those} of another thing as well: kept apart as cases of their own")
    lines += [f"not read in {_rows(n)}: {name}" for name, n in sorted(account.unread.items())]
    lines += [f"words of a link taken in {_rows(n)}: {name}" for name, n in sorted(account.linked.items())]
    return "\n".join([*lines, *account.left_out, f"To take it back: perdure register undo {account.id}"])


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n} rows"


def _mapping(given: str | None) -> str:
    """The text of a mapping: of a file, or of one that Perdure has."""
    if not given:
        return ""
    path = Path(given)
    if path.is_file():
        return path.read_text(encoding="utf-8", errors="replace")
    from perdure.parts.register import api as register_

    known = register_.known_mapping(given)
    if known is None:
        raise CommandError(f"There is no mapping {given}.", "Give the file of a mapping with --mapping.")
    return known


def _there(file: Path) -> Path:
    if not file.is_file():
        raise CommandError(f"There is no file {file}.", "Check the name.", code="cli.no-file")
    return file


def _enter(data: Path | None) -> Any:
    from perdure.cli import house

    return house.bring_up_to_date(house.enter(data))
