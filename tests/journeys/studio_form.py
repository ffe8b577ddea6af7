"""A small fillable form, drawn for the journeys of the studio."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Label = tuple[str, int, tuple[int, int, int, int]]
LABELS = (
    ("Your full name", 700, (180, 694, 420, 712)),
    ("Date of birth", 660, (180, 654, 300, 672)),
    ("Name of the dog", 620, (180, 614, 420, 632)),
)
TICKS = (("Male", 180), ("Female", 280))


SECOND = (
    ("Your full name", 700, (180, 694, 420, 712)),
    ("Date of birth", 660, (180, 654, 300, 672)),
    ("Chip number of the dog", 540, (180, 534, 420, 552)),
)
"""The second edition: the dog is known by its chip, no longer by its name."""
FEE = "The fee for a dog licence is 24 pounds a year. Send a cheque with this form to the town hall."


def second_edition() -> bytes:
    """The form printed anew: a question less, another one more, and a fee."""
    return small_form(SECOND, FEE)


def small_form(labels: Sequence[Label] = LABELS, printed: str = "") -> bytes:
    """One page of A4: three boxes to write in, two ticks, and one box that nothing names."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    drawn = ["BT /F1 18 Tf 60 770 Td (Dog licence) Tj ET"]
    drawn += [f"BT /F1 11 Tf 60 {y} Td ({label}) Tj ET" for label, y, _box in labels]
    drawn += ["BT /F1 11 Tf 60 580 Td (Your dog is) Tj ET"]
    drawn += [f"BT /F1 11 Tf {x + 16} 580 Td ({label}) Tj ET" for label, x in TICKS]
    drawn += [f"BT /F1 10 Tf 60 120 Td ({printed}) Tj ET"] if printed else []
    page.Contents = pdf.make_stream("\n".join(drawn).encode())
    fields = [_text(pdf, f"f{y}", box) for _label, y, box in labels]
    fields += [_tick(pdf, f"t{number}", x) for number, (_label, x) in enumerate(TICKS)]
    fields.append(_text(pdf, "last", (320, 200, 500, 218)))
    page.Annots = Array(fields)
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _text(pdf: pikepdf.Pdf, name: str, box: tuple[int, int, int, int]) -> pikepdf.Object:
    return pdf.make_indirect(_widget(name, box, Name.Tx))


def _tick(pdf: pikepdf.Pdf, name: str, x: int) -> pikepdf.Object:
    field = _widget(name, (x, 578, x + 11, 589), Name.Btn)
    field.AP = Dictionary(N=Dictionary(Yes=pdf.make_stream(b""), Off=pdf.make_stream(b"")))
    return pdf.make_indirect(field)


def _widget(name: str, box: tuple[int, int, int, int], kind: Name) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=String(name), Rect=Array(list(box)), F=4
    )
