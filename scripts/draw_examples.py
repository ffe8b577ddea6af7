"""Draw the example paper forms that ship with Perdure, the same bytes every time.

    .venv/bin/python scripts/draw_examples.py [NAME ...]

Every form is a Typst drawing in scripts/examples/. home-adaptation-grant also gets an AcroForm
made from the places the drawing names, residents-parking-permit stays flat, and
allotment-waiting-list becomes a picture, as from an office scanner.
"""

from __future__ import annotations

import io
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import typst
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "scripts" / "examples"
OUT = ROOT / "src" / "perdure" / "examples"
FONTS = ROOT / "src" / "perdure" / "core" / "paper" / "fonts"
DRAWN = datetime(2027, 1, 4, tzinfo=UTC)
PAGE_HEIGHT = 841.89
DPI = 200
COMB, MULTILINE, RADIO, NO_TOGGLE_OFF, REQUIRED = 1 << 24, 1 << 12, 1 << 15, 1 << 14, 1 << 1


@dataclass(frozen=True)
class Spot:
    """A place to write that the drawing named; points from the top left of the page."""

    name: str
    page: int
    x: float
    y: float
    w: float
    h: float
    what: str
    cells: int
    on: str
    says: str
    most: int

    def rect(self) -> Array:
        top = PAGE_HEIGHT - self.y
        return Array([round(n, 2) for n in (self.x, top - self.h, self.x + self.w, top)])


def compiler(name: str) -> dict[str, Any]:
    return {
        "input": DRAWINGS / f"{name}.typ",
        "root": DRAWINGS,
        "font_paths": [FONTS],
        "ignore_system_fonts": True,
    }


def draw(name: str, standards: str | None = "ua-1") -> bytes:
    """The drawing as a tagged PDF."""
    made: bytes = typst.compile(**compiler(name), format="pdf", pdf_standards=standards, timestamp=DRAWN)
    return made


def spots(name: str) -> list[Spot]:
    """Every place to write, in the order of the drawing."""
    found = typst.Compiler(**compiler(name)).query("<spot>", field="value")
    return [Spot(**spot) for spot in (json.loads(found) if isinstance(found, str) else found)]


def fillable(flat: bytes, places: list[Spot]) -> bytes:
    """Lay an AcroForm over the drawing: one field for each name, one widget for each place."""
    with pikepdf.open(io.BytesIO(flat)) as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        form = Dictionary(
            Fields=Array(), DA=String("/Helv 0 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=font))
        )
        by_name = defaultdict(list)
        for place in places:
            by_name[place.name].append(place)
        branches: dict[str, Any] = {}
        for name, widgets in by_name.items():
            _add_field(pdf, form, branches, name, widgets)
        pdf.Root.AcroForm = pdf.make_indirect(form)
        for page in pdf.pages:
            page.Tabs = Name.S
        return saved(pdf)


def _add_field(pdf: Any, form: Any, branches: dict[str, Any], name: str, widgets: list[Spot]) -> None:
    branch, leaf = name.split(".")
    if branch not in branches:
        branches[branch] = pdf.make_indirect(Dictionary(T=String(branch), Kids=Array()))
        form.Fields.append(branches[branch])
    parent = branches[branch]
    first = widgets[0]
    field = pdf.make_indirect(Dictionary(T=String(leaf), Parent=parent, TU=String(first.says)))
    parent.Kids.append(field)
    if first.what == "tick":
        _ticks(pdf, field, widgets)
    else:
        field.update(_text_entries(first))
        _place(pdf, field, first)


def _text_entries(spot: Spot) -> Any:
    entries = Dictionary(FT=Name.Sig if spot.what == "signature" else Name.Tx)
    flags = {"comb": COMB, "long": MULTILINE}.get(spot.what, 0)
    if flags:
        entries.Ff = flags
    if spot.most:
        entries.MaxLen = spot.most
    if spot.what != "signature":
        entries.DA = String("/Helv 10 Tf 0.05 0.1 0.3 rg")
    return entries


def _place(pdf: Any, widget: Any, spot: Spot) -> None:
    widget.Type, widget.Subtype, widget.Rect, widget.F = Name.Annot, Name.Widget, spot.rect(), 4
    page = pdf.pages[spot.page - 1]
    widget.P = page.obj
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(widget)


def _ticks(pdf: Any, field: Any, widgets: list[Spot]) -> None:
    """A single square is a check box; several of one name are radio buttons."""
    field.FT, field.V = Name.Btn, Name.Off
    if len(widgets) == 1:
        _tick(pdf, field, widgets[0])
        return
    field.Ff, field.Kids = RADIO, Array()
    field.TU = String(field.TU if len(widgets) == 1 else widgets[0].name.split(".")[1].replace("_", " "))
    for spot in widgets:
        widget = pdf.make_indirect(Dictionary(Parent=field, TU=String(spot.says)))
        field.Kids.append(widget)
        _tick(pdf, widget, spot)


def _tick(pdf: Any, widget: Any, spot: Spot) -> None:
    _place(pdf, widget, spot)
    low, right, high = spot.w * 0.42, spot.w - 2, spot.h - 2.2
    mark = f"0.05 0.1 0.3 RG 1.4 w 2.4 {spot.h / 2:.2f} m {low:.2f} 2.6 l {right:.2f} {high:.2f} l S"
    box = Array([0, 0, spot.w, spot.h])
    shown = pdf.make_stream(mark.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
    empty = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=box)
    widget.AP = Dictionary(N=Dictionary({f"/{spot.on}": shown, "/Off": empty}))
    widget.AS, widget.MK = Name.Off, Dictionary(CA=String("4"))


def saved(pdf: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=True,
        compress_streams=True,
    )
    return out.getvalue()


def home_adaptation_grant() -> bytes:
    name = "home-adaptation-grant"
    return fillable(draw(name), spots(name))


def residents_parking_permit() -> bytes:
    with pikepdf.open(io.BytesIO(draw("residents-parking-permit"))) as pdf:
        return saved(pdf)


def allotment_waiting_list() -> bytes:
    """The drawing as it comes out of an office scanner: grey, a little crooked, with specks."""
    flat = draw("allotment-waiting-list", standards=None)
    with pypdfium2.PdfDocument(flat) as pdf:
        shots = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pdf]
    with pikepdf.new() as pdf:
        for number, shot in enumerate(shots):
            _add_picture(pdf, _scanned(shot, seed=number))
        return saved(pdf)


def _scanned(shot: Image.Image, seed: int) -> Image.Image:
    """Turned by 0.6 degrees, softened, with grey paper, uneven light and specks of dust."""
    chance = np.random.default_rng(1947 + seed)
    crooked = shot.rotate(-0.6, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = np.asarray(crooked.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32)
    light = np.linspace(-7, 5, soft.shape[1], dtype=np.float32)[None, :]
    page = 24 + soft * (221 / 255) + light + chance.normal(0, 2.2, soft.shape)
    rows = chance.integers(0, soft.shape[0], 60)
    columns = chance.integers(0, soft.shape[1], 60)
    for row, column in zip(rows, columns, strict=True):
        page[row : row + 2, column : column + 2] = chance.integers(90, 170)
    return Image.fromarray(np.clip(page, 0, 255).astype(np.uint8), "L")


def _add_picture(pdf: pikepdf.Pdf, picture: Image.Image) -> None:
    coded = io.BytesIO()
    picture.save(coded, "JPEG", quality=38, optimize=True)
    width, height = (round(side * 72 / DPI, 2) for side in picture.size)
    image = pdf.make_stream(
        coded.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Scan Do Q".encode())


FORMS = {
    "home-adaptation-grant": home_adaptation_grant,
    "residents-parking-permit": residents_parking_permit,
    "allotment-waiting-list": allotment_waiting_list,
}


def main(names: list[str]) -> None:
    for name in names or list(FORMS):
        content = FORMS[name]()
        (OUT / f"{name}.pdf").write_bytes(content)
        print(f"{name}.pdf: {len(content) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
