"""A map of tiles: each country one square of the same size, darker with more cases, its number inside."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from perdure.parts.register.countries import TILES
from perdure.parts.register.country_names import country_name

SIDE = 40
_GAP = 3
_EDGES = (1, 5, 20, 100, 1000)


def tile_map(counts: Mapping[str, int], *, title: str) -> str:
    """SVG of the world in tiles.

    counts  country -> number of cases; codes without a tile are left out (see `elsewhere`)
    title   what the picture shows, for whoever cannot see it
    """
    columns = max(column for column, _row in TILES.values()) + 1
    rows = max(row for _column, row in TILES.values()) + 1
    tiles = "".join(_tile(code, counts.get(code, 0)) for code in TILES)
    return (
        f'<svg class="tiles" viewBox="0 0 {columns * SIDE} {rows * SIDE}" role="img"'
        f' aria-label="{escape(title)}">{tiles}</svg>'
    )


def _tile(code: str, n: int) -> str:
    column, row = TILES[code]
    x, y, side = column * SIDE, row * SIDE, SIDE - _GAP
    number = f'<text class="n" x="{x + side / 2}" y="{y + 30}">{short(n)}</text>' if n else ""
    return (
        f'<g class="b{band(n)}"><title>{escape(country_name(code))}: {n}</title>'
        f'<rect x="{x}" y="{y}" width="{side}" height="{side}" rx="3"/>'
        f'<text x="{x + side / 2}" y="{y + (15 if n else 23)}">{code}</text>{number}</g>'
    )


def band(n: int) -> int:
    """How dark a tile is, 0 for no case to 5 for a thousand and more."""
    return sum(n >= edge for edge in _EDGES)


def short(n: int) -> str:
    """A number that fits into a tile: 999, 1.2k, 12k, 3.4M."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if n >= size:
            figure = n / size
            return f"{figure:.1f}{letter}" if figure < 10 else f"{figure:.0f}{letter}"
    return str(n)


def elsewhere(counts: Mapping[str, int]) -> dict[str, int]:
    """What the map has no tile for: no country known, the European Union, territories."""
    return {code: n for code, n in counts.items() if code not in TILES and n}
