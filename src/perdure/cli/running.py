"""`perdure open`, `demo`, `serve` and `work`: commands that stay up until they are stopped."""

from __future__ import annotations

import signal
from pathlib import Path

import click
from click.core import ParameterSource

from perdure.cli.digitising import FORM, form_bytes, say

DATA = click.option("--data", type=click.Path(path_type=Path), help="Data folder of the installation.")
PORT = click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, help="Port; the next free one when 8000 is taken."
)
NO_BROWSER = click.option("--no-browser", is_flag=True, help="Do not open a browser.")


@click.command("open")
@click.argument("form", type=FORM)
@PORT
@DATA
@NO_BROWSER
@click.pass_context
def open_form(ctx: click.Context, form: Path, port: int, data: Path | None, no_browser: bool) -> None:
    """Turn a PDF form into a service that runs on this machine.

    Prints the addresses of the service and the desk, and a link that signs you in once.
    Stays up until it is stopped with Ctrl+C. The same form in the same data folder is
    the same service again. The data folder is perdure-data/<name of the form> when
    --data is not given.

    \b
    Exit codes: 20 not a form we can read, 1 anything else that stops it.
    """
    from perdure.cli import opening

    content = form_bytes(form)
    opening.open_form(form, content, data, _address(ctx, port), browser=not no_browser, say=say)


@click.command()
@PORT
@DATA
@NO_BROWSER
@click.pass_context
def demo(ctx: click.Context, port: int, data: Path | None, no_browser: bool) -> None:
    """Open Perdure with an example service and made-up applications on the desk.

    The data folder is perdure-data/demo when --data is not given.
    """
    from perdure.cli import opening

    opening.open_demo(data, _address(ctx, port), browser=not no_browser, say=say)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Network address to listen at.")
@PORT
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; more than one needs PostgreSQL to be of use.",
)
@click.option("--no-jobs", is_flag=True, help="Leave the jobs to `perdure work`.")
@DATA
def serve(host: str, port: int, workers: int, no_jobs: bool, data: Path | None) -> None:
    """Run an installation: the site and its jobs.

    Brings the database up to date first. Settings come from the environment; see
    `perdure settings`.
    """
    from perdure.cli import house, server

    folder = house.enter(data)
    listener = server.listening_socket(host, port, or_the_next_free=False)
    house.bring_up_to_date(folder)
    shown = f"http://{host}:{listener.getsockname()[1]}/"
    if workers > 1:
        click.echo(f"Site: {shown}", err=True)
        server.serve_in_many_processes(listener, workers, jobs=not no_jobs)
        return
    server.serve_in_one_process(
        listener, ready_at="/", when_ready=lambda: click.echo(f"Site: {shown}", err=True), jobs=not no_jobs
    )


@click.command()
@click.option("--once", is_flag=True, help="Do the jobs that wait, then end.")
@DATA
def work(once: bool, data: Path | None) -> None:
    """Do the jobs that wait: reading forms, writing letters. For running beside `perdure serve --no-jobs`.

    Ends with SIGINT or SIGTERM after the job at hand.
    """
    from perdure.cli import house

    folder = house.enter(data)
    house.bring_up_to_date(folder)
    from perdure.foundation.jobs import api as jobs

    if once:
        click.echo(f"{jobs.run_waiting()} jobs done")
        return
    worker = jobs.JobWorker()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: worker.stop())
    click.echo("Waiting for jobs.", err=True)
    worker.run()


def _address(ctx: click.Context, port: int) -> tuple[int, bool]:
    """The port, and whether the next free one will do: only when the person did not choose it."""
    return port, ctx.get_parameter_source("port") is not ParameterSource.COMMANDLINE
