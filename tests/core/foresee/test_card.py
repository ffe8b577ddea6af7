"""The card of the forecast names all that it looks at."""

from pathlib import Path

import pytest

from perdure.core.foresee.features import CATEGORIES, LEARNT_WORDS, NUMBERS

CARD = Path(__file__).parents[3] / "docs" / "reference" / "forecast-card.md"


@pytest.mark.parametrize("key", sorted({*NUMBERS.values(), *CATEGORIES.values(), LEARNT_WORDS}))
def test_the_card_names_every_word_a_forecast_gives_as_a_reason(key):
    assert f"| `{key}` |" in CARD.read_text("utf-8")
