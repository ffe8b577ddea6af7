"""Building the trace of a condition: which comparisons held, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.answers.shown import shown
from perdure.core.definition.conditions.compile import compiled
from perdure.core.definition.conditions.nodes import (
    And,
    Answered,
    Arithmetic,
    Call,
    Compare,
    Day,
    Includes,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OneOf,
    Option,
    Or,
    Text,
    Today,
    YesNo,
    children,
    printed,
)
from perdure.core.definition.conditions.scope import Kind, Scope
from perdure.core.definition.conditions.trace import Fact, Trace
from perdure.core.kernel.dates import in_words as day_in_words
from perdure.core.kernel.money import decimal_in_words

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "=": "{0} is {1}",
        "!=": "{0} is not {1}",
        "<": "{0} is less than {1}",
        "<=": "{0} is at most {1}",
        ">": "{0} is more than {1}",
        ">=": "{0} is at least {1}",
        "includes": "{0} includes {1}",
        "in": "{0} is one of {1}",
        "not in": "{0} is none of {1}",
        "answered": "{0} is answered",
        "not answered": "{0} is not answered",
        "and": " and ",
        "or": " or ",
        "not": "not ({0})",
        "yes": "Yes",
        "no": "No",
        "today": "today",
        "count": "number of {0}",
        "sum": "total of {0}",
        "min": "least of {0}",
        "max": "greatest of {0}",
        "round": "{0}",
        "years_between": "years from {0}",
        "days_between": "days from {0}",
        "quoted": "“{0}”",
    },
    "de": {
        "=": "{0} ist {1}",
        "!=": "{0} ist nicht {1}",
        "<": "{0} ist weniger als {1}",
        "<=": "{0} ist höchstens {1}",
        ">": "{0} ist mehr als {1}",
        ">=": "{0} ist mindestens {1}",
        "includes": "{0} enthält {1}",
        "in": "{0} ist eines von {1}",
        "not in": "{0} ist keines von {1}",
        "answered": "{0} ist beantwortet",
        "not answered": "{0} ist nicht beantwortet",
        "and": " und ",
        "or": " oder ",
        "not": "nicht ({0})",
        "yes": "Ja",
        "no": "Nein",
        "today": "heute",
        "count": "Anzahl von {0}",
        "sum": "Summe von {0}",
        "min": "Kleinstes von {0}",
        "max": "Größtes von {0}",
        "round": "{0}",
        "years_between": "Jahre von {0}",
        "days_between": "Tage von {0}",
        "quoted": "„{0}“",
    },
}


class Explainer:
    """Explains one condition's nodes for one set of answers."""

    def __init__(self, scope: Scope, answers: Mapping[str, Any], today: date) -> None:
        self.scope = scope
        self.answers = answers
        self.today = today
        self.vocabulary = WORDS.get(scope.language[:2], WORDS["en"])

    def trace(self, node: Node) -> Trace:
        language = self.scope.language
        holds = bool(compiled(node, self.scope)(self.answers, self.today))
        text, words = printed(node), self.words(node)
        if isinstance(node, And):
            return Trace("all", holds, text, words, tuple(map(self.trace, node.parts)), language=language)
        if isinstance(node, Or):
            return Trace("any", holds, text, words, tuple(map(self.trace, node.parts)), language=language)
        if isinstance(node, Not):
            return Trace("not", holds, text, words, (self.trace(node.of),), language=language)
        facts = tuple(self.fact(source) for source in sources(node))
        if holds and (isinstance(node, Name) or (isinstance(node, OneOf) and len(facts) == 1)):
            text, words = facts[0].text, facts[0].words
        return Trace("leaf", holds, text, words, (), facts, _is_plain(node), language)

    def fact(self, node: Node) -> Fact:
        """What one name, part, count or today came to."""
        name = printed(node)
        value = self.stored(node)
        if value is None:
            unanswered = self.vocabulary["not answered"].format(self.words(node))
            return Fact(name, f"{name} is not answered", unanswered, False)
        shown_value = self.shown(node, value)
        words = self.vocabulary["="].format(self.words(node), shown_value)
        return Fact(name, f"{name} = {_plain_text(value)}", words, True)

    def stored(self, node: Node) -> Any | None:
        if isinstance(node, Name) and not node.part:
            value = self.answers.get(node.id)
            return value if value not in ("", [], {}, ()) else None
        return compiled(node, self.scope)(self.answers, self.today)

    def shown(self, node: Node, value: Any) -> str:
        """A value for people, in the marks of quotation when it is somebody's words."""
        known = self.scope.known.get(node.id) if isinstance(node, Name) else None
        if known is not None and known.kind is Kind.GROUP:
            return str(len(value))
        if known is not None and known.question is not None and isinstance(node, Name) and not node.part:
            language, currency = self.scope.language, self.scope.currency
            words = shown(known.question, value, language=language, currency=currency)
            return words if known.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME) else self.quoted(words)
        return self.literal(value)

    def quoted(self, text: str) -> str:
        return self.vocabulary["quoted"].format(text)

    def literal(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.vocabulary["yes" if value else "no"]
        if isinstance(value, Decimal):
            return decimal_in_words(value, self.scope.language)
        if isinstance(value, date):
            return day_in_words(value, self.scope.language)
        return self.quoted(str(value))

    def words(self, node: Node) -> str:
        """A node for people: titles for names and options."""
        say = self.vocabulary
        match node:
            case Number(text):
                return self.literal(Decimal(text))
            case Text(value) | Day(value) | YesNo(value):
                return self.literal(value)
            case Today():
                return say["today"]
            case Option(_, title):
                return self.quoted(title)
            case Name():
                return self.title(node)
            case Negative(of):
                return f"-{self.words(of)}"
            case Arithmetic(op, left, right):
                return f"{self.words(left)} {op} {self.words(right)}"
            case Compare(op, left, right):
                return say[op].format(self.words(left), self.words(right))
            case Includes(left, what):
                return say["includes"].format(self.words(left), self.words(what))
            case OneOf(left, among, negated):
                listed = ", ".join(self.words(one) for one in among)
                return say["not in" if negated else "in"].format(self.words(left), listed)
            case Answered(of, negated):
                return say["not answered" if negated else "answered"].format(self.words(of))
            case Not(of):
                return say["not"].format(self.words(of))
            case And(parts):
                return say["and"].join(self.words(part) for part in parts)
            case Or(parts):
                return say["or"].join(self.words(part) for part in parts)
            case Call(function, args):
                return self.call(function, args)

    def call(self, function: str, args: tuple[Node, ...]) -> str:
        inner = self
        if function == "count" and isinstance(args[0], Name):
            inner = Explainer(self.scope.inside(self.scope.known[args[0].id]), self.answers, self.today)
        listed = ", ".join(inner.words(arg) for arg in args)
        return self.vocabulary[function].format(listed)

    def title(self, node: Name) -> str:
        known = self.scope.known[node.id]
        if node.part in known.columns:
            return self.quoted(known.columns[node.part].title)
        return self.quoted(f"{known.title} ({node.part})" if node.part else known.title)


def sources(node: Node) -> Iterator[Node]:
    """The names, counts and totals that a comparison stands on, each once."""
    found: dict[str, Node] = {}
    pending = [node]
    while pending:
        each = pending.pop(0)
        if isinstance(each, (Name, Today)) or (isinstance(each, Call) and _is_of_group(each)):
            found.setdefault(printed(each), each)
        else:
            pending = [*children(each), *pending]
    yield from found.values()


def _is_of_group(node: Call) -> bool:
    columns = any(isinstance(arg, Name) and arg.part for arg in node.args)
    return node.function == "count" or (node.function in ("sum", "min", "max") and columns)


def _is_plain(node: Node) -> bool:
    """Does the condition itself tell the answer?"""
    if isinstance(node, Compare):
        return node.op == "=" and not isinstance(node.right, (Name, Arithmetic, Call))
    return isinstance(node, (Includes, Answered, Name, OneOf))


def _plain_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value if not isinstance(each, Mapping)) or str(len(value))
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    return str(value)
