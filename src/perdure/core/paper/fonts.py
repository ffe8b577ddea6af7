"""The letters that answers are written in: Liberation Sans, subset and embedded.

Every character gets a CID of its own, so that text taken out of the PDF is exactly the
text that was written, also where two characters share one drawing. Widths and heights
are in em (1 = the font size) unless a size is given.

Source: ISO 32000-1, 9.7.4 (CIDFonts), 9.10.3 (ToUnicode CMaps).
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

MARK = "PERDUR"  # the subset tag of every font we embed; read_back finds our text by it
_ZERO_WIDTH = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}


def folder() -> Any:
    """Where the font files lie, for Typst."""
    return files("perdure.core.paper") / "fonts"


class Face:
    """The metrics of one font file."""

    def __init__(self, name: str) -> None:
        from fontTools.ttLib import TTFont

        self.name = name
        self.data: bytes = (folder() / f"{name}.ttf").read_bytes()
        font = TTFont(io.BytesIO(self.data), lazy=True)
        units = font["head"].unitsPerEm
        advance = font["hmtx"].metrics
        self.widths: dict[int, float] = {
            code: advance[glyph][0] / units for code, glyph in font.getBestCmap().items()
        }
        self.ascent = font["hhea"].ascent / units
        self.descent = font["hhea"].descent / units  # negative
        self.cap_height = font["OS/2"].sCapHeight / units
        self.box = [
            round(1000 * getattr(font["head"], side) / units) for side in ("xMin", "yMin", "xMax", "yMax")
        ]

    def missing(self, text: str) -> str:
        """The characters of the text that the font cannot draw, each once."""
        return "".join(dict.fromkeys(char for char in text if ord(char) not in self.widths and char != "\n"))

    def width(self, text: str, size: float = 1.0) -> float:
        return sum(self.widths.get(ord(char), 0.0) for char in text) * size


@lru_cache(maxsize=2)
def face(name: str = "LiberationSans-Regular") -> Face:
    return Face(name)


def drawable(text: str) -> str:
    """The text as it can be drawn: composed letters, plain spaces, no invisible signs."""
    kept = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if char == "\n":
            kept.append(char)
        elif unicodedata.category(char) in {"Zs", "Zl", "Zp"} or char == "\t":
            kept.append(" ")
        elif char not in _ZERO_WIDTH and unicodedata.category(char) != "Cc":
            kept.append(char)
    return "".join(kept)


class Pen:
    """One embedded font that grows with what is written, put into the PDF at the end."""

    def __init__(self, pdf: pikepdf.Pdf, letters: Face | None = None) -> None:
        self.face = letters or face()
        self.font = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf
        self._cids: dict[str, int] = {}

    def code(self, text: str) -> bytes:
        """The text as a hexadecimal string operand for Tj."""
        codes = (self._cids.setdefault(char, len(self._cids) + 1) for char in text)
        return b"<" + b"".join(b"%04X" % code for code in codes) + b">"

    def embed(self) -> None:
        """Write the subset of what was drawn into the PDF. Call once, when all is written."""
        if not self._cids:
            return
        data, glyph_ids = _subset(self.face, "".join(self._cids))
        base = f"/{MARK}+{self.face.name}"
        widths = [round(1000 * self.face.widths.get(ord(char), 0.0)) for char in self._cids]
        to_glyph = b"\0\0" + b"".join(glyph_ids.get(char, 0).to_bytes(2, "big") for char in self._cids)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(base),
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=self._pdf.make_indirect(self._descriptor(base, data)),
            W=Array([1, Array(widths)]),
            CIDToGIDMap=self._pdf.make_stream(to_glyph),
        )
        self.font.update(
            Dictionary(
                Subtype=Name.Type0,
                BaseFont=Name(base),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([self._pdf.make_indirect(descendant)]),
                ToUnicode=self._pdf.make_stream(_to_unicode(self._cids)),
            )
        )

    def _descriptor(self, base: str, data: bytes) -> Dictionary:
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(base),
            Flags=4,
            FontBBox=Array(self.face.box),
            ItalicAngle=0,
            Ascent=round(1000 * self.face.ascent),
            Descent=round(1000 * self.face.descent),
            CapHeight=round(1000 * self.face.cap_height),
            StemV=80,
            FontFile2=self._pdf.make_stream(data, Length1=len(data)),
        )


def _subset(letters: Face, text: str) -> tuple[bytes, dict[str, int]]:
    """A font file with only these characters, and the glyph number of each."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, name_IDs=[], recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "name", "DSIG", "FFTM"]
    font = TTFont(io.BytesIO(letters.data), recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes={ord(char) for char in text})
    worker.subset(font)
    known = font.getBestCmap()
    numbers = {char: font.getGlyphID(known[ord(char)]) for char in text if ord(char) in known}
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), numbers


def _to_unicode(cids: dict[str, int]) -> bytes:
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in cids.items()]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        chunk = pairs[start : start + 100]
        lines += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
