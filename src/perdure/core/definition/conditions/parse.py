"""The text of a condition as nodes: recursive descent, one function for each line of the grammar.

condition   = and { "or" and }
and         = not { "and" not }
not         = "not" not | comparison
comparison  = sum [ op sum | "includes" sum | ["not"] "in" "(" sum { "," sum } ")"
                  | "is" ["not"] "answered" ]
op          = "=" | "!=" | "<" | "<=" | ">" | ">="
sum         = product { ("+" | "-") product }
product     = negative { ("*" | "/") negative }
negative    = "-" negative | atom
atom        = number | text | day | "yes" | "no" | "today" | name [ "." part ]
            | function "(" condition { "," condition } ")" | "(" condition ")"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, NoReturn

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
    Or,
    Text,
    Today,
    YesNo,
    children,
)
from perdure.core.definition.errors import ConditionError

MAX_CHARACTERS = 2_000
MAX_TOKENS = 500
MAX_DEPTH = 30
MAX_LEVELS = 60

RESERVED = frozenset({"and", "or", "not", "in", "is", "answered", "includes", "yes", "no", "today"})
"""Words that cannot be the name of a question; an option with such a name is written in quotes."""

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z_]))
  | (?P<number>[0-9]{1,28}(?:\.[0-9]{1,10})?(?![0-9A-Za-z_.]))
  | (?P<word>[A-Za-z0-9_]+(?:\.[A-Za-z][A-Za-z0-9_]*)?)
  | (?P<text>"(?:[^"\\]|\\["\\])*")
  | (?P<sign>!=|<=|>=|[=<>+\-*/(),])
  | (?P<end>$)
    )""",
    re.VERBOSE,
)

_ADVICE = {
    "“": 'Write texts in straight quotes: "like this".',
    "”": 'Write texts in straight quotes: "like this".',
    "'": 'Write texts in double quotes: "like this".',
    "&": "Write and.",
    "|": "Write or.",
    "!": "Write not, or != between two values.",
    "[": "Write ( and ).",
    "≥": "Write >=.",
    "≤": "Write <=.",
    "≠": "Write !=.",
    '"': "Close the text with another quote.",
    "$": "Write sums without a sign: 1000.",
    "£": "Write sums without a sign: 1000.",
    "€": "Write sums without a sign: 1000.",
    "%": "Write 20 for 20 %.",
}


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def _too_large(at: int) -> NoReturn:
    raise ConditionError("The condition is too large.", "Move a part of it into a derived value.", offset=at)


def _levels(node: Node) -> int:
    return 1 + max((_levels(child) for child in children(node)), default=0)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while not tokens or tokens[-1].kind != "end":
        match = _TOKEN.match(text, position)
        if match is None:
            at = len(text) - len(text[position:].lstrip())
            sign = text[at]
            raise ConditionError(f"{sign} cannot stand here.", _ADVICE.get(sign, ""), offset=at)
        kind = match.lastgroup or "end"
        tokens.append(_Token(kind, match.group(kind), match.start(kind)))
        position = match.end()
        if len(tokens) > MAX_TOKENS:
            _too_large(match.start(kind))
    return tokens


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.position]

    def next(self) -> _Token:
        token = self.token
        self.position += 1
        return token

    def takes(self, *texts: str) -> _Token | None:
        """The token when it is one of these signs or words, and steps over it."""
        token = self.token
        if token.kind in ("sign", "word") and token.text in texts:
            self.position += 1
            return token
        return None

    def needs(self, text: str, advice: str) -> None:
        if not self.takes(text):
            self.refuse(advice)

    def refuse(self, advice: str = "") -> NoReturn:
        token = self.token
        if token.kind == "end":
            raise ConditionError("The condition ends too early.", advice, offset=token.at)
        raise ConditionError(f"{token.text} cannot stand here.", advice, offset=token.at)

    def deeper(self, rule: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            _too_large(self.token.at)
        node = rule()
        self.depth -= 1
        return node

    def condition(self) -> Node:
        at, parts = self.token.at, [self.conjunction()]
        while self.takes("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts), at)

    def conjunction(self) -> Node:
        at, parts = self.token.at, [self.negation()]
        while self.takes("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts), at)

    def negation(self) -> Node:
        word = self.takes("not")
        return Not(self.deeper(self.negation), word.at) if word else self.comparison()

    def comparison(self) -> Node:
        left = self.sum()
        if op := self.takes("=", "!=", "<", "<=", ">", ">="):
            if op.text == "=":
                self.takes("=")
            node: Node = Compare(op.text, left, self.sum(), op.at)
        elif op := self.takes("includes"):
            node = Includes(left, self.sum(), op.at)
        elif op := self.takes("in"):
            node = OneOf(left, self.several(), False, op.at)
        elif self.token.text == "not" and self.tokens[self.position + 1].text == "in":
            op = self.next()
            self.next()
            node = OneOf(left, self.several(), True, op.at)
        elif op := self.takes("is"):
            node = self.answered(left, op)
        else:
            return left
        if self.token.text in ("=", "!=", "<", "<=", ">", ">=", "includes", "is"):
            self.refuse("Write two comparisons with and between them.")
        return node

    def answered(self, left: Node, word: _Token) -> Node:
        negated = self.takes("not") is not None
        self.needs("answered", "After is, write answered or not answered; to compare, write =.")
        if not isinstance(left, Name):
            raise ConditionError("Only a question can be answered.", "Write its name.", offset=word.at)
        return Answered(left, negated, word.at)

    def several(self) -> tuple[Node, ...]:
        self.needs("(", "Write the values in brackets: in (a, b).")
        found = [self.sum()]
        while self.takes(","):
            found.append(self.sum())
        self.needs(")", "Write , between values and ) after the last.")
        return tuple(found)

    def sum(self) -> Node:
        node = self.product()
        while op := self.takes("+", "-"):
            node = Arithmetic(op.text, node, self.product(), op.at)
        return node

    def product(self) -> Node:
        node = self.negative()
        while op := self.takes("*", "/"):
            node = Arithmetic(op.text, node, self.negative(), op.at)
        return node

    def negative(self) -> Node:
        sign = self.takes("-")
        return Negative(self.deeper(self.negative), sign.at) if sign else self.atom()

    def atom(self) -> Node:
        token = self.next()
        if token.kind == "number":
            self.no_thousands(token)
            return Number(token.text, token.at)
        if token.kind == "text":
            return Text(re.sub(r"\\(.)", r"\1", token.text[1:-1]), token.at)
        if token.kind == "day":
            return _day(token)
        if token.kind == "word":
            return self.word(token)
        if token.text == "(":
            node = self.deeper(self.condition)
            self.needs(")", "Close the bracket with ).")
            return node
        self.position -= 1
        return self.refuse("Write a question's name, a value, or ( here.")

    def no_thousands(self, token: _Token) -> None:
        after = self.tokens[self.position : self.position + 2]
        adjacent = len(after) == 2 and after[0].at == token.at + len(token.text)
        if adjacent and after[0].text == "," and after[1].at == after[0].at + 1 and len(after[1].text) == 3:
            raise ConditionError(
                "Numbers are written without commas.",
                f"Write {token.text}{after[1].text}; between two values, put a space after the comma.",
                offset=token.at,
            )

    def word(self, token: _Token) -> Node:
        text, at = token.text, token.at
        if text in ("yes", "no"):
            return YesNo(text == "yes", at)
        if text == "today":
            return Today(at)
        if text in RESERVED:
            self.position -= 1
            self.refuse("Write a question's name or a value before it.")
        if self.token.text == "(" and self.token.kind == "sign":
            return self.call(token)
        name, _, part = text.partition(".")
        return Name(name, part, at)

    def call(self, token: _Token) -> Node:
        self.next()
        args = [self.deeper(self.condition)]
        while self.takes(","):
            args.append(self.deeper(self.condition))
        self.needs(")", "Close the bracket with ).")
        return Call(token.text, tuple(args), token.at)


def _day(token: _Token) -> Day:
    try:
        return Day(date.fromisoformat(token.text), token.at)
    except ValueError:
        raise ConditionError(
            f"{token.text} is not a day.", "Write year-month-day, like 2027-03-04.", offset=token.at
        ) from None


def parse(text: str) -> Node:
    """Read a condition or value. Raises ConditionError with the place and what to write instead."""
    if len(text) > MAX_CHARACTERS:
        _too_large(MAX_CHARACTERS)
    parser = _Parser(text)
    if parser.token.kind == "end":
        raise ConditionError("The condition is empty.", "Write one like lives_with = partner.")
    node = parser.condition()
    if parser.token.kind != "end":
        advice = "Write and, or, or a comparison before it."
        parser.refuse(advice)
    if _levels(node) > MAX_LEVELS:
        _too_large(0)
    return node
