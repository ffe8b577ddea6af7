"""Blocks of a case page that stand in templates of their own: each has a question and a name.

The template register/_<name>.html finds the answer under <name>; an answer of None leaves the block out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Block = Callable[[int], Any]
"""From the id of a case to what its block shows, or None."""

BLOCKS: dict[str, Block] = {}
