"""What a paper form holds once it has been read: the words every stage shares.

    read -> shapes and words -> candidates -> fields -> labels -> sections -> draft

All boxes are in page space (see core.kernel.geometry): points, origin top left.
Pages count from 1. Every value here is frozen and turns into JSON and back, because
a PDF is only ever opened in a bounded child process and the result comes back as JSON.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from perdure.core.kernel.geometry import Box


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Widget(StrEnum):
    """How an answer is put on the paper."""

    TEXT = "text"  # a line, box, cell or comb to write in
    TICK = "tick"  # a square or circle to mark; any number of a group may be marked
    RADIO = "radio"  # a mark of which the form itself says only one may be chosen (AcroForm)
    CHOICE = "choice"  # a drop-down or list (AcroForm)
    SIGNATURE = "signature"


class Kind(StrEnum):
    """What the answer is, as far as the words around the box tell."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    COUNTRY = "country"
    IDENTIFIER = "identifier"  # social security, file, account, permit number ...
    TICK = "tick"
    CHOICE = "choice"
    SIGNATURE = "signature"


class Word(_Value):
    """One printed word. size: font size in points (0 where unknown, as on a scan)."""

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False


class Line(_Value):
    """Words that a reader sees as one run of text, left to right.

    band  the tinted or underlined strip across the page that it stands on, as headings do
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    band: Box | None = None


class Field(_Value):
    """One place on the paper where an answer goes.

    id          stable within the form: "p1-7" is the 7th field of page 1 in reading order
    label       the words that name this box, tidied; "" when nothing names it
    printed     of a declared field, the printed words that would name it if it had no tooltip
    group_label for a tick: the caption over its group ("Marital status"); for a part of an answer
                ("City"): the numbered caption of the whole ("7. Mailing address"); else ""
    row_label, column_label  the words at the head of its row and of its column, in a grid with both
    section     the heading it stands under, with its number ("Part 1: About you"); the title of the
                form where no heading stands above it
    table       id of the printed table or repeated block it is a cell of ("t1"), with the row and the
                place in that row from 1; "" and 0 outside tables
    confidence  0 to 1: of fields given p, a share p is right
    name        full AcroForm name, "" on a flat form; on_state: the tick's export value
    group       ticks with the same group stand under one caption (or are one radio field)
    cells       number of comb cells, 0 when it is not a comb
    format      printed with the box: "MM/DD/YYYY", "$", "%", a unit ("kg", "hours"), "" when nothing is
    required    the file says so, or the print does by a star or in words
    """

    id: str
    page: int
    box: Box
    widget: Widget
    kind: Kind = Kind.TEXT
    label: str = ""
    group_label: str = ""
    row_label: str = ""
    column_label: str = ""
    section: str = ""
    confidence: float = 1.0
    name: str = ""
    on_state: str = ""
    group: str = ""
    options: tuple[str, ...] = ()
    max_length: int | None = None
    cells: int = 0
    multiline: bool = False
    required: bool = False
    read_only: bool = False
    tooltip: str = ""
    printed: str = ""
    format: str = ""
    table: str = ""
    row: int = 0
    column: int = 0
    office_use: bool = False


class Page(_Value):
    """One page as shown. scanned: it has no text of its own, the words come from OCR."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    scanned: bool = False


class PaperForm(_Value):
    """A form as read: pages with their words, and the fields in reading order.

    fillable  the fields come from the file's own AcroForm; otherwise from geometry
    language  ISO 639-1 code guessed from the words, "" when unsure
    """

    title: str
    pages: tuple[Page, ...]
    fields: tuple[Field, ...]
    fillable: bool
    language: str = ""
    sha256: str = ""
