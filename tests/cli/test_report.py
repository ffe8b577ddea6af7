"""report.html: which forms to digitise first, readable without a script, a network or trust in file names."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.cli.running import perdure

from perdure.cli.folder import Row
from perdure.cli.report import Figures, Form, read_figures, report_html, write_report
from perdure.core.digitise.burden import Burden
from perdure.core.digitise.overlap import Asked
from perdure.examples import GRANT_PDF

EXAMPLES = GRANT_PDF.parent
HOSTILE = '<img src=x onerror="alert(1)">\' & </script><script>alert(2)</script>'


def form(file, title, *, paper, screen, asked=(), need=0, language="en", sensitive=()):
    def burden(minutes):
        return Burden(
            questions=3, pages=1, minutes=minutes, grade=None, sensitive=tuple(sensitive), asked_twice=()
        )

    figures = Figures(
        language, burden(paper), burden(screen), (), tuple(Asked(one.lower(), one) for one in asked)
    )
    row = Row(file=file, sha256="", state="ready", service="s", title=title, pages=1, need_a_person=need)
    return Form(row, figures)


FORMS = [
    form("boat.pdf", "Boat licence", paper=10, screen=9, asked=["Name", "Boat"]),
    form("grant.pdf", "Grant", paper=40, screen=10, asked=["Name", "Rent"], need=2),
    form("rent.pdf", "Rent relief", paper=40, screen=10, asked=["Name", "Rent", "Landlord"]),
]


class _Read(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def read(html):
    parser = _Read()
    parser.feed(html)
    return parser


def first_cells(html):
    body = html[html.index("<tbody>") :]
    return re.findall(r'<th scope="row"[^>]*data-sort="([^"]*)"', body)


def test_forms_that_save_most_stand_first_and_of_those_the_drafts_that_need_least():
    assert first_cells(report_html(FORMS, [])) == ["rent relief", "grant", "boat licence"]


def test_the_same_forms_in_any_order_give_the_same_page():
    assert report_html(FORMS, []) == report_html(FORMS[::-1], [])


def test_names_and_titles_from_files_never_become_markup():
    hostile = form(
        f"{HOSTILE}.pdf",
        HOSTILE,
        paper=9,
        screen=3,
        asked=[HOSTILE, "Name"],
        sensitive=[HOSTILE],
        language='en"x',
    )
    refused = Row(file=HOSTILE, sha256="", state="refused", says=HOSTILE)
    found = read(report_html([hostile, *FORMS], [refused]))
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in found.tags]
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
    assert HOSTILE in "".join(found.words)


def test_the_page_fetches_nothing():
    html = report_html(FORMS, [])
    assert "http:" not in html
    assert "https:" not in html
    links = [
        value for _, attrs in read(html).tags for name, value in attrs.items() if name in ("src", "href")
    ]
    assert links == ["./rent/questions.md", "./grant/questions.md", "./boat/questions.md"]
    assert "default-src 'none'" in html


def test_questions_of_many_forms_and_forms_that_overlap_are_listed():
    words = " ".join("".join(read(report_html(FORMS, [])).words).split())
    assert "Name3 forms" in words
    assert "67 %2 of 3" in words


def test_two_forms_with_one_title_are_told_apart_by_their_files():
    twins = [form(f"{name}.pdf", "Claim", paper=9, screen=3) for name in "ab"]
    assert first_cells(report_html(twins, [])) == ["claim (a.pdf)", "claim (b.pdf)"]


def test_files_that_were_not_read_are_listed_with_the_reason():
    refused = Row(file="letter.pdf", sha256="", state="refused", says="This file is not a PDF.")
    html = report_html([], [refused])
    assert "letter.pdf" in html
    assert "This file is not a PDF." in html
    assert "None of the files could be read" in html


def test_a_form_without_readable_figures_is_left_out_and_stops_nothing(tmp_path):
    (tmp_path / "grant").mkdir()
    (tmp_path / "grant" / "burden.json").write_text('{"paper": 3}')
    assert read_figures(tmp_path / "grant") is None
    write_report([FORMS[1].row], tmp_path)
    assert "None of the files" in (tmp_path / "report.html").read_text()


# The whole command, and a real browser


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of two example forms and a file that is no form."""
    folder = tmp_path_factory.mktemp("forms")
    for name in ("home-adaptation-grant.pdf", "residents-parking-permit.pdf"):
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "letter.pdf").write_bytes(b"Dear all")
    ran = perdure("digitise", folder, "--out", folder / "out")
    assert "report.html" in ran.stdout
    return folder / "out" / "report.html"


def test_the_figures_of_each_form_are_kept_beside_its_draft(report):
    kept = json.loads((report.parent / "home-adaptation-grant" / "burden.json").read_text())
    assert kept["paper"]["pages"] == 4
    assert kept["paper"]["minutes"] > 0
    assert kept["asked"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser, report, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


@pytest.mark.browser
def test_a_press_on_a_heading_sorts_and_says_so(browser, tmp_path):
    (tmp_path / "report.html").write_text(report_html(FORMS, []), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    shown = lambda: page.locator("table.sortable tbody a").all_inner_texts()  # noqa: E731
    assert shown() == ["Rent relief", "Grant", "Boat licence"]
    page.get_by_role("button", name="Form").click()
    assert shown() == ["Boat licence", "Grant", "Rent relief"]
    assert page.get_by_role("columnheader", name="Form", exact=True).get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="For a person to check").click()
    assert shown()[0] == "Grant"
    expect(page.get_by_role("status")).to_have_text("Sorted by For a person to check, highest first.")
    page.close()


@pytest.mark.browser
def test_without_a_script_the_whole_report_is_there(browser, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    expect(page.locator("table.sortable tbody tr")).to_have_count(2)
    expect(page.get_by_role("img", name="Minutes to fill in each form")).to_be_visible()
    context.close()
