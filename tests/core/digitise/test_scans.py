"""Paper that went through a scanner: turned, faint, grey or stapled, its fields are still found."""

from __future__ import annotations

import io
from importlib.resources import files

import numpy as np
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from perdure.core.digitise import picture
from perdure.core.digitise.api import Field, PaperForm, Widget, read_form
from perdure.core.kernel.geometry import Box

Grey = NDArray[np.float64]
NAME = "home-adaptation-grant.pdf"


def example(name: str) -> bytes:
    return files("perdure.examples").joinpath(name).read_bytes()


def turned(grey: Grey, degrees: float) -> Grey:
    picture = Image.fromarray(grey.astype(np.uint8))
    return np.asarray(picture.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255), float)


def on_grey_paper(grey: Grey) -> Grey:
    """Paper that darkens from 215 at the top to 170 at the foot."""
    return grey * np.linspace(215, 170, len(grey))[:, None] / 255


def stapled(grey: Grey) -> Grey:
    """A folded corner with its shadow, and a dark staple in it."""
    high, wide = grey.shape
    rows, columns = np.mgrid[:high, :wide]
    shadow = 1 - 0.55 * np.exp(-((rows + columns - 0.12 * high) ** 2) / (0.012 * high) ** 2)
    grey = grey * shadow
    grey[int(0.03 * high) : int(0.033 * high), int(0.03 * wide) : int(0.075 * wide)] = 30
    return grey


def scanned(content: bytes, fault: str, page: int = 0) -> bytes:
    """One page of an empty form as a grey JPEG in a PDF, with noise and a fault of office scanners."""
    dpi = 150 if fault == "150 dpi" else 200
    sheet = pdfium.PdfDocument(content)[page]
    picture = sheet.render(scale=dpi / 72, draw_annots=False).to_pil().convert("L")
    grey = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), float)
    if fault.startswith("turned"):
        grey = turned(grey, float(fault.split()[1]))
    elif fault == "grey paper":
        grey = on_grey_paper(grey)
    elif fault == "stapled":
        grey = stapled(grey)
    noisy = grey + np.random.default_rng(7).normal(0, 6, grey.shape)
    target = io.BytesIO()
    image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    image.save(target, "PDF", resolution=dpi, quality=70)
    return target.getvalue()


def turned_box(box: Box, page: tuple[float, float], degrees: float) -> Box:
    """Where a box of the straight page stands once the sheet is turned clockwise; its size stays."""
    angle = np.radians(degrees)
    x, y = box.centre[0] - page[0] / 2, box.centre[1] - page[1] / 2
    across, down = np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y
    dx, dy = across - x, down - y
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


@pytest.fixture(scope="module")
def truth() -> PaperForm:
    return read_form(example(NAME))


FAULTS = {"turned 5": 0.9, "turned -3": 0.9, "150 dpi": 0.9, "grey paper": 0.8, "stapled": 0.9}


@pytest.mark.parametrize(("fault", "least"), FAULTS.items())
def test_the_fields_of_a_poor_scan_are_found_where_the_scan_shows_them(truth, fault, least):
    page = 3
    read = read_form(scanned(example(NAME), fault, page - 1))
    size = (read.pages[0].width, read.pages[0].height)
    degrees = float(fault.split()[1]) if fault.startswith("turned") else 0.0
    declared = [field for field in truth.fields if field.page == page]
    places = [(turned_box(field.box, size, degrees), ticked(field)) for field in declared]
    found = [
        any(field.box.iou(box) >= 0.5 and ticked(field) is tick for field in read.fields)
        for box, tick in places
    ]
    assert len(places) >= 20
    assert sum(found) / len(found) >= least
    assert sum(found) / len(read.fields) >= least - 0.15


def ticked(field: Field) -> bool:
    return field.widget in {Widget.TICK, Widget.RADIO}


@pytest.fixture(scope="module")
def allotment() -> PaperForm:
    return read_form(example("allotment-waiting-list.pdf"))


def test_printed_squares_are_not_read_as_letters(allotment):
    printed = " ".join(line.text for page in allotment.pages for line in page.lines)
    assert not set("□☐口") & set(printed)


def test_a_tick_of_a_scan_is_named_by_its_own_words(allotment):
    named = {field.label for field in allotment.fields if field.widget is Widget.TICK}
    assert {"Church Lane", "Mill Field", "Either", "Yes", "No"} <= named


def test_words_far_apart_on_a_row_of_a_scan_name_their_own_boxes(allotment):
    assert any(field.label == "If yes, plot number" for field in allotment.fields)


def test_an_empty_sheet_is_not_turned():
    sheet = np.full((2200, 1700), 250, np.uint8)
    assert picture.straightened(sheet)[1] == 0.0


@pytest.mark.parametrize("degrees", [-7.0, -1.5, 0.0, 0.6, 5.0])
def test_the_angle_of_a_sheet_is_measured_to_a_tenth_of_a_degree(degrees):
    sheet = pdfium.PdfDocument(example(NAME))[0]
    grey = np.asarray(sheet.render(scale=picture.PIXELS).to_pil().convert("L"), float)
    assert picture.straightened(turned(grey, degrees).astype(np.uint8))[1] == pytest.approx(degrees, abs=0.1)


def test_shaded_paper_becomes_even_and_white_paper_stays():
    white = np.full((2200, 1700), 250, np.uint8)
    assert picture.evenly_lit(white) is white
    lit = picture.evenly_lit(on_grey_paper(white.astype(float)).astype(np.uint8))
    assert int(lit.max()) - int(lit.min()) <= 4
    assert lit.min() > 235
