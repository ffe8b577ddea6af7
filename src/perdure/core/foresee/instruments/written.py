"""What an instrument's file may hold."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

_KEY = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenItem(_Written):
    key: str = _KEY
    text: str = Field("", max_length=500)
    hint: str = Field("", max_length=500)
    advice: str = Field("", max_length=1000)


class WrittenDomain(_Written):
    key: str = _KEY
    title: str = Field(min_length=1, max_length=120)
    advice: str = Field("", max_length=1000)
    items: tuple[WrittenItem, ...] = Field(min_length=1, max_length=40)


class WrittenChoice(_Written):
    value: float = Field(allow_inf_nan=False)
    text: str = Field("", max_length=120)


class SaidItem(_Written):
    """An item in another language; what is left out stays in the first one's words."""

    text: str = Field("", max_length=500)
    hint: str = Field("", max_length=500)
    advice: str = Field("", max_length=1000)


class SaidDomain(_Written):
    title: str = Field("", max_length=120)
    advice: str = Field("", max_length=1000)
    items: dict[str, SaidItem] = Field(default_factory=dict)


class SaidInstrument(_Written):
    """An instrument in another language: domains and items by their keys, the scale by its values."""

    title: str = Field("", max_length=120)
    summary: str = Field("", max_length=2000)
    scale: dict[float, str] = Field(default_factory=dict)
    domains: dict[str, SaidDomain] = Field(default_factory=dict)


class WrittenInstrument(_Written):
    """The whole file. A file that does not hang together is refused with the place."""

    key: str = _KEY
    title: str = Field(min_length=1, max_length=120)
    summary: str = Field("", max_length=2000)
    minutes: int = Field(5, ge=1, le=240)
    higher_is: Literal["stronger", "weaker"]
    citation: str = Field(min_length=1, max_length=2000)
    licence: str = Field(min_length=1, max_length=2000)
    complete: bool
    scale: tuple[WrittenChoice, ...] = Field(min_length=2, max_length=11)
    domains: tuple[WrittenDomain, ...] = Field(min_length=1, max_length=40)
    languages: dict[str, SaidInstrument] = Field(default_factory=dict, max_length=60)

    @model_validator(mode="after")
    def _hangs_together(self) -> WrittenInstrument:
        values = [choice.value for choice in self.scale]
        if values != sorted(set(values)):
            raise ValueError("the values of the scale rise from step to step")
        for what, keys in (
            ("domain", [domain.key for domain in self.domains]),
            ("item", [item.key for domain in self.domains for item in domain.items]),
        ):
            if len(keys) != len(set(keys)):
                raise ValueError(f"two {what}s have the same key")
        self._says_only_what_is_there(values)
        if self.complete and not all(item.text for domain in self.domains for item in domain.items):
            raise ValueError("an instrument that is complete has a text for every item")
        return self

    def _says_only_what_is_there(self, values: list[float]) -> None:
        items = {domain.key: {item.key for item in domain.items} for domain in self.domains}
        for language, said in self.languages.items():
            strange = [str(value) for value in said.scale if value not in values]
            strange += [key for key in said.domains if key not in items]
            strange += [
                k for key, one in said.domains.items() for k in one.items if k not in items.get(key, {k})
            ]
            if strange:
                raise ValueError(f"{language} has words for {strange[0]}, which is not there")
