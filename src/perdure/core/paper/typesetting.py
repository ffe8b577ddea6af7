"""Documents set by Typst from our own templates. What people wrote is data, never markup.

The templates read one JSON value; every word of it is set as plain text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from perdure.core.paper.fonts import face, folder


def document(template: str, content: Mapping[str, Any], today: date) -> bytes:
    """The PDF of a template in this package, tagged as PDF/UA-1.

    Characters that no font here can draw are written as their number, [U+5B57], and the
    document says so: content gets a list of them under "unknown".
    """
    import typst

    told, unknown = _known_only(content)
    made: bytes = typst.compile(
        (folder().parent / template).read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"content": json.dumps({**told, "unknown": unknown})},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=datetime(today.year, today.month, today.day, tzinfo=UTC),
    )
    return made


def _known_only(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    text = json.dumps(content, ensure_ascii=False)
    strange = [char for char in face().missing(text) if char.isprintable()]
    unknown = {char for char in strange[:500] if not can_set(char)} | set(strange[500:])
    return _replaced(content, unknown), sorted(f"U+{ord(char):04X}" for char in unknown)


def _replaced(value: Any, unknown: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(f"[U+{ord(char):04X}]" if char in unknown else char for char in value)
    if isinstance(value, Mapping):
        return {key: _replaced(item, unknown) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(item, unknown) for item in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our fonts, and those of the machine for scripts that ours do not have."""
    import typst

    return typst.Fonts(include_system_fonts=True, font_paths=[str(folder())])


@lru_cache(maxsize=2000)
def can_set(char: str) -> bool:
    """Has any font of this machine the letter? Typst refuses PDF/UA with a letter it cannot draw."""
    import typst

    source = b'#set document(title: "x")\n#sys.inputs.char'
    try:
        typst.compile(
            source,
            font_paths=_fonts(),
            sys_inputs={"char": char},
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        return False
    return True
