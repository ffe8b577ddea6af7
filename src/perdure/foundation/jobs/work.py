"""One job while it is being done: how far it is, and whether somebody asked to stop."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

from perdure.foundation.jobs.errors import JobStopped
from perdure.foundation.jobs.models import Progress

_EVERY = 0.3  # seconds between writes of progress


@dataclass
class Work:
    """What a handler is given. id is the job's id."""

    id: uuid.UUID
    _written: float = field(default=0.0, repr=False)

    def report(self, says: str = "", *, done: int = 0, total: int = 0) -> None:
        """Say how far the work is; cheap to call often. Raises JobStopped when a person asked to stop."""
        now = time.monotonic()
        if now - self._written < _EVERY and not (total and done >= total):
            return
        self._written = now
        if self.stop_asked():
            raise JobStopped("The work was stopped because somebody asked for it.")
        Progress.objects.filter(pk=self.id).update(says=says, done=done, total=total)

    def stop_asked(self) -> bool:
        """Did somebody ask to stop? One query."""
        return Progress.objects.filter(pk=self.id, stop_asked=True).exists()
