"""Fuzz the reader: hostile files without end, each of which must be read or refused in a sentence.

    .venv/bin/python -m tests.corpus.fuzz --count 2000                 files 0 to 1999, as `make proof` does
    .venv/bin/python -m tests.corpus.fuzz --seconds 3600 --start 2000  new ones for an hour

What was read is also drafted, written as YAML and checked, as the service would. A file that breaks
a promise is kept in --keep with its number; `--start NUMBER --count 1` does it again. Files that once
broke one belong into tests/core/digitise with a test of their own. Ends with 1 when there was any.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perdure.core.definition.api import dump_definition, load_definition
from perdure.core.digitise.api import FormRefused, Limits, PaperForm, read_form
from perdure.core.digitise.draft import draft_service
from tests.corpus.hostile import hostile

EXAMPLES = Path(__file__).parents[2] / "src" / "perdure" / "examples"
LIMITS = Limits(file_mb=20, pages=60, memory_mb=2048, seconds=25)
GRACE = 5.0
"""Seconds beyond the limit for starting and ending the child on a busy machine."""
DRAFTING = 15.0
"""Seconds of processor time that drafting what was read may take."""


@dataclass(frozen=True)
class Verdict:
    """What became of one file. outcome: "read" or the code of the refusal; broken: the promise, or ""."""

    number: int
    what: str
    outcome: str
    seconds: float
    broken: str = ""


def seeds() -> list[bytes]:
    """Our own example forms: what the mutations begin with."""
    return [path.read_bytes() for path in sorted(EXAMPLES.glob("*.pdf"))]


def judge(number: int, begun_with: Sequence[bytes]) -> Verdict:
    """Read the hostile file of this number, draft what came of it, and say which promise broke."""
    what, content = hostile(number, begun_with)
    began = time.monotonic()
    try:
        outcome, broken = _read_and_draft(content)
    except Exception as problem:  # any other exception is the very thing we look for
        outcome, broken = "crash", f"{type(problem).__name__}: {problem}"[:300]
    return Verdict(number, what, outcome, time.monotonic() - began, broken)


def _read_and_draft(content: bytes) -> tuple[str, str]:
    """What became of it, and the promise that it broke."""
    began = time.monotonic()
    try:
        form, said = read_form(content, limits=LIMITS), ("read", "")
    except FormRefused as refusal:
        form, said = None, (refusal.code, _unlike_a_sentence(refusal))
    if time.monotonic() - began > LIMITS.seconds + GRACE:
        return said[0], f"reading took {time.monotonic() - began:.0f} s"
    if form is None:
        return said
    began = time.process_time()
    broken = _draft(form)
    spent = time.process_time() - began
    return "read", broken or (f"drafting took {spent:.0f} s" if spent > DRAFTING else "")


def _draft(form: PaperForm) -> str:
    drafted = draft_service(form, owner="Owner", review_by=date(2030, 1, 1), file="form.pdf")
    again = load_definition(dump_definition(drafted.definition))
    return "" if again == drafted.definition else "the draft does not come back from its YAML"


def _unlike_a_sentence(refusal: FormRefused) -> str:
    told = refusal.what.endswith(".") and bool(refusal.next_step) and refusal.code.startswith("digitise.")
    return "" if told and "Traceback" not in str(refusal) else f"not a sentence: {refusal}"


def _numbers(start: int, count: int | None, seconds: float | None) -> Iterator[int]:
    until = time.monotonic() + seconds if seconds else None
    number = start
    while (count is None or number < start + count) and (until is None or time.monotonic() < until):
        yield number
        number += 1


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        kinds[each.what].append(each)
    for what, some in sorted(kinds.items()):
        counted = Counter(each.outcome for each in some).most_common()
        outcomes = ", ".join(f"{times} {name}" for name, times in counted)
        slowest = max(each.seconds for each in some)
        yield f"{what:24} {len(some):5} files   slowest {slowest:5.1f} s   {outcomes}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--start", type=int, default=0, help="number of the first file")
    parser.add_argument("--count", type=int, help="how many files; else until the time is over")
    parser.add_argument("--seconds", type=float, help="stop after this time")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="folder for files that break")
    args = parser.parse_args()
    if args.count is None and args.seconds is None:
        parser.error("say --count or --seconds")
    begun_with, verdicts = seeds(), []
    for number in _numbers(args.start, args.count, args.seconds):
        verdict = judge(number, begun_with)
        verdicts.append(verdict)
        if len(verdicts) % 100 == 0:
            print(f"{len(verdicts)} files, to {number}", file=sys.stderr, flush=True)
        if verdict.broken:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{number}-{verdict.what}.pdf").write_bytes(hostile(number, begun_with)[1])
            print(f"{number} {verdict.what}: {verdict.broken}", flush=True)
    broken = sum(bool(each.broken) for each in verdicts)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print("\n".join(_table(verdicts)))
    print(f"{len(verdicts)} files, {broken} broke a promise; the largest child held {peak:.0f} MiB")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
