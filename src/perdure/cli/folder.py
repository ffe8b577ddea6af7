"""A whole catalogue of forms at once: `perdure digitise FOLDER --out DIR --jobs N`.

Every PDF below the folder gets a folder of its own below DIR, with the same path. A form's row is
written last, so a run that was stopped goes on where it was; a file that cannot be read is a row
with the reason, and never stops the rest. The rows, and all files, are the same whichever way and
in whichever order the forms were worked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, fields
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from perdure import __version__
from perdure.cli.refusals import CommandError
from perdure.cli.report import FIGURES, figures_json
from perdure.core.kernel.errors import PerdureError

ROW = "row.json"


@dataclass(frozen=True)
class Row:
    """What became of one file. file: its path below the folder, with / between.

    state   ready | questions (some need a person) | refused
    says    for a refused file: what happened and what to do next
    """

    file: str
    sha256: str
    state: str
    service: str = ""
    title: str = ""
    pages: int = 0
    boxes: int = 0
    questions: int = 0
    need_a_person: int = 0
    not_asked: int = 0
    says: str = ""
    code: str = ""


@dataclass(frozen=True)
class Work:
    """One file to digitise: everything another process, or another machine, needs to know."""

    source: str
    target: str
    file: str
    today: str


def forms_below(folder: Path, out: Path, *, today: date) -> list[Work]:
    """One piece of work for each PDF below the folder, by path. Raises CommandError when there is none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    below = [path for path in found if out.absolute() not in path.absolute().parents]
    if not below:
        raise CommandError(
            f"There is no PDF in {folder}.", "Name the folder that holds the forms.", code="cli.no-forms"
        )
    names = {path: path.relative_to(folder).as_posix() for path in below}
    return [
        Work(
            str(path.absolute()),
            str((out / Path(names[path]).with_suffix("")).absolute()),
            names[path],
            today.isoformat(),
        )
        for path in below
    ]


def done_before(work: Work) -> Row | None:
    """The row of an earlier run, when it was made from the same bytes by the same version of Perdure."""
    try:
        kept = json.loads((Path(work.target) / ROW).read_text(encoding="utf-8"))
        row = Row(**kept["row"])
        same = row.sha256 == _sha256(Path(work.source)) and kept["perdure"] == __version__
        same = same and (row.state == "refused" or (Path(work.target) / FIGURES).exists())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return row if same else None


def digitise_one(work: Work) -> Row:
    """Digitise one file into its own folder, or say why not; never raises for what is in the file."""
    done = done_before(work)
    if done is not None:
        return done
    try:
        row = _written(work)
    except PerdureError as refusal:
        row = _refused(work, f"{refusal.what} {refusal.next_step}".strip(), refusal.code)
    except Exception as problem:  # one bad file never stops the rest
        row = _refused(
            work, f"Something went wrong on our side ({type(problem).__name__}).", "cli.unexpected"
        )
    _keep(Path(work.target), row)
    return row


def run_here(works: list[Work], jobs: int, say: Callable[[str], None]) -> list[Row]:
    """Work through the forms on this machine, `jobs` at a time; rows in the order of the files."""
    rows: list[Row] = []
    try:
        for number, row in enumerate(_as_done(works, jobs), start=1):
            rows.append(row)
            say(f"{number} of {len(works)}  {row.file}: {in_words(row)}")
    except KeyboardInterrupt:
        say(f"Stopped. {len(rows)} of {len(works)} are done and kept: run the same command again to go on.")
        raise
    return sorted(rows, key=lambda row: row.file)


def _as_done(works: list[Work], jobs: int) -> Iterator[Row]:
    if jobs <= 1:
        yield from map(digitise_one, works)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(digitise_one, work) for work in works]
        try:
            for one in as_completed(waiting):
                yield one.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def in_words(row: Row) -> str:
    """One row for a person who watches."""
    if row.state == "refused":
        return row.says
    need = f", {row.need_a_person} need you" if row.need_a_person else ""
    return f"{row.questions} questions from {row.boxes} boxes{need}"


def write_summary(rows: Iterable[Row], out: Path) -> str:
    """Write summary.csv with a row for each file, and return the one line that says how it went."""
    ordered = sorted(rows, key=lambda row: row.file)
    target = io.StringIO()
    writer = csv.DictWriter(target, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in asdict(row).items()} for row in ordered)
    (out / "summary.csv").write_text(target.getvalue(), encoding="utf-8")
    states = Counter(row.state for row in ordered)
    left = f"{states['questions']} with questions for a person, {states['refused']} not read"
    see = f"see {out / 'report.html'} and {out / 'summary.csv'}"
    return f"{len(ordered)} files: {states['ready']} ready for review, {left}: {see}"


def _safe(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def _written(work: Work) -> Row:
    from perdure.cli.digitising import form_bytes
    from perdure.cli.draft_folder import write_draft
    from perdure.core.digitise.api import read_form

    source = Path(work.source)
    content = form_bytes(source)
    read = read_form(content)
    written = write_draft(source, content, read, Path(work.target), today=date.fromisoformat(work.today))
    definition = written.definition
    (written.folder / FIGURES).write_text(figures_json(read, definition), encoding="utf-8")
    return Row(
        file=work.file,
        sha256=hashlib.sha256(content).hexdigest(),
        state="questions" if written.left_for_a_person else "ready",
        service=definition.id,
        title=definition.title,
        pages=len(read.pages),
        boxes=len(read.fields),
        questions=written.questions,
        need_a_person=written.left_for_a_person,
        not_asked=len(definition.paper.left_out) if definition.paper else 0,
    )


def _refused(work: Work, says: str, code: str) -> Row:
    return Row(file=work.file, sha256=_sha256(Path(work.source)), state="refused", says=says, code=code)


def _keep(folder: Path, row: Row) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{ROW}.part"
    part.write_text(
        json.dumps({"perdure": __version__, "row": asdict(row)}, ensure_ascii=False, indent=1),
        encoding="utf-8",
    )
    part.replace(folder / ROW)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
