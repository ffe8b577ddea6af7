"""Hostile PDFs: no crash, no hang past the limit, no memory past the limit, a sentence for each.

`make test` tries each kind; `make proof` tries two thousand.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from perdure.core.digitise.api import FormRefused, Limits, PaperForm, read_form
from tests.corpus.hostile import CONSTRUCTIONS, MUTATIONS, hostile

EXAMPLES = Path(__file__).parents[2] / "src" / "perdure" / "examples"
LIMITS = Limits(file_mb=20, pages=60, memory_mb=2048, seconds=25)


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """Our own example forms: what the mutations begin with."""
    found = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.pdf"))]
    assert found
    return found


def _reads_or_says_why(number: int, seeds: list[bytes]) -> None:
    what, content = hostile(number, seeds)
    began = time.monotonic()
    result = _read(content)
    assert time.monotonic() - began < LIMITS.seconds + 5, what
    if isinstance(result, FormRefused):
        assert result.what.endswith("."), (what, result.what)
        assert result.next_step, what
        assert result.code.startswith("digitise."), what
        assert "Traceback" not in str(result), what


def _read(content: bytes) -> PaperForm | FormRefused:
    try:
        return read_form(content, limits=LIMITS)
    except FormRefused as refusal:
        return refusal


@pytest.mark.parametrize("number", range(2 * max(len(CONSTRUCTIONS), len(MUTATIONS))))
def test_a_hostile_file_is_read_or_refused_in_a_sentence(number, seeds):
    _reads_or_says_why(number, seeds)


@pytest.mark.proof
@pytest.mark.parametrize("hundred", range(20))
def test_two_thousand_hostile_files_are_read_or_refused_in_a_sentence(hundred, seeds):
    for number in range(hundred * 100, hundred * 100 + 100):
        _reads_or_says_why(number, seeds)


def test_the_same_number_makes_the_same_hostile_file(seeds):
    assert all(hostile(number, seeds) == hostile(number, seeds) for number in range(40) if number % 28 != 24)
