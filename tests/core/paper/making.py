"""Small forms made in the test: a page, boxes on it, and a definition that asks for them."""

import io
from datetime import date

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from perdure.core.definition.model import Definition

DAY = date(2027, 3, 4)
HIGH, WIDE = 400, 300


def definition(pages, boxes, *, fillable=False, **more):
    return Definition.model_validate(
        {
            "id": "form",
            "title": "A form",
            "owner": "Somebody",
            "review_by": DAY,
            "pages": pages,
            "paper": {"file": "form.pdf", "fillable": fillable, "boxes": boxes},
            **more,
        }
    )


def page(question, **more):
    return {"id": question["id"].replace("_", "-"), "questions": [question], **more}


def asks(name, kind="text", **more):
    return {"id": name, "type": kind, "title": f"What is the {name}?", **more}


def box(name, at, **more):
    return {"id": more.pop("id", name.replace(".", "-")), "page": 1, "at": at, "answer": name, **more}


def saved(pdf):
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def blank(content=b"", *, turn=0, crop=None):
    """One page of 300 by 400 points."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(WIDE, HIGH))
    page.Contents = pdf.make_stream(content)
    if turn:
        page.Rotate = turn
    if crop:
        page.CropBox = Array(crop)
    return saved(pdf)


def fillable(*fields):
    """A form of fields: dictionaries of PDF values with `at` from the top left, or `kids` with one each."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(WIDE, HIGH))
    page.Annots = Array()
    form = Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"), NeedAppearances=True)
    pdf.Root.AcroForm = pdf.make_indirect(form)
    for entries in fields:
        kids = entries.pop("kids", [])
        field = pdf.make_indirect(_widget(entries) if not kids else Dictionary(**entries))
        pdf.Root.AcroForm.Fields.append(field)
        if not kids:
            page.Annots.append(field)
            continue
        field.Kids = Array()
        for kid in kids:
            widget = pdf.make_indirect(_widget({**kid, "Parent": field}))
            field.Kids.append(widget)
            page.Annots.append(widget)
    return pdf


def _widget(entries):
    x0, y0, x1, y1 = entries.pop("at")
    rect = Array([x0, HIGH - y1, x1, HIGH - y0])
    return Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, F=0, **entries)


def states(pdf, *names):
    """An appearance dictionary with a mark under each name, and nothing under Off."""
    mark = pdf.make_stream(
        b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])
    )
    none = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    return Dictionary(N=Dictionary({f"/{name}": mark for name in names} | {"/Off": none}))


def words_of(pdf, number=-1):
    """All text of a page, as any reader takes it out."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return document[number if number >= 0 else len(document) + number].get_textpage().get_text_bounded()
