"""`python -m perdure` is the command `perdure`."""

from perdure.cli.main import cli

cli(prog_name="perdure")
