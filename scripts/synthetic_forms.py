"""Draw made-up form pages with exact truth, in many styles, to train the detector.

Each page is a Drawing (characters, rules, rectangles, rings), as the reader would have given it,
and the boxes where an answer goes. No file is written and nothing is copied from a real form:
words come from small lists, styles from a random number generator with a fixed seed.

    pages = [draw_page(seed) for seed in range(400)]
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from synthetic_lines import headed_rules, long_rules, signed_rules, widths
from synthetic_prose import PROSE
from synthetic_undrawn import dashed_line, undrawn_cells

from perdure.core.digitise.shapes import Char, Drawing, Rectangle, Ring, Rule
from perdure.core.kernel.geometry import Box

WORDS = {
    "en": (
        "name address date of birth number city state claim the applicant your first last income total "
        "amount from line spouse child telephone did you receive any benefits if yes complete section"
    ),
    "de": (
        "Name Vorname Anschrift Straße Hausnummer Geburtsdatum Antragsteller Einkünfte monatlich Betrag "
        "bitte angeben Wohnort Telefon Familienstand Angehörige Konto Staatsangehörigkeit ja nein wenn und"
    ),
    "fr": (
        "nom prénom adresse date de naissance numéro ville code postal montant revenu votre conjoint enfant "
        "téléphone indiquez si oui complétez le la les demande situation familiale profession"
    ),
    "es": (
        "nombre apellido dirección fecha de nacimiento número ciudad código postal importe ingresos cónyuge "
        "hijo teléfono indique si sí complete el la los solicitud estado civil profesión"
    ),
}
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)


@dataclass
class Answer:
    """Where an answer goes. tick: a box to mark."""

    box: Box
    tick: bool = False


@dataclass
class Style:
    """What stays the same on one page."""

    random: random.Random
    size: float
    words: list[str]
    tint: tuple[float, float, float] | None
    line: float
    strip: float
    drop: float
    tick: str
    tick_side: float
    slack: float
    caption: float
    grid: str
    boxes: bool  # draw the boxes that stand within cells


@dataclass
class Sheet:
    """A page being drawn from top to bottom."""

    drawing: Drawing
    style: Style
    left: float
    right: float
    y: float
    answers: list[Answer] = field(default_factory=list)

    @property
    def random(self) -> random.Random:
        return self.style.random

    # ---- pencils

    def text(self, x: float, base: float, words: str, size: float = 0.0, *, bold: bool = False) -> float:
        """Print words from x on a baseline. Returns where they end."""
        size = size or self.style.size
        for char in words:
            wide = size * (0.28 if char in " .,:;il|'()" else 0.52 if char != "_" else 0.5)
            if char == " ":
                self.drawing.chars.append(Char(" ", x, x + wide, base, size, bold, True))
            else:
                self.drawing.chars.append(
                    Char(char, x + 0.03 * size, x + wide - 0.02 * size, base, size, bold, True)
                )
            x += wide
        return x

    def across(self, x0: float, x1: float, y: float, *, dotted: bool = False) -> None:
        half = self.style.line / 2
        self.drawing.across.append(Rule(Box(x0, y - half, x1, y + half), dotted))

    def upright(self, x: float, y0: float, y1: float) -> None:
        half = self.style.line / 2
        self.drawing.upright.append(Rule(Box(x - half, y0, x + half, y1)))

    def frame(self, box: Box, fill: tuple[float, float, float] | None = None) -> None:
        if self.random.random() < 0.5:
            self.drawing.rectangles.append(Rectangle(box, fill, BLACK))
            return
        if fill:
            self.drawing.rectangles.append(Rectangle(box, fill, None))
        self.across(box.x0, box.x1, box.y0)
        self.across(box.x0, box.x1, box.y1)
        self.upright(box.x0, box.y0, box.y1)
        self.upright(box.x1, box.y0, box.y1)

    def answer(self, box: Box, *, tick: bool = False) -> None:
        """Note a true field, with the small slips of a person who placed it by hand."""
        if box.width < 5 or box.height < 5:
            return
        slip = self.style.slack
        shifted = [value + self.random.uniform(-slip, slip) for value in box]
        self.answers.append(Answer(Box(*shifted), tick))

    def words(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        return " ".join(self.random.choice(self.style.words) for _ in range(count))

    def fits(self, words: str, wide: float, size: float) -> str:
        return words[: max(1, int(wide / (0.5 * size)))].strip()


def draw_page(seed: int) -> tuple[Drawing, list[Answer]]:
    """One page and its truth; the same seed gives the same page."""
    rng = random.Random(seed)
    size = rng.choice([6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 11, 12])
    wide, high = rng.choice([(612.0, 792.0), (595.0, 842.0)])
    tint = rng.choice([None, None, None, (0.9, 0.94, 0.98), (0.88, 0.88, 0.88), (0.98, 0.95, 0.85)])
    style = Style(
        random=rng,
        size=size,
        words=WORDS[rng.choice(sorted(WORDS))].split(),
        tint=tint,
        line=rng.choice([0.25, 0.5, 0.5, 0.75, 1.0, 1.5]),
        strip=rng.uniform(10, 17),
        drop=rng.choice([0.0, 0.0, 0.0, 1.0, -1.0, 2.5]),
        tick=rng.choice(["square", "square", "square", "ring", "glyph", "brackets", "fill"]),
        tick_side=rng.uniform(6.5, 13),
        slack=rng.choice([0.2, 0.6, 1.2]),
        caption=rng.choice([0.8, 0.9, 1.0]),
        grid=rng.choice(["full", "full", "full", "open", "below"]),
        boxes=rng.random() < 0.6,
    )
    drawing = Drawing(wide, high)
    margin = rng.uniform(24, 60)
    sheet = Sheet(drawing, style, margin, wide - margin, rng.uniform(30, 70))
    if tint and rng.random() < 0.5:
        drawing.rectangles.append(Rectangle(Box(margin - 4, 20, wide - margin + 4, high - 20), tint, None))
    else:
        style.tint = None
    blocks = rng.sample(_kind_of_page(seed, style), rng.randint(3, 7))
    weights = [rng.uniform(0.3, 2) for _ in blocks]
    _heading(sheet)
    while sheet.y < high - 90:
        rng.choices(blocks, weights)[0](sheet)
        sheet.y += rng.choice([0, 0, 2, 5, 9, 14])
    _footer(sheet)
    return drawing, sheet.answers


def _kind_of_page(seed: int, style: Style) -> list[Callable[[Sheet], None]]:
    """The blocks one page may hold: every fourth page is text and lines for the most part."""
    if seed % 4 == 3:
        return [
            *PROSE,
            _tick_list,
            _tick_list,
            _paragraph,
            _paragraph,
            long_rules,
            signed_rules,
            headed_rules,
        ]
    return BLOCKS if style.boxes else UNDRAWN


# ---- blocks without answers


def _heading(sheet: Sheet) -> None:
    sheet.text(sheet.left + 60, sheet.y, sheet.words(2, 5), sheet.style.size * 1.6, bold=True)
    sheet.y += 20
    if sheet.random.random() < 0.4:
        sheet.across(sheet.left, sheet.right, sheet.y)
        sheet.y += 4


def _footer(sheet: Sheet) -> None:
    base = sheet.drawing.height - 24
    sheet.text(sheet.left, base, sheet.words(2, 4), 7)
    sheet.text(sheet.right - 30, base, "Page 1", 7)


def _paragraph(sheet: Sheet) -> None:
    size = sheet.style.size
    for _ in range(sheet.random.randint(1, 6)):
        sheet.y += size * 1.2
        words = sheet.fits(sheet.words(20, 40), sheet.right - sheet.left, size)
        sheet.text(sheet.left, sheet.y, words)
    sheet.y += 4


def _bar(sheet: Sheet) -> None:
    """A section title on a dark or tinted bar, or underlined, or in a box."""
    high = sheet.style.size * 1.7
    box = Box(sheet.left, sheet.y, sheet.right, sheet.y + high)
    kind = sheet.random.choice(["dark", "grey", "line", "box"])
    if kind in {"dark", "grey"}:
        shade = (0.1, 0.1, 0.1) if kind == "dark" else (0.8, 0.8, 0.8)
        sheet.drawing.rectangles.append(Rectangle(box, shade, None))
    elif kind == "line":
        sheet.across(box.x0, box.x1, box.y1 + 1)
    else:
        sheet.frame(box)
    start = box.x0 + (3 if sheet.random.random() < 0.5 else (box.width / 3))
    sheet.text(start, box.y1 - 0.4 * sheet.style.size, sheet.words(2, 7), bold=True)
    sheet.y = box.y1 + sheet.random.choice([0, 2, 6])


def _notice(sheet: Sheet) -> None:
    """Print in a frame, and frames for the office that hold nothing."""
    size = sheet.style.size
    rows = sheet.random.randint(2, 4)
    box = Box(sheet.left, sheet.y, sheet.right, sheet.y + rows * size * 1.25 + 6)
    sheet.frame(box, sheet.random.choice([None, (0.9, 0.9, 0.9)]))
    split = box.x0 + box.width * sheet.random.uniform(0.55, 1.0)
    for row in range(rows):
        sheet.text(
            box.x0 + 3,
            box.y0 + size * (1 + 1.25 * row),
            sheet.fits(sheet.words(20, 30), split - box.x0 - 6, size),
        )
    if split < box.x1 - 60:
        sheet.upright(split, box.y0, box.y1)
        sheet.text(
            split + 3, box.y0 + size, sheet.fits("office use only", box.x1 - split, size * 0.8), size * 0.8
        )
    sheet.y = box.y1 + 4


def _printed_table(sheet: Sheet) -> None:
    columns, rows = sheet.random.randint(2, 5), sheet.random.randint(2, 4)
    high = sheet.style.size * 1.6
    wide = (sheet.right - sheet.left) / columns
    for row in range(rows):
        for column in range(columns):
            box = Box(sheet.left + column * wide, sheet.y, sheet.left + (column + 1) * wide, sheet.y + high)
            sheet.frame(box, (0.85, 0.85, 0.85) if row == 0 else None)
            sheet.text(box.x0 + 3, box.y1 - 4, sheet.fits(sheet.words(1, 3), wide - 6, sheet.style.size))
        sheet.y += high
    sheet.y += 6


# ---- blocks with answers


def _caption_grid(sheet: Sheet) -> None:
    """Rows of cells with a caption in the top corner."""
    size = sheet.style.size * sheet.style.caption
    high = size * 1.25 + sheet.random.uniform(10, 20)
    whole = sheet.random.random() < 0.25
    white = sheet.style.tint is not None and sheet.random.random() < 0.6
    for _ in range(sheet.random.randint(1, 4)):
        stops = widths(sheet, sheet.random.randint(1, 5))
        for x0, x1 in itertools.pairwise(stops):
            if x1 - x0 < 25:
                continue
            box = Box(x0, sheet.y, x1, sheet.y + high)
            caption = sheet.fits(f"{sheet.random.randint(1, 40)}. {sheet.words(1, 6)}", x1 - x0 - 4, size)
            sheet.text(x0 + 2, box.y0 + size, caption, size)
            room = Box(x0 + 1, box.y0 + size * 1.25, x1 - 1, box.y1 - 0.5)
            if white:
                sheet.drawing.rectangles.append(Rectangle(room, WHITE, None))
            elif sheet.style.grid == "full":
                sheet.frame(box)
            else:
                sheet.across(x0, x1, box.y1)
                sheet.upright(x1, box.y0 if sheet.style.grid == "open" else box.y1 - 5, box.y1)
            if sheet.random.random() < 0.12:
                _ticks_in(sheet, room)
            else:
                sheet.answer(Box(x0 + 1, box.y0 + 2, x1 - 1, box.y1) if whole and high < 20 else room)
        sheet.y += high


def _ticks_in(sheet: Sheet, room: Box) -> None:
    x = room.x0 + 4
    for _ in range(sheet.random.randint(2, 3)):
        if x > room.x1 - 45:
            break
        x = _tick(sheet, x, room.y1 - 4) + 12


def _label_rules(sheet: Sheet) -> None:
    """Label: ________ label: ______, as rules or as underscores, perhaps in running text."""
    size = sheet.style.size
    pitch = sheet.random.uniform(1.35, 2.6) * size
    kind = sheet.random.choice(["rule", "rule", "underscores", "dots"])
    colon = sheet.random.choice([":", "", " "])
    for _ in range(sheet.random.randint(1, 7)):
        sheet.y += pitch
        x = sheet.left + sheet.random.choice([0, 0, 12, 30])
        for _ in range(sheet.random.randint(1, 4)):
            words = sheet.words(1, 6) + colon
            if x + len(words) * size * 0.55 > sheet.right - 40:
                break
            x = sheet.text(x, sheet.y, words) + sheet.random.choice([0, 1, 3])
            end = min(x + sheet.random.uniform(25, 260), sheet.right)
            if end - x < 14:
                break
            _write_on(sheet, x, end, kind)
            x = end + sheet.random.choice([1, 4, 10])
        if sheet.random.random() < 0.3 and x < sheet.right - 60:
            sheet.text(x, sheet.y, sheet.fits(sheet.words(2, 8), sheet.right - x, size))
    sheet.y += 6


def _write_on(sheet: Sheet, x0: float, x1: float, kind: str) -> None:
    size = sheet.style.size
    base = sheet.y
    if kind == "underscores":
        count = int((x1 - x0) / (0.5 * size))
        x1 = sheet.text(x0, base, "_" * count)
    elif kind == "dots":
        count = int((x1 - x0) / (0.28 * size))
        x1 = sheet.text(x0, base, "." * count)
    else:
        sheet.across(x0, x1, base + 1.5, dotted=sheet.random.random() < 0.2)
    high = min(sheet.style.strip, 1.5 * size + 4)
    low = base + 1.5 + sheet.style.drop
    sheet.answer(Box(x0, low - high, x1, low))


def _amounts(sheet: Sheet) -> None:
    """Numbered lines with an amount at the right, boxed or on a rule, with cents or a currency."""
    size = sheet.style.size
    pitch = size * sheet.random.uniform(1.5, 2.4)
    wide = sheet.random.uniform(55, 95)
    cents = sheet.random.choice(["", "00", ".00"])
    boxed = sheet.random.random() < 0.6
    numbered = sheet.random.random() < 0.6
    x1 = sheet.right - (14 if cents else 0)
    x0 = x1 - wide
    number = sheet.random.randint(1, 40)
    first = sheet.y
    for _ in range(sheet.random.randint(3, 9)):
        top, low = sheet.y, sheet.y + pitch
        end = sheet.text(
            sheet.left, low - 4, f"{number} {sheet.fits(sheet.words(4, 14), x0 - sheet.left - 60, size)}"
        )
        if sheet.random.random() < 0.7:
            sheet.text(end + 2, low - 4, "." * max(0, int((x0 - 20 - end) / (0.28 * size))))
        if numbered:
            sheet.text(x0 - 14, low - 4, str(number), bold=True)
        if boxed:
            sheet.across(x0 - (16 if numbered else 0), sheet.right, low)
        else:
            sheet.across(x0, x1, low - 2)
            sheet.text(x0 - 7, low - 4, "$")
        if cents:
            sheet.text(x1 + 2, low - 4, cents)
        if boxed and sheet.random.random() < 0.08:
            sheet.drawing.rectangles.append(Rectangle(Box(x0, top, x1, low), (0.7, 0.7, 0.7), None))
        else:
            sheet.answer(Box(x0 + 0.5, top + 0.5, x1 - 0.5, low - (0.5 if boxed else 2)))
        sheet.y, number = low, number + 1
    if boxed:
        sheet.across(x0 - (16 if numbered else 0), sheet.right, first)
        for x in [x0, x1, sheet.right] if cents else [x0, x1]:
            sheet.upright(x, first, sheet.y)
        if numbered:
            sheet.upright(x0 - 16, first, sheet.y)
    sheet.y += 6


def _table(sheet: Sheet) -> None:
    """A head and empty rows; full grid, or rules across only."""
    size = sheet.style.size * sheet.style.caption
    stops = widths(sheet, sheet.random.randint(2, 7), 34)
    stops = [stop for index, stop in enumerate(stops) if index == 0 or stop - stops[index - 1] > 20]
    head = size * sheet.random.choice([1.6, 2.8, 4.0])
    pitch = sheet.random.uniform(12, 28)
    rows = sheet.random.randint(2, 7)
    top = sheet.y
    shade = sheet.random.choice([None, None, (0.85, 0.85, 0.85)])
    if shade:
        sheet.drawing.rectangles.append(Rectangle(Box(stops[0], top, stops[-1], top + head), shade, None))
    named = sheet.random.random() < 0.3
    ticked = sheet.random.choice([-1, -1, len(stops) - 2])
    for x0, x1 in itertools.pairwise(stops):
        for row in range(max(1, int(head / size / 1.3))):
            words = sheet.fits(sheet.words(1, 3), x1 - x0 - 4, size)
            sheet.text(x0 + 2, top + size * (1 + 1.2 * row), words, size)
    full = sheet.style.grid != "below"
    for row in range(rows + 1):
        y = top + head + row * pitch
        sheet.across(stops[0], stops[-1], y)
        if row == rows:
            break
        for column, (x0, x1) in enumerate(itertools.pairwise(stops)):
            if named and column == 0:
                sheet.text(x0 + 2, y + pitch - 4, sheet.fits(sheet.words(1, 3), x1 - x0 - 4, size), size)
            elif column == ticked:
                _square(
                    sheet, Box((x0 + x1) / 2 - 4, y + pitch / 2 - 4, (x0 + x1) / 2 + 4, y + pitch / 2 + 4)
                )
            else:
                inset = 0.5 if full else 2
                sheet.answer(Box(x0 + inset, y + 0.5, x1 - inset, y + pitch - 0.5))
    sheet.y = top + head + rows * pitch
    sheet.across(stops[0], stops[-1], top)
    for index, x in enumerate(stops):
        if full and (sheet.style.grid == "full" or 0 < index < len(stops) - 1):
            sheet.upright(x, top, sheet.y)
    sheet.y += 6


def _combs(sheet: Sheet) -> None:
    """A caption and rows of equal small cells, parted by dashes or gaps."""
    size = sheet.style.size
    wide, high = sheet.random.uniform(9, 18), sheet.random.uniform(11, 20)
    openly = sheet.random.random() < 0.3
    above = sheet.random.random() < 0.6
    for _ in range(sheet.random.randint(1, 3)):
        x = sheet.left + 4
        sheet.y += size * 1.2
        end = sheet.text(x, sheet.y, sheet.words(1, 4))
        if above:
            sheet.y += 3
        else:
            x, sheet.y = end + 8, sheet.y - high + 3
        for _ in range(sheet.random.randint(1, 4)):
            count = sheet.random.choice([1, 2, 2, 3, 4, 4, 5, 8, 12, 20, 28])
            if x + count * wide > sheet.right:
                continue
            box = Box(x, sheet.y, x + count * wide, sheet.y + high)
            foot = box.y1 - (4 if openly else high)
            for index in range(count + 1):
                if not openly or 0 < index < count or sheet.random.random() < 0.9:
                    sheet.upright(x + index * wide, foot, box.y1)
            sheet.across(box.x0, box.x1, box.y1)
            if not openly:
                sheet.across(box.x0, box.x1, box.y0)
            sheet.answer(box)
            x = box.x1 + sheet.random.choice([6, 10, 16])
            if sheet.random.random() < 0.4:
                sheet.text(box.x1 + 2, box.y1 - 4, "-")
        sheet.y += high + 5


def _comb_cells(sheet: Sheet) -> None:
    """Framed cells that each hold a caption and a few combs."""
    size = sheet.style.size
    wide, high = sheet.random.uniform(9, 14), sheet.random.uniform(11, 17)
    for _ in range(sheet.random.randint(1, 3)):
        stops = widths(sheet, sheet.random.randint(1, 3), 110)
        bottom = sheet.y + size * 1.4 + high + 6
        for x0, x1 in itertools.pairwise(stops):
            if x1 - x0 < 60:
                continue
            sheet.frame(Box(x0, sheet.y, x1, bottom))
            sheet.text(
                x0 + 2,
                sheet.y + size,
                sheet.fits(f"{sheet.random.randint(1, 30)}. {sheet.words(2, 6)}", x1 - x0 - 4, size),
            )
            x = x0 + 3
            for count in sheet.random.choice(
                [[3, 2, 4], [2, 2, 4], [9], [12, 1, 18], [20, 1, 20], [5, 4], [10, 1]]
            ):
                if x + count * wide > x1 - 3:
                    break
                box = Box(x, bottom - high - 2, x + count * wide, bottom - 2)
                for index in range(count + 1):
                    sheet.upright(x + index * wide, box.y0, box.y1)
                sheet.across(box.x0, box.x1, box.y0)
                sheet.across(box.x0, box.x1, box.y1)
                sheet.answer(box)
                if sheet.random.random() < 0.3:
                    sheet.text(box.x1 + 2, box.y1 - 4, "-")
                x = box.x1 + sheet.random.choice([6, 9, 12])
        sheet.y = bottom
    sheet.y += 4


def _tick_list(sheet: Sheet) -> None:
    """Things to tick, in rows or one under another, box before or after the words."""
    size = sheet.style.size
    after = sheet.random.random() < 0.12
    if sheet.random.random() < 0.7:
        sheet.y += size * 1.3
        sheet.text(sheet.left, sheet.y, sheet.words(3, 10) + sheet.random.choice(["?", ":", ""]))
    for _ in range(sheet.random.randint(1, 6)):
        sheet.y += max(size * 1.35, sheet.style.tick_side * 1.15)
        x = sheet.left + sheet.random.choice([0, 8, 20])
        for _ in range(sheet.random.choice([1, 1, 2, 3, 4])):
            if x > sheet.right - 90:
                break
            if after:
                x = sheet.text(x, sheet.y, sheet.words(1, 4)) + 4
                x = _tick_box(sheet, x, sheet.y) + 20
            else:
                x = _tick(sheet, x, sheet.y) + sheet.random.uniform(8, 40)
        if sheet.random.random() < 0.15 and x < sheet.right - 60:
            _write_on(sheet, x - 6, min(x + 120, sheet.right), "rule")
    sheet.y += 6


def _tick(sheet: Sheet, x: float, base: float) -> float:
    x = _tick_box(sheet, x, base)
    words = sheet.random.choice(["yes", "no", "Ja", "Nein", "oui", "non", sheet.words(1, 8)])
    return sheet.text(x + sheet.random.uniform(1.5, 5), base, words)


def _tick_box(sheet: Sheet, x: float, base: float) -> float:
    side, kind = sheet.style.tick_side, sheet.style.tick
    centre = base - 0.33 * sheet.style.size
    box = Box(x, centre - side / 2, x + side, centre + side / 2)
    if kind == "ring":
        sheet.drawing.rings.append(Ring(box))
    elif kind == "glyph":
        end = sheet.text(x, base, "□", sheet.style.size * 1.2)
        box = Box(x, base - 0.36 * sheet.style.size * 1.2 - 4, end, base - 0.36 * sheet.style.size * 1.2 + 4)
    elif kind == "brackets":
        end = sheet.text(x, base, sheet.random.choice(["[  ]", "(  )", "[   ]"]))
        box = Box(x, base - 0.75 * sheet.style.size, end, base + 0.22 * sheet.style.size)
    elif kind == "fill" and sheet.style.tint is not None:
        sheet.drawing.rectangles.append(Rectangle(box, WHITE, None))
    else:
        _square(sheet, box)
        return box.x1
    sheet.answer(box, tick=True)
    return box.x1


def _square(sheet: Sheet, box: Box) -> None:
    sheet.frame(box)
    sheet.answer(box, tick=True)


def _big_box(sheet: Sheet) -> None:
    """A frame to write several lines in, its caption inside or above."""
    size = sheet.style.size
    high = sheet.random.uniform(34, 110)
    inside = sheet.random.random() < 0.7
    if not inside:
        sheet.y += size
    sheet.text(sheet.left + 2, sheet.y + (size if inside else -2), sheet.fits(sheet.words(4, 14), 400, size))
    box = Box(sheet.left, sheet.y, sheet.right, sheet.y + high)
    sheet.frame(box, WHITE if sheet.style.tint else None)
    top = box.y0 + (size * 1.3 if inside else 0.5)
    sheet.answer(Box(box.x0 + 1, top, box.x1 - 1, box.y1 - 1))
    sheet.y = box.y1 + 5


def _beside_boxes(sheet: Sheet) -> None:
    """Label at the left, a framed box at the right."""
    size = sheet.style.size
    high = sheet.random.uniform(12, 22)
    start = sheet.left + sheet.random.uniform(80, 180)
    for _ in range(sheet.random.randint(1, 5)):
        end = sheet.random.choice([sheet.right, sheet.right, start + 120])
        sheet.text(
            sheet.left, sheet.y + high - 5, sheet.fits(sheet.words(1, 4), start - sheet.left - 4, size)
        )
        box = Box(start, sheet.y, end, sheet.y + high)
        sheet.frame(box, WHITE if sheet.style.tint else None)
        sheet.answer(box)
        if end < sheet.right - 140:
            x = sheet.text(end + 10, sheet.y + high - 5, sheet.fits(sheet.words(1, 2), 60, size)) + 4
            second = Box(x, sheet.y, sheet.right, sheet.y + high)
            sheet.frame(second, WHITE if sheet.style.tint else None)
            sheet.answer(second)
        sheet.y += high + sheet.random.choice([0, 2, 5])
    sheet.y += 4


BLOCKS = [
    *(headed_rules, undrawn_cells, dashed_line),
    *(_caption_grid, _label_rules, long_rules, signed_rules, _amounts, _table, _combs, _tick_list),
    _big_box,
    *(_comb_cells, _comb_cells, _beside_boxes, _paragraph, _bar, _notice, _printed_table),
    *(_caption_grid, _label_rules, _tick_list, _table, _bar),
]
UNDRAWN = [
    *(undrawn_cells, undrawn_cells, undrawn_cells, dashed_line, _caption_grid, _caption_grid),
    *(_tick_list, _tick_list, _big_box, _paragraph, _notice, _bar, _table, _label_rules, signed_rules),
]
