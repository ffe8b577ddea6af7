"""Who wants to know that an application was sent.

Intake stands below the parts that work on applications. It states the question here,
and they add themselves when the site starts (in AppConfig.ready).
"""

from __future__ import annotations

from typing import Protocol

from perdure.parts.intake.values import SentApplication


class Receiver(Protocol):
    """Takes over an application that was sent."""

    def receive(self, application: SentApplication) -> None:
        """Called once for each application, inside the transaction that sends it.

        An error here undoes the sending, so nothing is ever sent that nobody received.
        """


receivers: list[Receiver] = []
"""In the order in which they are called."""
