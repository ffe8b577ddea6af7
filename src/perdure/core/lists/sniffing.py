"""What a file is, from its bytes: the kind, and the encoding of a text. The file's name is not asked."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from perdure.core.lists.errors import ListRefused

_CHUNK = 1 << 20
_HEAD = 1 << 16
_SAVE_AS = "Open it in the program it comes from and save it as CSV or as Excel (.xlsx)."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"%PDF", "This is a PDF, not a list."),
    (b"\x89PNG", "This is a picture, not a list."),
    (b"\xff\xd8\xff", "This is a picture, not a list."),
    (b"GIF8", "This is a picture, not a list."),
    (b"\x1f\x8b", "This file is packed (gzip)."),
    (b"7z\xbc\xaf", "This file is packed (7z)."),
    (b"Rar!", "This file is packed (RAR)."),
    (b"SQLite format 3", "This is a database, not a list."),
    (b"PAR1", "This is a Parquet file, which we do not read."),
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path, *, ours: bool = False) -> str:
    """xlsx, json or csv (anything else that is text). ListRefused when it is none of these.

    ours  a person says that it was written here: then it is CSV unless it is packed
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise ListRefused("This file is empty.", "Send the file again.", code="lists.empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if ours:
        return "csv"
    if head.startswith(_OLD_EXCEL):
        raise ListRefused(
            "This is an old Excel file (.xls), or one that is locked with a password.",
            "Open it in Excel, take the password off, and save it as .xlsx or CSV.",
            code="lists.old-excel",
        )
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise ListRefused(what, _SAVE_AS, code="lists.not-a-list")
    return _kind_of_text(head)


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise ListRefused(
            "This file is damaged: it breaks off or its index is wrong.",
            "Save it again in Excel, or send another copy.",
            code="lists.damaged",
        ) from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise ListRefused("This is a binary Excel file (.xlsb).", _SAVE_AS, code="lists.old-excel")
    what = "This is a packed file (zip), not a list."
    if "content.xml" in names:
        what = "This is an OpenDocument file (.ods), which we do not read."
    elif "word/document.xml" in names:
        what = "This is a Word document, not a list."
    raise ListRefused(what, _SAVE_AS, code="lists.not-a-list")


_VALUE = r'\s*(?:null|true|false|-?\d[\d.eE+-]*|"(?:[^"\\\n]|\\.)*")\s*'
_VALUES = re.compile(rf"\[(?:{_VALUE},)*(?:\s*\{{|{_VALUE}\]\s*$)")
"""An array of JSON that begins with values without names, and has an object after them or nothing else."""


def _kind_of_text(head: bytes) -> str:
    text = _head_text(head)
    begin = text.lstrip("\ufeff \t\r\n")
    if not begin:
        return "csv"
    if re.match(r"(?i)<(!doctype|html|table|\?xml|rss|svg|head|body)", begin):
        raise ListRefused("This is a web page or XML, not a list.", _SAVE_AS, code="lists.not-a-list")
    if re.match(r'\{\s*("|\}|$)', begin) or re.match(r"\[\s*(\{|\[|\]|$)", begin) or _VALUES.match(begin):
        return "json"
    odd = sum(1 for char in begin if char < " " and char not in "\t\r\n\f\x1a\x1c\x1d\x1e\x1f")
    if odd > max(8, 0.05 * len(begin)):
        raise ListRefused("This is not text, so it cannot be a list.", _SAVE_AS, code="lists.not-a-list")
    return "csv"


def _head_text(head: bytes) -> str:
    """The beginning as text, good enough to tell what it is."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.decode(encoding, errors="replace")
    return head.decode(_wide(head) or "latin-1", errors="replace")


def _wide(head: bytes) -> str:
    """utf-16-le or utf-16-be when every other byte is a nul, as in western text without a mark; else ""."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half >= 2 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 2 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


@dataclass(frozen=True)
class Encoding:
    """How to decode a text. errors is a name for `open`; told is a sentence when a person should know."""

    name: str
    errors: str = "strict"
    told: str = ""


def encoding_of(path: Path, asked: str | None = None) -> Encoding:
    """Find out the encoding from the whole file; `asked` is what a person chose."""
    if asked:
        return _as_asked(path, asked)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, "perdure-windows" if name == "utf-8-sig" else "replace")
    wide = _wide(head)
    if wide:
        return Encoding(wide, "replace", "The text is UTF-16 without a mark at its beginning.")
    return _eight_bit(path)


def _as_asked(path: Path, asked: str) -> Encoding:
    try:
        name = codecs.lookup(asked).name
        if not getattr(codecs.lookup(asked), "_is_text_encoding", True):
            raise LookupError
    except (LookupError, ValueError):
        raise ListRefused(
            f"We do not know an encoding called {asked[:40]}.",
            "Choose utf-8, utf-16, cp1252 or latin-1, or leave the choice to us.",
            code="lists.encoding",
        ) from None
    try:
        with path.open(encoding=name) as file:
            while file.read(_CHUNK):
                pass
    except UnicodeError:
        raise ListRefused(
            f"The file is not written in {name}: it holds bytes that mean nothing there.",
            "Choose another encoding, or leave the choice to us.",
            code="lists.encoding",
        ) from None
    return Encoding(name)


def _eight_bit(path: Path) -> Encoding:
    """UTF-8 when it is, or nearly is; else an encoding of one byte a letter, from its odd lines."""
    good, bad, odd_lines = _weigh_utf8(path)
    if not bad:
        return Encoding("utf-8")
    if bad <= 0.2 * good:
        places = "place" if bad == 1 else "places"
        return Encoding(
            "utf-8",
            "perdure-windows",
            f"The text is UTF-8, but for {bad} {places}; those were read as Windows-1252.",
        )
    name = _single_byte(odd_lines)
    return Encoding(name, "perdure-windows", f"The text is not UTF-8; it was read as {_PEOPLE_SAY[name]}.")


_PEOPLE_SAY = {
    "cp1252": "Windows-1252 (western Europe)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "iso8859_2": "ISO 8859-2 (central Europe)",
    "shift_jis": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
    "mac_roman": "Mac Roman",
}


def _weigh_utf8(path: Path) -> tuple[int, int, bytes]:
    """(good sequences of several bytes, bad ones, up to 64 kB of lines that hold a bad one)."""
    good = bad = 0
    odd: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while lines := file.readlines(_CHUNK):
            chunk = b"".join(lines)
            if chunk.isascii():
                continue
            try:
                good += _beyond_ascii(chunk.decode("utf-8"))
                continue
            except UnicodeDecodeError:
                pass
            for line in lines:
                found, wrong = _weigh_line(line)
                good, bad = good + found, bad + wrong
                if wrong and size < _HEAD:
                    odd.append(line[:4000])
                    size += len(odd[-1])
    return good, bad, b"".join(odd)


def _weigh_line(line: bytes) -> tuple[int, int]:
    if line.isascii():
        return 0, 0
    text = line.decode("utf-8", errors="surrogateescape")
    bad = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    return _beyond_ascii(text) - bad, bad


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


_CANDIDATES = [name for name in _PEOPLE_SAY if name not in {"iso8859_2", "mac_roman"}]


def _single_byte(sample: bytes) -> str:
    """Windows-1252 unless another encoding makes distinctly better words of the sample."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_CANDIDATES)).best() if len(sample) > 40 else None
    if best is None or best.encoding not in _CANDIDATES:
        return "cp1252"
    western = _western_share(sample)
    return "cp1252" if western > 0.9 else str(best.encoding)


_WESTERN = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜœŒ’‘“”–—…£€§°«»·•´®©™½¼²³\u00a0")


def _western_share(sample: bytes) -> float:
    """How many of the letters beyond ASCII stand where western text has them: next to ASCII letters."""
    text = sample.decode("cp1252", errors="replace")
    beyond = [(index, char) for index, char in enumerate(text) if char > "\x7f"]
    if not beyond:
        return 1.0
    near = sum(
        1
        for index, char in beyond
        if char in _WESTERN and not (index and text[index - 1] > "\x7f" and text[index - 1].isalpha())
    )
    return near / len(beyond)


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that do not fit are read as Windows-1252, and as ISO 8859-1 where that has a hole."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_one_byte(byte) for byte in wrong), error.end


def _one_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("perdure-windows", _windows)


def opened(path: Path, encoding: Encoding) -> io.TextIOWrapper:
    """The file as text, line ends untouched."""
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")
