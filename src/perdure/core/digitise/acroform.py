"""The fields a fillable PDF declares itself: exact boxes, names, options and limits.

Source: ISO 32000-1, 12.7 (interactive forms), 12.5.6.19 (widget annotations).
Left out: push buttons, widgets that are hidden or have a side under 3 points, widgets whose
centre is off the page, and a second widget on the same spot (same kind, IoU 0.9 or more).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pikepdf

from perdure.core.digitise.errors import FormRefused
from perdure.core.digitise.frame import Frame, frame_of
from perdure.core.digitise.values import Field, Kind, Widget
from perdure.core.kernel.geometry import Box

READ_ONLY, REQUIRED, MULTILINE, RADIO, PUSH, COMB = 1, 1 << 1, 1 << 12, 1 << 15, 1 << 16, 1 << 24
HIDDEN, NO_VIEW = 1 << 1, 1 << 5
DEPTH = 32  # how far up /Parent is followed; a longer chain is a loop
MOST_ON_A_PAGE = 1500  # boxes; the fullest real page that we know has 200

_MACHINE = re.compile(
    r"^(undefined|untitled|text ?(field|box)?|check ?box|radio ?button|button|field|group|"
    r"kontrollk\w+|textfeld|case ?.? cocher|zone de texte|fill)?[ _.#\d\[\]-]*$",
    re.IGNORECASE,
)


def frames(pdf: pikepdf.Pdf) -> list[Frame]:
    """How each page is shown."""
    return [_frame(page) for page in pdf.pages]


def _frame(page: pikepdf.Page) -> Frame:
    media = _numbers(page.mediabox) or [0.0, 0.0, 612.0, 792.0]
    try:
        crop = _numbers(page.cropbox) or media
    except (AttributeError, ValueError, TypeError, pikepdf.PdfError):
        crop = media
    return frame_of(media, crop, _whole(_inherited(page.obj, "/Rotate")))


def read_fields(pdf: pikepdf.Pdf) -> list[Field]:
    """Every field a person can see, page by page, in the order of the file.

    Ticks of one radio field share `group`. Labels hold a readable tooltip, else "".
    """
    fields: list[Field] = []
    for number, page in enumerate(pdf.pages, start=1):
        frame = _frame(page)
        on_page: list[Field] = []
        widgets = list(islice(_widgets(page), MOST_ON_A_PAGE + 1))
        if len(widgets) > MOST_ON_A_PAGE:
            raise _too_many_boxes(number)
        for widget in widgets:
            found = _field(widget, number, frame)
            if found is not None and not _repeats(found, on_page):
                on_page.append(found.model_copy(update={"id": f"p{number}-{len(on_page) + 1}"}))
        fields += on_page
    return fields


def _too_many_boxes(number: int) -> FormRefused:
    return FormRefused(
        f"Page {number} of this PDF has more than {MOST_ON_A_PAGE} boxes to fill in.",
        "No person fills in so many. Check that this is the form, or print it to a PDF and use that.",
        code="digitise.too-many-boxes",
    )


def refuse_xfa_only(pdf: pikepdf.Pdf, fields: list[Field]) -> None:
    """Raise FormRefused for a form whose questions exist only as XFA, which no browser shows."""
    acroform = pdf.Root.get("/AcroForm")
    has_xfa = isinstance(acroform, pikepdf.Dictionary) and "/XFA" in acroform
    if has_xfa and not fields and pdf.Root.get("/NeedsRendering", False):
        raise _xfa_only()


def refuse_please_wait(text: str, *, has_xfa: bool, pages: int) -> None:
    """Raise FormRefused when the only page is the notice that a viewer without XFA shows."""
    if has_xfa and pages <= 2 and re.search(r"please wait|adobe reader 8|bitte warten", text.lower()):
        raise _xfa_only()


def has_xfa(pdf: pikepdf.Pdf) -> bool:
    acroform = pdf.Root.get("/AcroForm")
    return isinstance(acroform, pikepdf.Dictionary) and "/XFA" in acroform


def _xfa_only() -> FormRefused:
    return FormRefused(
        "This form keeps its questions in XFA, an old Adobe format, and its pages are empty.",
        "Open it in Adobe Acrobat, print it to a PDF, and use that file.",
        code="digitise.xfa-only",
    )


def readable(text: str) -> bool:
    """Is a tooltip words for a person, rather than Text12 or f1_3[0]?"""
    text = text.strip()
    if len(text) < 3 or _MACHINE.match(text):
        return False
    if re.search(r"\w+\[\d+\]", text) or re.fullmatch(r"\S*[_.\d]\S*", text):
        return False
    return any(len(word) >= 2 and not word.isdigit() for word in re.findall(r"[^\W_]+", text))


def _widgets(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    for annotation in annotations:
        if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Widget":
            yield annotation


def _field(widget: Any, number: int, frame: Frame) -> Field | None:
    flags = _whole(_inherited(widget, "/Ff"))
    kind = _widget_kind(str(_inherited(widget, "/FT") or ""), flags)
    box = _visible_box(widget, frame)
    if kind is None or box is None:
        return None
    name = _full_name(widget)
    tooltip = _text(_inherited(widget, "/TU"))
    length = _inherited(widget, "/MaxLen")
    most = _whole(length) if length is not None and kind is Widget.TEXT else None
    comb = bool(flags & COMB) and kind is Widget.TEXT and bool(most)
    return Field(
        id="",
        page=number,
        box=box.rounded(),
        widget=kind,
        kind=_first_kind(kind),
        label=tooltip if readable(tooltip) else "",
        name=name,
        on_state=_on_state(widget) if kind in {Widget.TICK, Widget.RADIO} else "",
        group=name if kind is Widget.RADIO else "",
        options=_options(widget) if kind is Widget.CHOICE else (),
        max_length=most if most and most > 0 else None,
        cells=most if comb and most and most > 0 else 0,
        multiline=bool(flags & MULTILINE) and kind is Widget.TEXT,
        required=bool(flags & REQUIRED),
        read_only=bool(flags & READ_ONLY),
        tooltip=tooltip,
    )


def _widget_kind(name: str, flags: int) -> Widget | None:
    if name == "/Btn":
        return None if flags & PUSH else (Widget.RADIO if flags & RADIO else Widget.TICK)
    return {"/Tx": Widget.TEXT, "/Ch": Widget.CHOICE, "/Sig": Widget.SIGNATURE}.get(name)


def _first_kind(widget: Widget) -> Kind:
    kinds = {Widget.TICK: Kind.TICK, Widget.RADIO: Kind.TICK, Widget.CHOICE: Kind.CHOICE}
    return kinds.get(widget, Kind.SIGNATURE if widget is Widget.SIGNATURE else Kind.TEXT)


def _visible_box(widget: Any, frame: Frame) -> Box | None:
    if _whole(widget.get("/F")) & (HIDDEN | NO_VIEW):
        return None
    corners = _numbers(widget.get("/Rect"))
    if corners is None or len(corners) != 4:
        return None
    box = frame.box(corners[0], corners[1], corners[2], corners[3])
    x, y = box.centre
    shown = 0 <= x <= frame.width and 0 <= y <= frame.height
    return box if shown and box.width >= 3 and box.height >= 3 else None


def _repeats(field: Field, earlier: list[Field]) -> bool:
    ticks = {Widget.TICK, Widget.RADIO}
    box = field.box
    near = [other for other in earlier if abs(other.box.x0 - box.x0) < box.width]
    same = (other for other in near if (other.widget in ticks) == (field.widget in ticks))
    return any(other.box.iou(box) >= 0.9 for other in same)


def _on_state(widget: Any) -> str:
    """The name of the appearance that shows the mark."""
    looks = widget.get("/AP")
    normal: Any = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        states = [str(key).lstrip("/") for key in dict(normal) if key != "/Off"]
        if states:
            return sorted(states)[0]
    return "Yes"


def _options(widget: Any) -> tuple[str, ...]:
    found = _inherited(widget, "/Opt")
    if not isinstance(found, pikepdf.Array):
        return ()
    shown = []
    for option in list(found)[:2000]:
        pair = isinstance(option, pikepdf.Array) and len(option) > 0
        shown.append(_text(option[-1] if pair else option))
    return tuple(shown)


def _inherited(obj: Any, key: str) -> Any:
    for _ in range(DEPTH):
        if not isinstance(obj, pikepdf.Dictionary):
            return None
        if key in obj:
            return obj[key]
        obj = obj.get("/Parent")
    return None


def _full_name(obj: Any) -> str:
    parts: list[str] = []
    for _ in range(DEPTH):
        if not isinstance(obj, pikepdf.Dictionary):
            break
        if "/T" in obj:
            parts.append(_text(obj["/T"]))
        obj = obj.get("/Parent")
    return ".".join(reversed(parts))


def _text(value: Any) -> str:
    if value is None:
        return ""
    try:
        words = str(value)
    except (ValueError, TypeError, NotImplementedError):
        return ""
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in words)
    return " ".join(kept.split())


def _numbers(value: Any) -> list[float] | None:
    try:
        return [float(number) for number in value]
    except (TypeError, ValueError, NotImplementedError, OverflowError):
        return None


def _whole(value: Any) -> int:
    try:
        return int(value) if value is not None else 0
    except (TypeError, ValueError, NotImplementedError, OverflowError):
        return 0
