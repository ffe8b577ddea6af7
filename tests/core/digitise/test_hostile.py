"""Files nobody should have to fear: each is refused in a sentence, or read, inside its limits."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from tests.core.digitise import papers

from perdure.core.digitise.api import DEFAULT_LIMITS, FormRefused, read_form, read_pages_as_pictures
from perdure.core.digitise.draft import draft_service

LIMITS = replace(DEFAULT_LIMITS, memory_mb=1500, seconds=30.0, pages=60)


def refused(content: bytes, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(FormRefused) as caught:
        read_form(content, limits=LIMITS)
    assert caught.value.code == code
    assert caught.value.what.endswith(".")
    assert time.monotonic() - began < LIMITS.seconds + 10


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 a zip file", b"<html></html>" * 200])
def test_what_is_not_a_pdf_is_said_to_be_none(content):
    refused(content, "digitise.not-a-pdf")


def test_a_missing_file_is_named_without_its_folder(tmp_path):
    with pytest.raises(FormRefused, match=r"grant\.pdf") as caught:
        read_form(tmp_path / "grant.pdf")
    assert str(tmp_path) not in str(caught.value)


def test_a_pdf_without_a_body_is_damaged():
    refused(b"%PDF-1.7\n%%EOF", "digitise.broken")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_file_is_refused_or_read_but_never_a_crash(share):
    whole = papers.page_pdf(papers.small_form())
    try:
        pages, code = len(read_form(whole[: int(len(whole) * share)], limits=LIMITS).pages), ""
    except FormRefused as refusal:
        pages, code = 0, refusal.code
    assert (pages, code) in {(1, ""), (0, "digitise.broken"), (0, "digitise.no-pages")}


def test_a_password_is_asked_about_in_words():
    lock = pikepdf.Encryption(owner="owner", user="secret")
    refused(papers.page_pdf(papers.small_form(), encryption=lock), "digitise.password")


def test_a_file_locked_only_against_changes_is_read():
    lock = pikepdf.Encryption(owner="owner", user="")
    form = read_form(papers.page_pdf(papers.small_form(), encryption=lock), limits=LIMITS)
    assert form.fields


def test_too_many_pages_are_counted_before_they_are_read():
    refused(papers.many_pages(61), "digitise.too-many-pages")


def test_a_page_of_thousands_of_boxes_is_refused_before_they_are_weighed():
    refused(thousands_of_boxes(3_500), "digitise.too-many-boxes")


def test_a_page_too_small_to_see_is_drafted_without_a_crash():
    tiny = papers.page_pdf(papers.small_form(), prepare=_to_a_speck)
    drafted = draft_service(
        read_form(tiny, limits=LIMITS), owner="Owner", review_by=date(2030, 1, 1), file="tiny.pdf"
    )
    assert drafted.definition.paper is not None


def _to_a_speck(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, Decimal("0.001"), Decimal("0.001")])


def thousands_of_boxes(count: int) -> bytes:
    def prepare(pdf: pikepdf.Pdf) -> None:
        widgets = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=f"f{at}",
                    Rect=[at % 60 * 10, at // 60 * 12, at % 60 * 10 + 9, at // 60 * 12 + 11],
                )
            )
            for at in range(count)
        ]  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array(widgets)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets))

    return papers.page_pdf("", prepare=prepare)


def test_a_page_tree_that_bites_its_tail_is_refused():
    with pytest.raises(FormRefused):
        read_form(papers.looping_pages(), limits=LIMITS)


def test_a_field_that_is_its_own_parent_does_not_hang():
    form = read_form(papers.page_pdf(papers.small_form(), prepare=papers.looping_field), limits=LIMITS)
    assert len(form.pages) == 1


def test_a_drawing_that_draws_itself_does_not_hang():
    form = read_form(papers.page_pdf("", prepare=papers.looping_drawing), limits=LIMITS)
    assert len(form.pages) == 1


def test_a_page_of_three_hundred_metres_is_too_large():
    refused(papers.page_pdf("", prepare=papers.giant_page), "digitise.too-large")


def test_a_bomb_ends_at_its_limit():
    content = papers.bomb(300)
    assert len(content) < 4 * 2**20
    small = replace(LIMITS, memory_mb=700, seconds=15.0)
    with pytest.raises(FormRefused) as caught:
        read_form(content, limits=small)
    assert caught.value.code in {"digitise.too-slow", "digitise.too-large", "digitise.broken"}


def test_scripts_and_files_inside_are_never_touched():
    form = read_form(papers.page_pdf(papers.small_form(), prepare=papers.with_script), limits=LIMITS)
    assert form.fields


def test_a_form_kept_only_as_xfa_is_refused_in_words():
    content = papers.page_pdf(papers.text(60, 100, "Please wait..."), prepare=papers.xfa_only)
    refused(content, "digitise.xfa-only")


def test_a_file_over_the_size_limit_is_not_even_opened():
    with pytest.raises(FormRefused) as caught:
        read_form(b"%PDF-1.4" + b"\0" * 2**20, limits=replace(LIMITS, file_mb=1))
    assert caught.value.code == "digitise.too-large"


def test_pictures_of_pages_are_png_and_keep_to_their_side():
    (picture,) = read_pages_as_pictures(papers.page_pdf(papers.small_form()), 72)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 612
