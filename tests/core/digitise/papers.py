"""PDF files that the tests of the reader make themselves: a small drawn form, and hostile ones."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

PAGE = (612, 792)


def page_pdf(*contents: str, prepare: Callable[[pikepdf.Pdf], None] | None = None, **save: object) -> bytes:
    """A PDF with one page for each content stream; Helvetica is /F1, its bold /F3, ZapfDingbats /F2."""
    pdf = pikepdf.new()
    for content in contents:
        pdf.add_blank_page(page_size=PAGE)
        page = pdf.pages[-1]
        page.obj.Resources = Dictionary(
            Font=Dictionary(F1=_font("/Helvetica"), F2=_font("/ZapfDingbats"), F3=_font("/Helvetica-Bold"))
        )
        page.obj.Contents = Stream(pdf, content.encode("latin-1"))
    if prepare:
        prepare(pdf)
    return saved(pdf, **save)


def saved(pdf: pikepdf.Pdf, **save: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **save)  # type: ignore[arg-type]
    return target.getvalue()


def _font(name: str) -> Dictionary:
    made = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name))
    if name != "/ZapfDingbats":
        made.Encoding = Name.WinAnsiEncoding
    return made


def text(x: float, top: float, words: str, size: float = 10) -> str:
    """Words with their baseline at `top` points below the upper edge."""
    return f"BT /F1 {size} Tf {x} {PAGE[1] - top} Td ({words}) Tj ET\n"


def bold(x: float, top: float, words: str, size: float = 10) -> str:
    return text(x, top, words, size).replace("/F1", "/F3")


def tint(x0: float, top: float, x1: float, bottom: float, shade: float = 0.8) -> str:
    """A grey rectangle without an edge; draw it before the words on it."""
    return f"{shade} g {x0} {PAGE[1] - bottom} {x1 - x0} {bottom - top} re f 0 g\n"


def rule(x0: float, x1: float, top: float) -> str:
    return f"0.7 w {x0} {PAGE[1] - top} m {x1} {PAGE[1] - top} l S\n"


def box(x0: float, top: float, x1: float, bottom: float) -> str:
    return f"0.7 w {x0} {PAGE[1] - bottom} {x1 - x0} {bottom - top} re S\n"


def comb(x0: float, top: float, cells: int, wide: float = 14, high: float = 16) -> str:
    drawn = box(x0, top, x0 + cells * wide, top + high)
    for index in range(1, cells):
        x = x0 + index * wide
        drawn += f"0.7 w {x} {PAGE[1] - top} m {x} {PAGE[1] - top - high} l S\n"
    return drawn


def small_form() -> str:
    """One page with what forms are made of, drawn for these tests."""
    content = text(180, 50, "Application for a garden plot", 16)
    content += text(60, 110, "Full name:") + rule(120, 400, 112)
    content += text(60, 140, "E-mail address:") + rule(150, 400, 142)
    content += box(60, 170, 300, 206) + text(63, 180, "1. Street and house number", 8)
    content += box(300, 170, 500, 206) + text(303, 180, "2. Town", 8)
    content += text(60, 236, "Date of birth (DD/MM/YYYY)") + comb(220, 224, 8)
    content += text(60, 270, "Do you have a garden now?")
    content += box(220, 261, 230, 271) + text(235, 270, "Yes")
    content += box(280, 261, 290, 271) + text(295, 270, "No")
    content += text(60, 330, "The plots are given out in the order in which people write. Each year some", 10)
    content += text(60, 343, "plots become free in spring, and everybody who waits gets a letter.", 10)
    content += rule(60, 280, 420) + text(60, 430, "Signature of applicant", 8)
    return content + rule(330, 480, 420) + text(330, 430, "Date", 8)


def fillable(pdf: pikepdf.Pdf) -> None:
    """Give the first page a text field with a limit, a radio pair, a list and a hidden field."""

    def widget(rect: list[float], **more: object) -> Dictionary:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rect), **more)
        return pdf.make_indirect(made)  # type: ignore[no-any-return]

    on = Dictionary(N=Dictionary({"/Garden": Stream(pdf, b""), "/Off": Stream(pdf, b"")}))
    off = Dictionary(N=Dictionary({"/None": Stream(pdf, b""), "/Off": Stream(pdf, b"")}))
    radio = pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("now"), TU=String("Garden now?")))
    buttons = [widget([220, 521, 230, 531], AP=on), widget([280, 521, 290, 531], AP=off)]
    for button in buttons:
        button.Parent = radio
    radio.Kids = Array(buttons)
    name = widget([120, 680, 400, 694], FT=Name.Tx, T=String("name"), MaxLen=40, Ff=2)
    born = widget([220, 552, 332, 568], FT=Name.Tx, T=String("born"), MaxLen=8, Ff=1 << 24)
    plots = Array([String("north"), Array([String("s"), String("south")])])
    plot = widget([60, 400, 160, 416], FT=Name.Ch, T=String("plot"), TU=String("Which plot"), Opt=plots)
    secret = widget([60, 300, 160, 316], FT=Name.Tx, T=String("secret"), F=2)
    pdf.pages[0].obj.Annots = Array([name, *buttons, born, plot, secret])
    pdf.Root.AcroForm = Dictionary(Fields=Array([name, radio, born, plot, secret]))


# ---- hostile ones


def many_pages(count: int) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=PAGE)
    for _ in range(count - 1):
        pdf.pages.append(pdf.pages[0])
    return saved(pdf)


def looping_pages() -> bytes:
    """The page tree's child is the tree itself."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\n"
    )
    return body + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"


def looping_field(pdf: pikepdf.Pdf) -> None:
    """A field that is its own parent."""
    field = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=Array([0, 0, 50, 50]), T=String("a")))
    field.Parent = field
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def looping_drawing(pdf: pikepdf.Pdf) -> None:
    """A form that draws itself."""
    form = Stream(pdf, b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 700]))
    form = pdf.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Me=form))
    pdf.pages[0].obj.Contents = Stream(pdf, b"/Me Do")


def bomb(megabytes: int) -> bytes:
    """A content stream that unpacks to much more than it weighs."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=PAGE)
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * (megabytes * 2**20 // 14), 9)
    stream = Stream(pdf, packed)
    stream.Filter = Name.FlateDecode
    pdf.pages[0].obj.Contents = stream
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def giant_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 900_000, 900_000])


def with_script(pdf: pikepdf.Pdf) -> None:
    """JavaScript on opening, and a file inside."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("while(true){app.alert('x')}"))
    pdf.attachments["virus.exe"] = b"MZ" + b"\0" * 1000


def xfa_only(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp/>"))
