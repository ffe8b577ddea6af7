"""The family of errors that a person may read.

PerdureError
├── DefinitionError      (core.definition)   a service definition that cannot be used
├── FormRefused          (core.digitise)     a file that is not a form we can read
├── BoundExceeded        (core.kernel)       a child process that was stopped at its limit
└── ...                  one family per part, each in the part's own errors.py
"""

from __future__ import annotations


class PerdureError(Exception):
    """A refusal in words: what happened, what to do next, and a code to search for.

    what       one or two plain sentences; never an applicant's name or number
    next_step  what the reader can do now
    code       stable, lower case, ``part.reason``; listed in docs/reference/errors.md
    """

    code = "perdure.error"

    def __init__(self, what: str, next_step: str = "", *, code: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        words = " ".join(part for part in (self.what, self.next_step) if part)
        return f"{words} ({self.code})"
