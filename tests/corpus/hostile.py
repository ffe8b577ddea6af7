"""Hostile and broken PDFs, made anew from a seed: the same number gives the same file on every machine.

Two families: mutations of real forms (cut, flipped, spliced, renumbered) and constructions that
attack a reader (loops, bombs, giant pages, scripts, embedded files, deep nesting).
"""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable, Sequence

import pikepdf

Make = Callable[[random.Random, bytes], bytes]


def hostile(number: int, seeds: Sequence[bytes]) -> tuple[str, bytes]:
    """The hostile file of this number: (what was done, its bytes). Half are mutations, half constructions."""
    rng = random.Random(number)
    seed = seeds[rng.randrange(len(seeds))]
    makers = MUTATIONS if number % 2 else CONSTRUCTIONS
    make = makers[(number // 2) % len(makers)]
    return make.__name__, make(rng, seed)


# ---- mutations of a real form


def cut_short(rng: random.Random, pdf: bytes) -> bytes:
    return pdf[: rng.randrange(1, len(pdf))]


def flip_bytes(rng: random.Random, pdf: bytes) -> bytes:
    content = bytearray(pdf)
    for _ in range(rng.choice((1, 10, 100, 1000))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def drop_a_slice(rng: random.Random, pdf: bytes) -> bytes:
    start = rng.randrange(len(pdf))
    return pdf[:start] + pdf[start + rng.randrange(1, 20_000) :]


def repeat_a_slice(rng: random.Random, pdf: bytes) -> bytes:
    start = rng.randrange(len(pdf))
    part = pdf[start : start + rng.randrange(1, 5_000)]
    return pdf[:start] + part * rng.randrange(2, 50) + pdf[start:]


def change_numbers(rng: random.Random, pdf: bytes) -> bytes:
    strange = (b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e400", b"4294967295", b"0.0000001")

    def other(found: re.Match[bytes]) -> bytes:
        return rng.choice(strange) if rng.random() < 0.02 else found[0]

    return re.sub(rb"(?<![\w.])\d+(?![\w.])", other, pdf)


def point_elsewhere(rng: random.Random, pdf: bytes) -> bytes:
    def other(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % rng.randrange(1, 60) if rng.random() < 0.1 else found[0]

    return re.sub(rb"\d+ 0 R", other, pdf)


def swap_names(rng: random.Random, pdf: bytes) -> bytes:
    names = sorted(set(re.findall(rb"/[A-Z][A-Za-z]{1,12}", pdf)))[:200] or [b"/Type"]

    def other(found: re.Match[bytes]) -> bytes:
        return rng.choice(names) if rng.random() < 0.03 else found[0]

    return re.sub(rb"/[A-Z][A-Za-z]{1,12}", other, pdf)


def random_bytes(rng: random.Random, pdf: bytes) -> bytes:
    head = rng.choice((b"", b"%PDF-1.7\n", b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"))
    return head + rng.randbytes(rng.randrange(0, 60_000))


# ---- constructions


def raw_pdf(objects: Sequence[bytes], *, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return out.getvalue()


def _page(
    contents: bytes, extra: bytes = b"", box: bytes = b"0 0 612 792", more: Sequence[bytes] = ()
) -> bytes:
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(contents), contents)
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R %s>>" % extra,
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<>>>>" % box,
            stream,
            *more,
        ]
    )


def pages_in_a_ring(rng: random.Random, pdf: bytes) -> bytes:
    return raw_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"]
    )


def fields_in_a_ring(rng: random.Random, pdf: bytes) -> bytes:
    form = b"/AcroForm<</Fields[5 0 R]>>"
    return _page(
        b"", form, more=[b"<</T(a)/FT/Tx/Kids[6 0 R]/Parent 6 0 R>>", b"<</T(b)/Kids[5 0 R]/Parent 5 0 R>>"]
    )


def giant_page(rng: random.Random, pdf: bytes) -> bytes:
    side = rng.choice((b"1e9", b"2000000", b"14400", b"-500", b"0.001"))
    return _page(b"0 0 100 100 re S", box=b"0 0 %s %s" % (side, side))


def many_pages(rng: random.Random, pdf: bytes) -> bytes:
    count = rng.choice((500, 5_000, 40_000))
    kids = b" ".join([b"3 0 R"] * count)
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
        ]
    )


def stream_bomb(rng: random.Random, pdf: bytes) -> bytes:
    body = zlib.compress(b"0 0 m 9 9 l S\n" * rng.choice((200_000, 2_000_000, 8_000_000)), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(body), body)
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
            stream,
        ]
    )


def filters_on_filters(rng: random.Random, pdf: bytes) -> bytes:
    body = b"\0" * 5_000_000
    for _ in range(6):
        body = zlib.compress(body, 9)
    chain = b"/FlateDecode " * 6
    stream = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(body), chain, body)
    return _page(b"", more=[stream]).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


def deep_nesting(rng: random.Random, pdf: bytes) -> bytes:
    depth = rng.choice((500, 20_000, 400_000))
    opener, closer = rng.choice(((b"[", b"]"), (b"<</A", b">>")))
    return _page(b"", b"/Deep " + opener * depth + b" 1 " + closer * depth)


def form_draws_itself(rng: random.Random, pdf: bytes) -> bytes:
    draw = b"/X Do " * rng.choice((1, 10))
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length %d>>" % len(
        draw
    )
    itself = head + b"stream\n%s\nendstream" % draw
    page = _page(draw, more=[itself])
    return page.replace(b"/Resources<<>>", b"/Resources<</XObject<</X 5 0 R>>>>")


def scripts_and_attachments(rng: random.Random, pdf: bytes) -> bytes:
    opened = pikepdf.open(io.BytesIO(pdf))
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert('x'); while(1){}")
    opened.Root.OpenAction = opened.make_indirect(script)
    opened.Root.AA = pikepdf.Dictionary(WC=script, DP=script)
    opened.attachments["run.exe"] = b"MZ" + rng.randbytes(2_000)
    for page in opened.pages:
        page.obj.AA = pikepdf.Dictionary(
            O=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="/bin/sh"),
            C=pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI="http://127.0.0.1:9/"),
        )
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def thousands_of_fields(rng: random.Random, pdf: bytes) -> bytes:
    count = rng.choice((2_000, 20_000))
    fields = [
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/Rect[%d %d %d %d]>>"
        % (n, n % 600, n % 780, n % 600 + 10, n % 780 + 10)
        for n in range(count)
    ]
    names = b" ".join(b"%d 0 R" % (5 + n) for n in range(count))
    page = _page(b"", b"/AcroForm<</Fields[%s]>>" % names, more=fields)
    return page.replace(b"/Resources<<>>", b"/Resources<<>>/Annots[%s]" % names)


def image_of_a_continent(rng: random.Random, pdf: bytes) -> bytes:
    side = rng.choice((20_000, 60_000))
    body = zlib.compress(b"\0" * 1_000_000, 9)
    image = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (side, side, len(body), body)
    )
    page = _page(b"600 0 0 700 0 0 cm /I Do", more=[image])
    return page.replace(b"/Resources<<>>", b"/Resources<</XObject<</I 5 0 R>>>>")


def strange_boxes(rng: random.Random, pdf: bytes) -> bytes:
    words = (
        b"/a /b /c /d",
        b"1 2 3",
        b"null null null null",
        b"612 792 0 0",
        b"nan 0 inf 9",
        b"<</A 1>> 0 0 0",
    )
    return _page(b"0 0 10 10 re f", box=rng.choice(words))


def locked(rng: random.Random, pdf: bytes) -> bytes:
    opened, out = pikepdf.open(io.BytesIO(pdf)), io.BytesIO()
    opened.save(out, encryption=pikepdf.Encryption(owner="o", user=f"u{rng.random()}"))
    return out.getvalue()


def not_a_pdf(rng: random.Random, pdf: bytes) -> bytes:
    others = (
        b"",
        b"PK\x03\x04" + rng.randbytes(5_000),
        b"<html><form></form></html>",
        b"\x89PNG\r\n\x1a\n",
        b"\0" * 99,
    )
    return rng.choice(others)


MUTATIONS: tuple[Make, ...] = (
    cut_short,
    flip_bytes,
    drop_a_slice,
    repeat_a_slice,
    change_numbers,
    point_elsewhere,
    swap_names,
    random_bytes,
)
CONSTRUCTIONS: tuple[Make, ...] = (
    pages_in_a_ring,
    fields_in_a_ring,
    giant_page,
    many_pages,
    stream_bomb,
    filters_on_filters,
    deep_nesting,
    form_draws_itself,
    scripts_and_attachments,
    thousands_of_fields,
    image_of_a_continent,
    strange_boxes,
    locked,
    not_a_pdf,
)
