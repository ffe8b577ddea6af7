"""A long answer over several write lines: read from line to line as a person would write it."""

from tests.core.paper.making import DAY, asks, blank, box, definition, page

from perdure.core.paper.filling import fill
from perdure.core.paper.reading import read

LINES = [box("why", [20, 100 + 20 * n, 280, 114 + 20 * n], id=f"line-{n}") for n in range(3)]
PAGES = [page(asks("why", "long_text"))]


def written(words: str) -> tuple[list[str], int]:
    made = definition(PAGES, LINES)
    content, left = fill(blank(), made, {"why": words}, reference="R-1", today=DAY, derived={})
    found = read(content, made)
    return [str(found[one["id"]]).strip() for one in LINES], len(left)


def test_a_short_answer_stands_on_the_first_line_alone():
    assert written("The stairs are steep") == (["The stairs are steep", "", ""], 0)


def test_a_long_answer_goes_on_from_line_to_line():
    words = (
        "The stairs are steep, and my mother, who is eighty-four, cannot climb them without our help any more"
    )
    lines, left = written(words)
    assert " ".join(line for line in lines if line) == words
    assert lines[1]
    assert left == 0


def test_an_answer_too_long_for_all_lines_goes_to_the_continuation_sheet_whole():
    lines, left = written("steep stairs and a narrow door " * 30)
    assert left == 1
    assert "sheet" in lines[0]
    assert lines[1:] == ["", ""]
