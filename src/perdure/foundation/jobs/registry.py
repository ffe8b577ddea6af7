"""Which function does the job of a name. Parts add theirs when the site starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Handler = Callable[..., None]
H = TypeVar("H", bound=Handler)

_handlers: dict[str, Handler] = {}


def handles(name: str) -> Callable[[H], H]:
    """Decorator: this function does the jobs of this name.

    It is called as function(work, **kwargs) with the kwargs of enqueue. It may be called
    again for the same job after a crash, so what it does twice must be as if done once.
    """

    def add(function: H) -> H:
        known = _handlers.get(name)
        if known is not None and known.__qualname__ != function.__qualname__:
            raise ValueError(f"two functions do the job {name!r}")
        _handlers[name] = function
        return function

    return add


def handler_of(name: str) -> Handler:
    """The function for a name. Raises LookupError when no part added one."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"no function does the job {name!r}") from None
