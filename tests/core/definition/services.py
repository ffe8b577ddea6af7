"""Random services and random answers to them, the sensible and the hostile."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from perdure.core.definition.model import (
    Definition,
    Derived,
    Eligibility,
    Option,
    Page,
    Question,
    QuestionType,
    Repeat,
)

TODAY = date(2027, 3, 4)
OPTIONS = tuple(Option(value=value, title=value.title()) for value in ("red", "green", "blue"))
CHOICES = (QuestionType.CHOICE, QuestionType.CHOICES)
ASKED = (
    QuestionType.YES_NO,
    QuestionType.CHOICE,
    QuestionType.CHOICES,
    QuestionType.WHOLE_NUMBER,
    QuestionType.MONEY,
    QuestionType.DATE,
    QuestionType.TICK,
    QuestionType.TEXT,
    QuestionType.NAME,
)


def condition_on(draw: Any, earlier: list[Question], groups: list[str]) -> str:
    """A condition on what stands before; "" when nothing does or none is wanted."""
    parts = []
    for _ in range(draw(st.integers(0, 2))):
        if groups and draw(st.integers(0, 4)) == 0:
            parts.append(f"count({draw(st.sampled_from(groups))}) > {draw(st.integers(0, 2))}")
        elif earlier:
            parts.append(_comparison(draw, draw(st.sampled_from(earlier))))
    text = draw(st.sampled_from((" and ", " or "))).join(parts)
    return f"not ({text})" if text and draw(st.integers(0, 4)) == 0 else text


def _comparison(draw: Any, question: Question) -> str:
    name = question.id
    if draw(st.integers(0, 5)) == 0:
        return f"{name} is {draw(st.sampled_from(('answered', 'not answered')))}"
    match question.type:
        case QuestionType.YES_NO | QuestionType.TICK:
            return f"{name} = {draw(st.sampled_from(('yes', 'no')))}" if draw(st.booleans()) else name
        case QuestionType.CHOICE:
            return f"{name} {draw(st.sampled_from(('=', '!=')))} {draw(st.sampled_from(('red', 'blue')))}"
        case QuestionType.CHOICES:
            return f"{name} includes {draw(st.sampled_from(('red', 'green')))}"
        case QuestionType.WHOLE_NUMBER | QuestionType.MONEY:
            return f"{name} {draw(st.sampled_from(('<', '>=', '=')))} {draw(st.integers(-3, 5))}"
        case QuestionType.DATE:
            return f"years_between({name}, today) {draw(st.sampled_from(('<', '>=')))} 18"
        case QuestionType.TEXT:
            return f'{name} = "yes please"'
        case _:
            return f"{name}.given is answered"


@st.composite
def definitions(draw: Any) -> Definition:
    """A service of up to eight pages, with groups, derived values and rules."""
    pages: list[Page] = []
    earlier: list[Question] = []
    groups: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        repeats = draw(st.integers(0, 5)) == 0
        asked_when = condition_on(draw, earlier, groups)
        inside: list[Question] = []
        for index in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(ASKED))
            inside.append(
                Question(
                    id=f"q{number}_{index}",
                    type=kind,
                    title=f"Question {number}.{index}",
                    required=draw(st.booleans()),
                    options=OPTIONS if kind in CHOICES else (),
                    asked_when=condition_on(draw, earlier + inside, groups),
                )
            )
        repeat = Repeat(id=f"g{number}", one="row", at_least=draw(st.integers(0, 2))) if repeats else None
        page = Page(id=f"p{number}", repeat=repeat, asked_when=asked_when, questions=tuple(inside))
        pages.append(page)
        if repeats:
            groups.append(f"g{number}")
        else:
            earlier += inside
    return _with_rules(draw, pages, earlier, groups)


def _with_rules(draw: Any, pages: list[Page], earlier: list[Question], groups: list[str]) -> Definition:
    numbers = [q.id for q in earlier if q.type in (QuestionType.WHOLE_NUMBER, QuestionType.MONEY)]
    derived: list[Derived] = []
    if numbers:
        total = " + ".join(draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=3)))
        derived.append(Derived(id="total", title="Total", value=total))
        derived.append(Derived(id="double", title="Double", value="total * 2"))
    rule = condition_on(draw, earlier, groups)
    rules = (Eligibility(id="rule", refuse_when=rule, reason="Because."),) if rule else ()
    return Definition(
        id="random",
        title="Random",
        owner="Somebody",
        review_by=date(2030, 1, 1),
        currency="EUR",
        pages=tuple(pages),
        derived=tuple(derived),
        eligibility=rules,
    )


HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


def stored(question: Question) -> st.SearchStrategy[Any]:
    """Answers as they are stored."""
    match question.type:
        case QuestionType.YES_NO:
            return st.booleans()
        case QuestionType.TICK:
            return st.just(True)
        case QuestionType.CHOICE:
            return st.sampled_from(("red", "green", "blue"))
        case QuestionType.CHOICES:
            some = st.lists(st.sampled_from(range(3)), min_size=1, unique=True)
            return some.map(lambda chosen: [OPTIONS[index].value for index in sorted(chosen)])
        case QuestionType.WHOLE_NUMBER:
            return st.integers(-5, 8)
        case QuestionType.MONEY:
            return st.integers(-500, 800).map(lambda n: f"{n / 100:.2f}")
        case QuestionType.DATE:
            return st.dates(date(1940, 1, 1), date(2030, 1, 1)).map(date.isoformat)
        case QuestionType.NAME:
            return st.sampled_from(({"given": "Ada"}, {"family": "Byron"}, {"given": "A", "family": "B"}))
        case _:
            return st.sampled_from(("yes please", "no", "perhaps"))


@st.composite
def answers_to(draw: Any, definition: Definition, *, hostile: bool = True) -> dict[str, Any]:
    """Answers to any of the questions, asked or not; with some of the wrong kind and some to nothing."""
    found: dict[str, Any] = {}
    for page in definition.pages:
        if page.repeat:
            rows = st.lists(_row(page, hostile=hostile), max_size=3)
            if draw(st.booleans()):
                found[page.repeat.id] = draw(rows | HOSTILE if hostile else rows)
        else:
            found |= draw(_row(page, hostile=hostile))
    if hostile and draw(st.integers(0, 4)) == 0:
        found["nobody_asked"] = draw(HOSTILE)
    return found


@st.composite
def _row(draw: Any, page: Page, *, hostile: bool) -> dict[str, Any]:
    row = {}
    for question in page.questions:
        if draw(st.integers(0, 3)):
            wrong = hostile and draw(st.integers(0, 9)) == 0
            row[question.id] = draw(HOSTILE if wrong else stored(question))
    return row
