"""Paper as office scanners give it: turned, faint, on grey paper, beside a staple; and where its boxes went.

Used by forms_report.py for the figures, and by the tests of scans.
"""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from perdure.core.kernel.geometry import Box

Grey = NDArray[np.float64]
FAULTS = ("turned 5", "turned -3", "150 dpi", "grey paper", "stapled")


def turned(grey: Grey, degrees: float) -> Grey:
    """The sheet turned clockwise."""
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


def scanned(content: bytes, fault: str = "", page: int = 0) -> bytes:
    """One page of an empty form as a grey JPEG in a PDF, with noise and one of FAULTS, or none."""
    dpi = 150 if fault == "150 dpi" else 200
    sheet = pdfium.PdfDocument(content)[page]
    picture = sheet.render(scale=dpi / 72, draw_annots=False).to_pil().convert("L")
    grey = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), float)
    if fault.startswith("turned"):
        grey = turned(grey, degrees_of(fault))
    elif fault == "grey paper":
        grey = on_grey_paper(grey)
    elif fault == "stapled":
        grey = stapled(grey)
    noisy = grey + np.random.default_rng(7).normal(0, 6, grey.shape)
    target = io.BytesIO()
    image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    image.save(target, "PDF", resolution=dpi, quality=70)
    return target.getvalue()


def degrees_of(fault: str) -> float:
    """How far a fault turns the sheet, clockwise."""
    return float(fault.split()[1]) if fault.startswith("turned") else 0.0


def turned_box(box: Box, page: tuple[float, float], degrees: float) -> Box:
    """Where a box of the straight page stands once the sheet is turned clockwise; its size stays."""
    angle = np.radians(degrees)
    x, y = box.centre[0] - page[0] / 2, box.centre[1] - page[1] / 2
    across, down = np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y
    dx, dy = across - x, down - y
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
