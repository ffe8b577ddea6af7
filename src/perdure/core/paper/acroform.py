"""Fills the fields of a fillable PDF, with appearances that any viewer shows.

Source: ISO 32000-1, 12.7.3 (field dictionaries), 12.7.4 (field types), 12.5.5 (appearances),
12.5.6.19 (the MK dictionary).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from perdure.core.kernel.geometry import Box
from perdure.core.paper import drawing, layout
from perdure.core.paper.entries import Entry
from perdure.core.paper.fonts import Pen
from perdure.core.paper.frame import frame_of

READ_ONLY, MULTILINE, RADIO, PUSH, COMBO, EDIT, COMB = 1, 1 << 12, 1 << 15, 1 << 16, 1 << 17, 1 << 18, 1 << 24
PASSWORD, MULTISELECT, RICH = 1 << 13, 1 << 21, 1 << 25
PRINT, UNSEEN = 1 << 2, 1 | 1 << 1 | 1 << 5 | 1 << 8  # invisible, hidden, no view, toggle no view
FONT = b"PerdureF"


@dataclass(frozen=True)
class Spot:
    """One widget: where it is shown, and the field it belongs to (often the same dictionary)."""

    name: str
    page: int
    at: Box
    widget: Any
    field: Any


def spots(pdf: pikepdf.Pdf) -> list[Spot]:
    """Every widget of the file, page by page."""
    found = []
    for number, page in enumerate(pdf.pages, start=1):
        frame = frame_of(page)
        for widget in widgets(page):
            try:
                corners = [float(side) for side in widget.Rect]
            except (AttributeError, TypeError, ValueError):
                continue
            if len(corners) == 4:
                at = frame.shown(*corners)
                found.append(Spot(full_name(widget), number, at, widget, field_of(widget)))
    return found


def widgets(page: pikepdf.Page) -> Iterator[Any]:
    annotations = page.obj.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        if isinstance(annotation, Dictionary) and annotation.get("/Subtype") == "/Widget":
            yield annotation


def full_name(obj: Any) -> str:
    parts = []
    for step in _ancestors(obj):
        if "/T" in step:
            parts.append(plain(str(step["/T"])))
    return ".".join(reversed(parts))


def plain(name: str) -> str:
    """A field name to compare by: without control characters, and every gap one space."""
    return " ".join("".join(char if unicodedata.category(char)[0] != "C" else " " for char in name).split())


def field_of(widget: Any) -> Any:
    """The field dictionary: the nearest one with a name of its own."""
    return next((step for step in _ancestors(widget) if "/T" in step), widget)


def inherited(obj: Any, key: str) -> Any:
    return next((step[key] for step in _ancestors(obj) if key in step), None)


def _ancestors(obj: Any) -> Iterator[Any]:
    for _ in range(32):
        if not isinstance(obj, Dictionary):
            return
        yield obj
        obj = obj.get("/Parent")


class FormFiller:
    """Fills the widgets of one document.

    pen    draws every appearance
    notes  what a box says when its answer does not fit, longest first
    """

    def __init__(self, pdf: pikepdf.Pdf, pen: Pen, notes: Sequence[str]) -> None:
        self._pdf, self._pen, self._notes = pdf, pen, notes
        self._form = pdf.Root.get("/AcroForm")
        self._spots = spots(pdf)
        self._adopt_orphans()
        self._written: dict[str, str] = {}
        self._on: dict[str, Any] = {}

    def _adopt_orphans(self) -> None:
        """List fields that the pages show but the form forgot: some viewers leave those out."""
        if not isinstance(self._form, Dictionary):
            return
        if not isinstance(self._form.get("/Fields"), Array):
            self._form.Fields = Array()
        listed = {field.objgen for field in self._form.Fields if isinstance(field, Dictionary)}
        for spot in self._spots:
            *_, root = _ancestors(spot.widget)
            if root.is_indirect and root.objgen not in listed:
                listed.add(root.objgen)
                self._form.Fields.append(root)

    def spots_of(self, entry: Entry) -> list[Spot]:
        """The widgets of a box: by its field name, else by its place; nearest first."""
        name = plain(entry.box.field)
        named = [spot for spot in self._spots if name and spot.name == name]
        on_page = [spot for spot in self._spots if spot.page == entry.box.page]
        found = named or [spot for spot in on_page if spot.at.iou(entry.box.at) > 0.5]
        return sorted(found, key=lambda spot: (spot.page != entry.box.page, -spot.at.iou(entry.box.at)))

    def fill(self, entry: Entry) -> bool | None:
        """Write one entry. False: it did not fit, and the box says so. None: no such field here."""
        found = self.spots_of(entry)
        if not found:
            return None
        kind = inherited(found[0].widget, "/FT")
        if kind == "/Btn":
            return self._tick(entry, found)
        if kind == "/Ch":
            return self._choose(entry, found)
        if kind == "/Tx":
            return self._write(entry, found)
        return None

    # ---- text

    def _write(self, entry: Entry, found: list[Spot]) -> bool:
        text = ("X" if entry.ticked else "") if entry.is_tick else entry.text
        before = self._written.get(found[0].name)
        if before is not None and before != text:
            if not text:
                return True
            if before:
                return False
        self._written[found[0].name] = text
        limit = max(0, _whole(inherited(found[0].widget, "/MaxLen")))
        if not text:
            self._set_text(found, "", entry)
            return True
        if not self._missing(text):
            for candidate in dict.fromkeys((text, re.sub(r"[\s\-()/.]", "", text) if limit else text)):
                if (not limit or len(candidate) <= limit) and self._set_text(found, candidate, entry):
                    return True
        for note in self._notes:
            if (not limit or len(note) <= limit) and self._set_text(found, note, entry):
                return False
        self._set_text(found, "", entry)
        return False

    def _missing(self, text: str) -> str:
        return self._pen.face.missing(text)

    def _set_text(self, found: list[Spot], text: str, entry: Entry) -> bool:
        """Set value and appearance of all widgets; False, and nothing is changed, when it cannot fit."""
        made = []
        for spot in found:
            setting = self._setting(spot, text, entry)
            if text and setting is None:
                return False
            made.append((spot, setting))
        for field in _distinct(spot.field for spot in found):
            field.V = String(text)
            for key in ("/RV", "/DS", "/I"):
                if key in field:
                    del field[key]
            flags = _whole(inherited(field, "/Ff"))
            many = any(setting is not None and setting.lines > 1 for _, setting in made)
            wanted = (flags | MULTILINE if many and not flags & COMB else flags) & ~RICH
            if wanted != flags:
                field.Ff = wanted
        for place, (spot, setting) in enumerate(made):
            covered = any(spot.at.iou(other.at) > 0.5 for other, _ in made[:place] if other.page == spot.page)
            self._appearance(spot, None if covered else setting)
        return True

    def _setting(self, spot: Spot, text: str, entry: Entry) -> layout.Setting | None:
        if not text:
            return None
        width, height = _inner_size(spot)
        flags, most = _whole(inherited(spot.widget, "/Ff")), _whole(inherited(spot.widget, "/MaxLen"))
        size = _font_size(self._default_look(spot.widget))
        cells = most if flags & COMB and most else entry.box.cells if entry.box.write == "comb" else 0
        align = _whole(inherited(spot.widget, "/Q") or self._of_form("/Q"))
        if cells and (flags & COMB or len(text) <= cells):
            comb = layout.comb(text, width, height, cells, self._pen.face, size=size)
            if comb is not None or text == entry.text:
                return comb
        many = True if flags & MULTILINE and height > 30 else None
        return layout.in_box(
            text, width, height, self._pen.face, size=size, align=align if align in {1, 2} else 0, many=many
        )

    def _default_look(self, widget: Any) -> str:
        return str(inherited(widget, "/DA") or self._of_form("/DA") or "")

    def _of_form(self, key: str) -> Any:
        return self._form.get(key) if isinstance(self._form, Dictionary) else None

    def _appearance(self, spot: Spot, setting: layout.Setting | None) -> None:
        width, height = _inner_size(spot)
        ops = _ground(spot.widget, width, height)
        if setting is not None:
            text = drawing.text_ops(setting, self._pen, FONT, _colour(self._default_look(spot.widget)))
            clip = b"q 0 0 %.2f %.2f re W n" % (width, height)
            ops += b"\n".join((b"/Tx BMC", clip, text, b"Q EMC"))
        spot.widget.AP = Dictionary(N=self._stream(ops, width, height, _turn(spot.widget)))
        if "/AS" in spot.widget:
            del spot.widget["/AS"]
        if setting is not None:
            _show(spot.widget)

    def _stream(self, ops: bytes, width: float, height: float, turn: int) -> Any:
        matrix = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }
        stream = self._pdf.make_stream(ops)
        stream.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, round(width, 3), round(height, 3)]),
                Resources=Dictionary(Font=Dictionary({f"/{FONT.decode()}": self._pen.font})),
            )
        )
        if turn in matrix:
            stream.Matrix = Array([round(number, 3) for number in matrix[turn]])
        return stream

    # ---- ticks

    def _tick(self, entry: Entry, found: list[Spot]) -> bool:
        """Mark the square, or leave it empty. A field that already says something else is not changed."""
        if _whole(inherited(found[0].widget, "/Ff")) & PUSH:
            return not entry.ticked
        spot = self._square(entry, found)
        name = spot.name
        if not entry.ticked:
            if name not in self._on:
                self._set_state(found, None)
            return True
        state = _on_state(spot.widget) or _decoded(entry.box.on) or "Yes"
        if name in self._on and self._on[name] != state:
            return False
        self._on[name] = state
        alike = [one for one in found if _on_state(one.widget) == state]
        if len(alike) > 1 and _whole(inherited(spot.widget, "/Ff")) & RADIO:
            alike = [spot]
        self._set_state(found, state, alike or [spot])
        return True

    @staticmethod
    def _square(entry: Entry, found: list[Spot]) -> Spot:
        nearest = found[0]
        if nearest.page == entry.box.page and nearest.at.iou(entry.box.at) > 0.2:
            return nearest
        wanted = _decoded(entry.box.on)
        return next((spot for spot in found if _on_state(spot.widget) == wanted), nearest)

    def _set_state(self, found: list[Spot], state: str | None, marked: Iterable[Spot] = ()) -> None:
        chosen = list(marked)
        for field in _distinct(spot.field for spot in found):
            field.V = Name(f"/{state}") if state else Name.Off
        for spot in found:
            on = any(spot is one for one in chosen)
            if on and state:
                self._give_tick_looks(spot, state)
                _show(spot.widget)
            spot.widget.AS = Name(f"/{state}") if on and state else Name.Off
            if spot.widget is not spot.field and "/V" in spot.widget and "/T" not in spot.widget:
                del spot.widget["/V"]

    def _give_tick_looks(self, spot: Spot, state: str) -> None:
        """Draw a mark where the form brings none of its own."""
        looks = _states(spot.widget, "/N")
        if f"/{state}" in looks and looks[f"/{state}"].read_bytes().strip():
            return
        width, height = spot.at.width, spot.at.height
        mark = self._stream(
            _ground(spot.widget, width, height) + drawing.cross_ops(width, height), width, height, 0
        )
        empty = self._stream(_ground(spot.widget, width, height), width, height, 0)
        kept = {key: look for key, look in looks.items() if key != f"/{state}"}
        spot.widget.AP = Dictionary(N=Dictionary({"/Off": empty, **kept, f"/{state}": mark}))

    # ---- lists

    def _choose(self, entry: Entry, found: list[Spot]) -> bool:
        if entry.is_tick and not entry.ticked:
            return True
        if not entry.text and not entry.is_tick:
            self._set_text(found, "", entry)
            return True
        wanted = entry.box.on if entry.is_tick else entry.text
        options = _options(found[0].widget)
        pick = next((o for o in options if _alike(wanted) in {_alike(o[0]), _alike(o[1])}), None)
        flags = _whole(inherited(found[0].widget, "/Ff"))
        if pick is None and not (flags & COMBO and flags & EDIT):
            self._set_text(found, "", entry)
            return False
        export, shown = pick or (entry.text, entry.text)
        if self._missing(shown) or not self._set_text(found, shown, entry):
            self._set_text(found, "", entry)
            return False
        for field in _distinct(spot.field for spot in found):
            field.V = String(export)
            if pick is not None:
                field.I = Array([options.index(pick)])
        return True


def _distinct(fields: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    for field in fields:
        if not any(field.objgen == other.objgen != (0, 0) or field is other for other in kept):
            kept.append(field)
    return kept


def _alike(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _options(widget: Any) -> list[tuple[str, str]]:
    """Export value and shown words of each option of a list."""
    found = inherited(widget, "/Opt")
    pairs = []
    for option in list(found) if isinstance(found, Array) else []:
        pair = isinstance(option, Array) and len(option) > 1
        pairs.append((str(option[0]), str(option[1])) if pair else (str(option), str(option)))
    return pairs


def _on_state(widget: Any) -> str:
    """The name of the appearance with the mark; "" when the form brings none."""
    for which in ("/N", "/D"):
        names = sorted(key.lstrip("/") for key in _states(widget, which) if key != "/Off")
        if names:
            return names[0]
    return ""


def _states(widget: Any, which: str) -> dict[str, Any]:
    """The appearances of a button by state; empty when it has only one look or none."""
    looks = widget.get("/AP")
    states = looks.get(which) if isinstance(looks, Dictionary) else None
    if not isinstance(states, Dictionary) or isinstance(states, pikepdf.Stream):
        return {}
    return {str(key): states[str(key)] for key in states.keys()}  # noqa: SIM118


def _decoded(name: str) -> str:
    return re.sub(r"#([0-9A-Fa-f]{2})", lambda found: chr(int(found.group(1), 16)), name.lstrip("/"))


def _turn(widget: Any) -> int:
    looks = widget.get("/MK")
    turn = _whole(looks.get("/R")) % 360 if isinstance(looks, Dictionary) else 0
    return turn if turn in {90, 180, 270} else 0


def _inner_size(spot: Spot) -> tuple[float, float]:
    """Width and height of the appearance: of the widget in user space, turned back by MK /R."""
    x0, y0, x1, y1 = (float(side) for side in spot.widget.Rect)
    width, height = abs(x1 - x0), abs(y1 - y0)
    return (height, width) if _turn(spot.widget) in {90, 270} else (width, height)


def _font_size(look: str) -> float:
    found = re.search(r"/\S+\s+(-?[\d.]+)\s+Tf", look)
    size = float(found.group(1)) if found else 0.0
    return min(size, 14.0) if size > 0 else 0.0


def _colour(look: str) -> bytes:
    """The colour operator of a default appearance; black when it names none."""
    found = re.search(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b", look)
    return f"{found.group(1).strip()} {found.group(2)}".encode() if found else b"0 g"


def _ground(widget: Any, width: float, height: float) -> bytes:
    """Background and border, as the widget asks for them."""
    looks = widget.get("/MK")
    if not isinstance(looks, Dictionary):
        return b""
    ops = b""
    paint = _paint(looks.get("/BG"), b"g", b"rg", b"k")
    if paint:
        ops += b"q %s 0 0 %.2f %.2f re f Q\n" % (paint, width, height)
    edge, line = _paint(looks.get("/BC"), b"G", b"RG", b"K"), _border(widget)
    if edge and line > 0:
        ops += b"q %s %.2f w %.2f %.2f %.2f %.2f re S Q\n" % (
            edge,
            line,
            line / 2,
            line / 2,
            width - line,
            height - line,
        )
    return ops


def _border(widget: Any) -> float:
    style = widget.get("/BS")
    if isinstance(style, Dictionary):
        return _points(style.get("/W", 1))
    border = widget.get("/Border")
    return _points(border[2]) if isinstance(border, Array) and len(border) > 2 else 1.0


def _paint(colour: Any, grey: bytes, rgb: bytes, cmyk: bytes) -> bytes:
    numbers = [_points(part) for part in colour] if isinstance(colour, Array) else []
    operator = {1: grey, 3: rgb, 4: cmyk}.get(len(numbers))
    return b" ".join(b"%.3f" % number for number in numbers) + b" " + operator if operator else b""


def _show(widget: Any) -> None:
    """A filled box is seen and printed, whatever the form said."""
    widget.F = (_whole(widget.get("/F")) | PRINT) & ~UNSEEN & 0x3FF


def _points(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _whole(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0
