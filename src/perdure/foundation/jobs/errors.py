"""JobStopped: somebody asked a job to stop, and it did."""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class JobStopped(PerdureError):
    """Raised inside a handler by work.report() when a person asked to stop; nobody needs to catch it."""

    code = "jobs.stopped"
