"""Every refusal as one sentence on standard error and an exit code; never a traceback."""

from __future__ import annotations

import os
import tempfile
import traceback
from typing import Any

import click

from perdure.core.kernel.errors import PerdureError

READY, PROBLEM, QUESTIONS_LEFT, NOT_A_FORM = 0, 1, 10, 20


class CommandError(PerdureError):
    """The command cannot do what was asked with what it was given."""

    code = "cli.refused"


class PoliteGroup(click.Group):
    """A group of commands that says what went wrong in words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence and exit code."""
        try:
            return super().invoke(ctx)
        except PerdureError as refusal:
            click.echo(str(refusal), err=True)
            ctx.exit(exit_code(refusal))
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except KeyboardInterrupt:
            ctx.exit(130)
        except BrokenPipeError:
            os._exit(PROBLEM)  # whoever read our output has gone; nothing is left to say
        except Exception as problem:
            click.echo(_unexpected(problem), err=True)
            ctx.exit(PROBLEM)


def exit_code(refusal: PerdureError) -> int:
    """20 for a file that is not a form, or not a list, that we can read; 1 for everything else."""
    unreadable = refusal.code.startswith(("digitise.", "lists.")) and refusal.code != "lists.mapping"
    return NOT_A_FORM if unreadable else PROBLEM


def _unexpected(problem: Exception) -> str:
    """What we did not foresee: details go to a file for whoever mends it."""
    with tempfile.NamedTemporaryFile("w", prefix="perdure-", suffix=".log", delete=False) as file:
        traceback.print_exception(problem, file=file)
    return (
        "Something went wrong on our side, and the command stopped. "
        f"Tell us, with the file {file.name}, which holds the details. (cli.unexpected)"
    )
