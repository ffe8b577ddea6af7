"""Every setting of an installation, read from the environment; docs/reference/settings.md lists them all.

A setting is declared once here, with its meaning; a test fails when one is missing from the manual.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable. default: what holds when it is not set, in words a person can type."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("PERDURE_DATA", "data", "Folder for the database file, the secret key and working files."),
    Setting(
        "PERDURE_DATABASE_URL",
        "",
        "postgresql://user:password@host:port/name; empty for SQLite in the data folder.",
    ),
    Setting(
        "PERDURE_SECRET_KEY",
        "",
        "Key that signs sessions; empty for one made at first start and kept in the data folder.",
    ),
    Setting(
        "PERDURE_HOSTS", "localhost,127.0.0.1,[::1]", "Host names the site answers to, with commas between."
    ),
    Setting(
        "PERDURE_HTTPS", "no", "yes when visitors reach the site by https: secure cookies, HSTS, redirect."
    ),
    Setting("PERDURE_ORGANISATION", "Northfield Council", "Name shown at the top of every page."),
    Setting(
        "PERDURE_LANGUAGE",
        "en",
        "Language of the product's own pages when the browser does not say: en or de.",
    ),
    Setting("PERDURE_TIME_ZONE", "UTC", "Time zone for the dates that people read."),
    Setting(
        "PERDURE_EMAIL_URL",
        "",
        "smtp://user:password@host:port, or smtps:// for TLS from the first byte; STARTTLS is used where the "
        "server offers it with a password. Empty writes messages to the log instead.",
    ),
    Setting("PERDURE_EMAIL_FROM", "perdure@localhost", "Sender of the messages that this site writes."),
    Setting(
        "PERDURE_ADDRESS",
        "",
        "Where people reach the site, such as https://apply.north.example, for links in messages; "
        "empty for the address at which whoever had them written was working.",
    ),
    Setting(
        "PERDURE_PROXY",
        "",
        "Network address of the web server in front, whose X-Forwarded headers are believed; empty for none.",
    ),
    Setting("PERDURE_LABELS", "uk", "Scheme of handling labels: plain, uk, us-cui or eu."),
    Setting(
        "PERDURE_CEILING",
        "",
        "Highest handling label this installation may hold; empty takes the scheme's own ceiling.",
    ),
    Setting(
        "PERDURE_MODEL_URL",
        "",
        "Address of a language model that proposes plainer words for questions, such as "
        "http://localhost:8080/v1 (any that speaks OpenAI's chat completions); empty for none.",
    ),
    Setting("PERDURE_MODEL_NAME", "", "Name of the model, where the address serves several."),
    Setting("PERDURE_MODEL_KEY", "", "Key for that address, where it wants one; never shown or logged."),
    Setting(
        "PERDURE_VISIT_LOOPBACK",
        "no",
        "yes lets the look at addresses of cases reach this machine itself, at any port: for trials only.",
    ),
    Setting(
        "PERDURE_DEBUG", "no", "yes shows error pages with internals; never where the public can reach it."
    ),
)


def setting(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a declared setting, stripped; its default where the variable is not set."""
    declared = {one.name: one for one in SETTINGS}[name]
    return (os.environ if environ is None else environ).get(name, declared.default).strip()


def yes(name: str) -> bool:
    """Is a yes/no setting on? yes, true, on and 1 count as yes."""
    return setting(name).lower() in {"yes", "true", "on", "1"}


def data_folder() -> Path:
    """The installation's own folder, made when it is not there."""
    folder = Path(setting("PERDURE_DATA")).expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
