"""A mapping: which columns of a list fill which field, and how they are read. A YAML file for people.

perdure_mapping: 1
name: Major projects
key: {columns: [project_name, department], year: report_year}
fields:
  title: {column: project_name}
  started: {column: start_raw, date: {order: day_first}}
  cost: {column: whole_life_cost, money: {unit: 1000000}}
  cost_currency: {constant: GBP}
  status:
    - {constant: ended, when: {column: date_retired, filled: true}}
    - {column: stage, choices: {running: [In use, "live*"], ended: [Retired]}}
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

NOTHING = ("n/a", "na", "none", "null", "nil", "-", "--", "?", "unknown", "not applicable", "tbc", "tbd")
"""Words that mean an empty cell wherever a field is not free text."""


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, (str, int, float, dict)) else value


def _as_text(value: Any) -> Any:
    """YAML turns 2021, 2021-01-01 and yes into other things; a mapping means the text of the cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is None or isinstance(value, str) else str(value)


def _as_texts(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return (_as_text(value),) if value is not None else ()
    value = _as_tuple(value)
    return tuple(_as_text(item) for item in value) if isinstance(value, (list, tuple)) else value


Text = Annotated[str, BeforeValidator(_as_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_texts)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DateReading(_Part):
    """How the dates of a column are written.

    order        which figure of 04/05/2023 is the month; ISO dates and month names are read in any order
    century      two-digit years up to this one are 20xx, later ones 19xx
    years_as_days  a date in 1905 is a year that a spreadsheet took for a day (14 July 1905 is 2022)
    days_as_numbers  44927 is the day that a spreadsheet counts so (1 January 2023)
    short        24-Aug: `unread`, or `year_month` where a spreadsheet made it from Aug-24
    """

    order: Literal["day_first", "month_first", "year_first"] = "day_first"
    century: int = Field(default=68, ge=0, le=99)
    years_as_days: bool = False
    days_as_numbers: bool = False
    short: Literal["unread", "year_month"] = "unread"


class MoneyReading(_Part):
    """How sums are written.

    unit     what one stands for (1000000 where the column is in millions)
    decimal  the mark before the pence, where a figure leaves it open (1.234)
    most     a larger figure is a fault, as it stands in the column; it stays empty, with a note
    """

    unit: Decimal = Decimal(1)
    decimal: Literal[".", ","] = "."
    most: Decimal | None = None


class Condition(_Part):
    """True of a row when the column is filled (or not) or holds one of the words (`*`: anything)."""

    column: str
    filled: bool | None = None
    is_one_of: Texts = ()
    is_none_of: Texts = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.filled is None and not self.is_one_of and not self.is_none_of:
            raise ValueError("a condition needs filled, is_one_of or is_none_of")
        return self


class Rule(_Part):
    """One way to fill a field.

    columns    where the text comes from; several are joined, or `first` takes the first that is filled
    constant   the same for every row (that `when` holds for)
    filler     texts that stand for an empty cell in this column (2021/01/01)
    without    words that are left off the end of a text (" - Service Assessment")
    choices    value -> words of the list; case and spaces do not count, `*` stands for anything
    otherwise  the value for words that `choices` does not name; without it they stay empty, with a note
    separators what stands between the items of a list
    """

    columns: Texts = ()
    join: str = " "
    first: bool = False
    constant: Text | None = None
    when: Condition | None = None
    filler: Texts = ()
    date: DateReading | None = None
    money: MoneyReading | None = None
    without: Texts = ()
    choices: dict[Text, Texts] = {}
    otherwise: Text | None = None
    separators: Texts = ()

    @model_validator(mode="before")
    @classmethod
    def _one_column(cls, value: Any) -> Any:
        if isinstance(value, dict) and "column" in value:
            if "columns" in value:
                raise ValueError("say column or columns, not both")
            value = {("columns" if key == "column" else key): item for key, item in value.items()}
        return value

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if (self.constant is None) == (not self.columns):
            raise ValueError(
                "a rule needs a column, columns or a constant, and not a constant beside columns"
            )
        return self


Rules = Annotated[tuple[Rule, ...], BeforeValidator(_as_tuple)]


class Key(_Part):
    """How a row is known again. columns together name the thing; year is the column with the list's year."""

    columns: Texts = ()
    year: str = ""


class Mapping(_Part):
    """Which columns fill which field. about: a sentence or two for whoever opens the file next year."""

    perdure_mapping: Literal[1] = 1
    name: str = ""
    about: str = ""
    key: Key = Key()
    fields: dict[str, Rules] = {}
