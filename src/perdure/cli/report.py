"""report.html beside summary.csv: which forms to digitise first, and which ask the same questions.

One page that needs nothing else: its style and its one script stand in it, and it may be sent by mail.
Without the script it is a report all the same; the script only sorts the table. Every word that comes
from a file is escaped, and the page forbids all scripts but its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from perdure.cli.refusals import CommandError
from perdure.cli.report_page import Html, cell, details, figure, page, words_list
from perdure.cli.report_picture import Bar, picture
from perdure.core.definition.api import Definition
from perdure.core.digitise.api import PaperForm
from perdure.core.digitise.burden import Burden, burden_of_draft, burden_of_paper
from perdure.core.digitise.overlap import Asked, asked, asked_by_many, asked_more_than_once, overlapping

if TYPE_CHECKING:
    from perdure.cli.folder import Row

FIGURES = "burden.json"
MOST_BARS, MOST_SHARED, MOST_PAIRS, MOST_NAMES = 20, 50, 30, 40


@dataclass(frozen=True)
class Figures:
    """What one form asks of people. again: titles that it asks more than once."""

    language: str
    paper: Burden
    draft: Burden
    again: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Form:
    """One form that was read, with its figures. name: its title, with the file where two have the same."""

    row: Row
    figures: Figures
    name: str = ""

    @property
    def saved(self) -> int:
        """Minutes that an applicant saves on screen; below 0 when the screen takes longer."""
        return self.figures.paper.minutes - self.figures.draft.minutes


def figures_json(read: PaperForm, definition: Definition) -> str:
    """The figures of a form as they are kept in its folder."""
    found = Figures(
        language=definition.language,
        paper=burden_of_paper(read),
        draft=burden_of_draft(definition),
        again=asked_more_than_once(definition),
        asked=asked(definition),
    )
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def read_figures(folder: Path) -> Figures | None:
    """The figures kept in a form's folder; None when there are none that we can read."""
    try:
        kept = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
        return Figures(
            language=str(kept["language"]),
            paper=_burden(kept["paper"]),
            draft=_burden(kept["draft"]),
            again=tuple(kept["again"]),
            asked=tuple(Asked(**one) for one in kept["asked"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _burden(kept: dict[str, Any]) -> Burden:
    return Burden(
        **(kept | {"sensitive": tuple(kept["sensitive"]), "asked_twice": tuple(kept["asked_twice"])})
    )


def write_report(rows: Iterable[Row], out: Path) -> Path:
    """Write report.html for the forms of a folder; returns its path. Raises CommandError when it cannot."""
    ordered = sorted(rows, key=lambda row: row.file)
    folders = ((row, out / Path(row.file).with_suffix("")) for row in ordered if row.state != "refused")
    forms = [Form(row, found) for row, folder in folders if (found := read_figures(folder)) is not None]
    target = out / "report.html"
    try:
        target.write_text(
            report_html(forms, [row for row in ordered if row.state == "refused"]), encoding="utf-8"
        )
    except OSError as problem:
        raise CommandError(
            f"We cannot write {target}.", "Choose another folder with --out.", code="cli.cannot-write"
        ) from problem
    return target


def report_html(forms: Sequence[Form], refused: Sequence[Row]) -> str:
    """The whole page. forms: in any order; they are shown by minutes saved, those that need least first."""
    first = sorted(_named(forms), key=lambda form: (-form.saved, form.row.need_a_person, form.row.file))
    return page(
        "Which forms to digitise first",
        [
            _opening(first, refused),
            _totals(first),
            _picture(first),
            _table(first),
            _shared(first),
            _pairs(first),
            _refused(refused),
            _method(),
        ],
    )


def _opening(forms: Sequence[Form], refused: Sequence[Row]) -> Html:
    if not forms:
        return Html("<p>None of the files could be read as a form. Why is said below.</p>")
    best = [form for form in forms if form.saved > 0][:3]
    read = _count(len(forms), "form") + (f", {_count(len(refused), 'file')} not read" if refused else "")
    if not best:
        return Html(f"<p>{read}. On screen none of them takes less time than on paper.</p>")
    names = ", ".join(f"{_title(form)} ({_count(form.saved, 'minute')})" for form in best)
    return Html(f"<p>{read}. People save most time, each time the form is filled in, with: {names}.</p>")


def _totals(forms: Sequence[Form]) -> Html:
    every = [one.words for form in forms for one in form.figures.asked]
    shared = len(every) - len(set(every))
    paper = sum(form.figures.paper.minutes for form in forms)
    screen = sum(form.figures.draft.minutes for form in forms)
    cards = [
        figure(str(len(forms)), "forms read"),
        figure(f"{paper:,} min", "to fill in each once on paper"),
        figure(f"{screen:,} min", "to answer each once on screen"),
        figure(f"{len(every):,}", f"questions, {shared:,} of them asked by an earlier form already"),
    ]
    return Html(f'<div class="figures">{"".join(cards)}</div>')


def _picture(forms: Sequence[Form]) -> Html:
    bars = [
        Bar(form.name, form.figures.paper.minutes, form.figures.draft.minutes, form.figures.language)
        for form in forms[:MOST_BARS]
    ]
    if not bars:
        return Html("")
    which = f"the {MOST_BARS} forms that save most" if len(forms) > MOST_BARS else "every form"
    about = (
        f"For {which}: from the open circle, on paper, to the full one, on screen. "
        "All figures are in the table below."
    )
    return Html(f"{_chapter('picture', 'Minutes on paper and on screen', about)}{picture(bars)}")


def _chapter(name: str, title: str, about: str) -> str:
    return f'<h2 id="{name}">{escape(title)}</h2><p class="caption">{escape(about)}</p>'


# The table

COLUMNS = (
    ("Form", "text"),
    ("Minutes saved", "n"),
    ("Minutes on paper", "n"),
    ("Minutes on screen", "n"),
    ("Questions on paper", "n"),
    ("Questions on screen", "n"),
    ("Pages of paper", "n"),
    ("Grade of paper", "n"),
    ("Grade on screen", "n"),
    ("Sensitive questions", "n"),
    ("Asked more than once", "n"),
    ("For a person to check", "n"),
)


def _table(forms: Sequence[Form]) -> Html:
    if not forms:
        return Html("")
    heads = "".join(
        f'<th scope="col" class="{kind}"{" aria-sort=descending" if at == 1 else ""}>{escape(title)}</th>'
        for at, (title, kind) in enumerate(COLUMNS)
    )
    rows = "".join(map(_row, forms))
    about = "Those that save most time first; of those, the drafts that need a person least."
    return Html(
        f"{_chapter('all', 'Every form', about)}"
        '<div class="scroll" role="region" aria-labelledby="all" tabindex="0"><table class="stack sortable">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(form: Form) -> str:
    row, paper, draft = form.row, form.figures.paper, form.figures.draft
    link = f'<a href="{escape(_address(form))}">{_title(form)}</a><small>{escape(row.file)}</small>'
    cells = [
        cell(COLUMNS[0], Html(link), sort=form.name.casefold()),
        cell(COLUMNS[1], form.saved),
        cell(COLUMNS[2], paper.minutes),
        cell(COLUMNS[3], draft.minutes),
        cell(COLUMNS[4], paper.questions),
        cell(COLUMNS[5], draft.questions),
        cell(COLUMNS[6], paper.pages),
        cell(COLUMNS[7], paper.grade),
        cell(COLUMNS[8], draft.grade),
        cell(COLUMNS[9], details(draft.sensitive), sort=len(draft.sensitive)),
        cell(COLUMNS[10], details(form.figures.again), sort=len(form.figures.again)),
        cell(COLUMNS[11], row.need_a_person),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _address(form: Form) -> str:
    """The folder's questions.md, from where the report lies."""
    return quote(f"./{Path(form.row.file).with_suffix('').as_posix()}/questions.md")


def _named(forms: Sequence[Form]) -> list[Form]:
    titles = [form.row.title or form.row.file for form in forms]
    often = Counter(titles)
    return [
        replace(form, name=title if often[title] == 1 else f"{title} ({form.row.file})")
        for form, title in zip(forms, titles, strict=True)
    ]


def _title(form: Form) -> str:
    language = form.figures.language
    text = escape(form.name)
    return text if language[:2] == "en" else f'<span lang="{escape(language)}">{text}</span>'


# Questions and pairs


def _shared(forms: Sequence[Form]) -> Html:
    names = {form.row.file: form.name for form in forms}
    many = asked_by_many({form.row.file: form.figures.asked for form in forms})
    if not many:
        return Html("<h2>Asked by many forms</h2><p>No question is asked by two of these forms.</p>")
    rows = "".join(
        f'<tr><th scope="row">{escape(one.title)}</th><td data-label="Asked by">'
        f"{details([names[form] for form in one.forms], what=' forms', most=MOST_NAMES)}</td></tr>"
        for one in many[:MOST_SHARED]
    )
    more = f" The {MOST_SHARED} that most forms ask, of {len(many)}." if len(many) > MOST_SHARED else ""
    about = f"What people tell you again and again.{more}"
    heads = _heads(("Question", ""), ("Asked by", ""))
    return Html(f"{_chapter('shared', 'Asked by many forms', about)}{_stacked(heads, rows)}")


def _heads(*titles: tuple[str, str]) -> str:
    return "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' for title, kind in titles)


def _stacked(heads: str, rows: str) -> str:
    return f'<table class="stack"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _pairs(forms: Sequence[Form]) -> Html:
    titles = {form.row.file: form for form in forms}
    found = overlapping({form.row.file: form.figures.asked for form in forms}, at_most=MOST_PAIRS)
    if not found:
        return Html("")
    rows = "".join(
        f'<tr><th scope="row">{_title(titles[pair.one])}<br>and {_title(titles[pair.two])}</th>'
        f'<td class="n" data-label="Overlap">{round(100 * pair.overlap)} %</td>'
        f'<td class="n" data-label="Questions that both ask">{pair.shared} of {pair.of}</td></tr>'
        for pair in found
    )
    about = "Forms that could be one service, or be filled in from each other."
    heads = _heads(
        ("Two forms", ""), ("Overlap", "n"), ("Questions that both ask, of all that either asks", "n")
    )
    return Html(f"{_chapter('pairs', 'Forms that overlap most', about)}{_stacked(heads, rows)}")


def _refused(rows: Sequence[Row]) -> Html:
    if not rows:
        return Html("")
    said = words_list([Html(f"<strong>{escape(row.file)}</strong>: {escape(row.says)}") for row in rows])
    return Html(f"<h2>Files that were not read</h2>{said}")


METHOD = """
Minutes are an estimate: a fixed time for each kind of answer, which is our own assumption, and
reading at 238 words a minute (Brysbaert 2019). They compare forms, and promise nothing about one
person. How often a form is filled in is not known here: multiply.

The grade is the years of school that the words need: Flesch-Kincaid for English (Kincaid 1975), LIX
for other languages (Björnsson 1968). On screen every question is counted, also those that most
people skip; of a table one row is counted, on paper as on screen.

Questions are the same when their titles have the same words that carry meaning. The overlap of two
forms is the share of questions that both ask, of all that either asks (Jaccard 1912).
"""


def _method() -> Html:
    said = "".join(f"<p>{escape(one.strip())}</p>" for one in METHOD.split("\n\n"))
    return Html(f'<h2 id="method">How the figures are made</h2><div class="note">{said}</div>')


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
