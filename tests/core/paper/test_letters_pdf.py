"""Letters are tagged PDFs; what stands in them is exactly what was written."""

import io
from datetime import date

import pikepdf
import pytest
from tests.core.paper.making import DAY, words_of

from perdure.core.paper.api import letter_pdf
from perdure.core.paper.letter import blocks, letter, long_date

BODY = """Dear Zoë Łukaszewicz,

**We have approved your grant.** It is _yours_.

- Keep this letter.
- Phone us on 01632 960 480.

1. First
2. Second

## If you think this is wrong

Write to <us@merebridge.example>.
"""


def made(body=BODY, **more):
    given = {
        "subject": "Your home adaptation grant: yes",
        "organisation": "Merebridge Council",
        "reference": "HA-7K2M",
        "date": DAY,
        "language": "en",
    }
    return letter(body=body, **{**given, **more})


def test_a_letter_says_who_writes_when_and_about_what():
    words = words_of(made())
    for part in ("Merebridge Council", "4 March 2027", "HA-7K2M", "Your home adaptation grant: yes"):
        assert part in words
    for part in ("Zoë Łukaszewicz", "Keep this letter.", "2. Second", "us@merebridge.example"):
        assert part in words


def test_a_letter_is_a_tagged_document_with_title_and_language():
    with pikepdf.open(io.BytesIO(made(language="de"))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("de")
        assert "pdfuaid" in bytes(pdf.Root.Metadata.read_bytes()).decode()


@pytest.mark.parametrize(
    "nasty", ['#panic("x")', "$x^2$", "#sys.inputs", "= Not a heading", "@ref", "a // b"]
)
def test_words_are_never_taken_as_typst(nasty):
    assert nasty in words_of(made(f"Reason: {nasty}"))


def test_html_in_a_letter_is_only_words():
    assert "<script>alert(1)</script>" in words_of(made("Because <script>alert(1)</script>"))


def test_a_letter_is_made_in_the_bounded_child():
    pdf = letter_pdf("Yes", "Good news.", organisation="Council", reference="R", date=DAY)
    assert "Good news." in words_of(pdf)


def test_markdown_becomes_blocks_with_their_stress():
    found = blocks("A **b** c\n\n- one\n- two\n  - deep\n\n3. three")
    assert [(block["kind"], block["depth"], block["number"]) for block in found] == [
        ("paragraph", 0, 0),
        ("item", 1, 0),
        ("item", 1, 0),
        ("item", 2, 0),
        ("item", 1, 3),
    ]
    assert [(span["text"], span["bold"]) for span in found[0]["spans"]] == [
        ("A ", False),
        ("b", True),
        (" c", False),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "4 March 2027"), ("de", "4. März 2027"), ("es", "4 de marzo de 2027"), ("xx", "2027-03-04")],
)
def test_the_day_is_written_in_the_language(language, words):
    assert long_date(date(2027, 3, 4), language) == words
