"""The words that a list teaches: in any language, from other cases only, and told as reasons."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from tests.core.foresee.lists import YEARS, made_register

from perdure.core.foresee.api import Question, Snapshot, forecast, learn, validate
from perdure.core.foresee.wording import count_words, lean, lean_unseen, leaning, without_rare, words_in

LAST = YEARS[-1]


@pytest.fixture(scope="module")
def bare() -> list[Snapshot]:
    """The made register without dates, so that nothing but words can tell who leaves."""
    return [replace(s, end=None, start=None, text="") for s in made_register()]


def german(snapshots: list[Snapshot]) -> list[Snapshot]:
    """Those that are about to leave say so in German, four times of five; others seldom do."""
    random, there = Random(3), {(s.case, s.year) for s in snapshots}
    return [
        replace(s, text="Das Vorhaben wird demnächst beendet werden.")
        if random.random() < (0.1 if (s.case, s.year + 1) in there else 0.8)
        else replace(s, text="Das Vorhaben wird weiter betrieben werden.")
        for s in snapshots
    ]


def test_words_of_any_language_are_read_and_pairs_of_neighbours_once_each():
    assert words_in("Die Straße, die Straße 7 a") == ("die", "die straße", "straße", "straße die")
    assert words_in("") == ()


def test_a_word_that_few_or_nearly_all_use_teaches_nothing():
    texts = [(("all", "rare") if n < 4 else ("all",), n % 2 == 0) for n in range(40)]

    assert leaning(count_words(texts), 20, 40, prior=12) == {}


def test_leaving_out_rare_words_first_teaches_the_same():
    random = Random(2)
    texts = [tuple(sorted({f"w{int(random.paretovariate(0.4))}" for _ in range(9)})) for _ in range(200)]
    yes = [len(words) > 5 for words in texts]
    kept, half = without_rare(texts), slice(0, 100)

    assert sum(map(len, kept)) < sum(map(len, texts))
    for part in (slice(None), half):
        found = [
            leaning(count_words(zip(some[part], yes[part], strict=True)), sum(yes[part]), len(yes[part]), 12)
            for some in (texts, kept)
        ]
        assert found[0] == found[1] != {}


def test_a_word_is_drawn_towards_the_mean_the_more_the_fewer_use_it():
    texts = [(("many",) if n < 40 else ("few",) if n < 46 else (), n < 46) for n in range(100)]
    found = leaning(count_words(texts), 46, 100, prior=12)

    assert 0 < found["few"] < found["many"]
    assert lean(("few", "many", "unheard"), found) > lean(("few", "unheard"), found)
    assert lean(("unheard",), found) == 0


def test_a_text_does_not_vouch_for_itself():
    texts = [(f"word{n // 6}",) for n in range(60)]
    yes = [n // 6 % 2 == 0 for n in range(60)]
    folds = [n // 6 % 5 for n in range(60)]  # every word lives in one fold alone

    assert lean_unseen(texts, yes, folds, prior=12) == [0.0] * 60


def test_a_list_teaches_its_own_words_in_its_own_language(bare):
    without, with_words = validate(bare, Question.STILL_LISTED), validate(german(bare), Question.STILL_LISTED)

    assert with_words.pooled.brier < without.pooled.brier - 0.03
    assert with_words.pooled.auc > 0.75


def test_the_words_that_tell_are_named_as_the_reason(bare):
    told = german(bare)
    texts = {s.case: s.text for s in told if s.year == LAST}
    found = forecast(learn(told, Question.STILL_LISTED), told, LAST)
    leaving = next(one for one in found if "beendet" in texts[one.case])
    reason = next(one for one in leaving.reasons if one.key == "words-learnt")

    assert reason.effect < 0
    assert "beendet" in reason.value


def test_words_that_mean_nothing_do_no_harm(bare):
    random, syllables = Random(5), ["ba", "ce", "di", "fo", "gu", "ke", "lo", "mu", "na", "pi"]
    babble = [
        replace(s, text=" ".join(random.choice(syllables) + random.choice(syllables) for _ in range(60)))
        for s in bare
    ]
    silent, spoken = validate(bare, Question.STILL_LISTED), validate(babble, Question.STILL_LISTED)

    assert spoken.pooled.brier < silent.pooled.brier + 0.01
