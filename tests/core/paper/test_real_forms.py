"""Real government forms, fillable and flat: every answer is read back from its box or from the sheet."""

import pytest
from tests.core.paper.forms import expect_ticks, plan_of, squeezed, without_fields
from tests.core.paper.making import DAY, words_of

from perdure.core.paper.filling import fill
from perdure.core.paper.reading import read

EVERY = 8  # of the forms, in `make test`; all of them in `make proof`


def forms_of(shared):
    return sorted((shared / "forms" / "dev").glob("*.pdf"))


def check(content, *, flat):
    """Fill every box of a form and read all of them back."""
    plan, sizes = plan_of(content)
    expected = expect_ticks(plan)
    form = plan.definition(sizes, fillable=not flat)
    blank = without_fields(content) if flat else content
    made, left = fill(blank, form, plan.answers, reference="R-1", today=DAY, derived={})
    seen = read(made, form, blank)
    moved = {one.owner for one in left}
    for box in plan.boxes:
        wanted, got = expected.get(box["id"]), seen[box["id"]]
        if box["answer"] in moved:
            assert isinstance(wanted, bool) or squeezed(wanted) in squeezed(words_of(made)), box
        elif isinstance(wanted, str):
            lines = [seen[one["id"]] for one in plan.boxes if one["answer"] == box["answer"]]
            # One answer in several boxes stands whole in each, or goes on from line to line.
            assert squeezed(wanted) in {squeezed(got), squeezed("".join(lines))}, box
        else:
            assert got == wanted, box
    assert len(moved) <= 0.05 * len(plan.boxes)


@pytest.mark.parametrize("flat", [False, True], ids=["fillable", "flat"])
def test_every_answer_is_read_back_from_some_real_forms(shared, flat):
    for path in forms_of(shared)[::EVERY]:
        check(path.read_bytes(), flat=flat)


@pytest.mark.proof
@pytest.mark.parametrize("flat", [False, True], ids=["fillable", "flat"])
def test_every_answer_is_read_back_from_all_real_forms(shared, flat):
    forms = forms_of(shared)
    assert len(forms) > 40
    for path in forms:
        check(path.read_bytes(), flat=flat)
