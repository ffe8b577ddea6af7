"""The command `perdure`: what each subcommand is called, and nothing heavy."""

from __future__ import annotations

import click

from perdure import __version__
from perdure.cli.digitising import check, digitise
from perdure.cli.installation import manage, people, record, settings
from perdure.cli.refusals import PoliteGroup
from perdure.cli.register import register
from perdure.cli.running import demo, open_form, serve, work


@click.group(cls=PoliteGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="perdure")
def cli() -> None:
    """Turn a paper form into a public service that lasts.

    Begin with  perdure open FORM.pdf
    """


for command in (open_form, demo, digitise, check, serve, work, people, record, register, settings, manage):
    cli.add_command(command)
