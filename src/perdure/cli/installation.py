"""Commands for the operator: people, the record, settings, Django's own management."""

from __future__ import annotations

from pathlib import Path

import click

from perdure.cli.refusals import PROBLEM, CommandError
from perdure.cli.running import DATA

ROLES = ("owner", "caseworker", "viewer", "keeper")
ADDRESS = click.option(
    "--address", default="http://127.0.0.1:8000", show_default=True, help="Address of the site, for the link."
)


@click.group()
def people() -> None:
    """Who works here and how they sign in."""


@people.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
@click.option("--service", default="", help="Only at this service; at every service when not given.")
@click.option("--name", default="", help="Their name as colleagues read it.")
@click.option(
    "--clearance", default="", help="Highest handling label they may see; the usual one when not given."
)
@DATA
def add(  # noqa: PLR0917
    email: str, role: str, service: str, name: str, clearance: str, data: Path | None
) -> None:
    """Add a person, or give a role to one who is there."""
    _enter(data)
    from perdure.foundation.accounts import api as accounts

    accounts.add_person(email, name=name, clearance=clearance, by="system:operator")
    accounts.give_role(email, role, service=service, by="system:operator")
    click.echo(f"{email} is {role} of {service or 'every service'}.")


@people.command("link")
@click.argument("email")
@click.option(
    "--minutes", type=click.IntRange(1, 10080), default=60, show_default=True, help="How long it works."
)
@ADDRESS
@DATA
def link(email: str, minutes: int, address: str, data: Path | None) -> None:
    """Print a link that signs a person in once, without password or second factor."""
    _enter(data)
    from perdure.foundation.accounts import api as accounts

    token = accounts.make_sign_in_link(email, valid_minutes=minutes)
    click.echo(f"{address.rstrip('/')}/sign-in/{token}/")


@people.command("list")
@DATA
def list_people(data: Path | None) -> None:
    """List the people, with their roles."""
    _enter(data)
    from perdure.foundation.accounts import api as accounts

    for one in accounts.colleagues(most=100_000):
        roles = ", ".join(f"{role} of {service or 'every service'}" for role, service in one.roles)
        click.echo(f"{one.email}\t{roles or 'no role'}\t{'' if one.active else 'kept out'}".rstrip())


@click.group()
def record() -> None:
    """The append-only record of every change and every look at a case."""


@record.command("check")
@DATA
def check_record(data: Path | None) -> None:
    """Check that nothing on the record was changed, removed or put in.

    \b
    Exit codes: 0 the record is whole, 1 it is not.
    """
    _enter(data)
    from perdure.foundation.audit import api as audit

    found = audit.check_chain()
    if found.broken is None:
        click.echo(f"The record is whole: {found.records} acts.")
        return
    click.echo(f"{found.says} The {found.records} acts before it are as they were written.")
    raise click.exceptions.Exit(PROBLEM)


SECRETS = {"PERDURE_SECRET_KEY", "PERDURE_DATABASE_URL", "PERDURE_EMAIL_URL", "PERDURE_MODEL_KEY"}
"""Settings whose value is not shown."""


@click.command()
def settings() -> None:
    """List every setting of an installation, with its meaning and its value now."""
    from importlib import import_module

    config = import_module("perdure.site.config")
    for one in config.SETTINGS:
        secret = one.name in SECRETS
        value = config.setting(one.name)
        click.echo(f"{one.name}={'(set)' if secret and value else value}\n    {one.meaning}")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Pass a command on to Django's management, such as `perdure manage dbshell`."""
    from perdure.cli import house

    house.enter()
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError as DjangosError

    try:
        ManagementUtility(["perdure manage", *words]).execute()
    except DjangosError as problem:
        raise CommandError(str(problem), code="cli.manage") from problem


def _enter(data: Path | None) -> None:
    from perdure.cli import house

    house.bring_up_to_date(house.enter(data))
