"""Say on each field which printed table it is a cell of, and where in it.

The tables are those that the draft makes repeating groups of: boxes that stand again and again
at one distance under the same words. The draft finds them anew, so these marks change nothing there.
"""

from __future__ import annotations

from perdure.core.digitise.draft_tables import find_blocks
from perdure.core.digitise.values import PaperForm


def with_tables(form: PaperForm) -> PaperForm:
    """The form with table, row and column of every field that is in a table and does not say so yet."""
    if any(each.table for each in form.fields):
        return form
    marks: dict[str, dict[str, str | int]] = {}
    count = 0
    for page in form.pages:
        for block in find_blocks([each for each in form.fields if each.page == page.number]):
            count += 1
            for row, cells in enumerate(block.rows, start=1):
                for column, each in enumerate(cells, start=1):
                    marks[each.id] = {"table": f"t{count}", "row": row, "column": column}
    fields = tuple(each.model_copy(update=marks.get(each.id, {})) for each in form.fields)
    return form.model_copy(update={"fields": fields})
