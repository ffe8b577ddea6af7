"""The manual names every command, setting, definition key and refusal that exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def _commands(group: click.Group, before: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        words = f"{before} {name}"
        found += _commands(command, words) if isinstance(command, click.Group) else [(words, command)]
    return found


def _all_commands() -> list[tuple[str, click.Command]]:
    from perdure.cli.main import cli

    return _commands(cli, "perdure")


@pytest.mark.parametrize(("words", "command"), _all_commands())
def test_every_command_has_help_and_a_heading_in_the_manual(words, command):
    manual = (REFERENCE / "commands.md").read_text()
    assert command.help, f"{words} has no help text"
    assert re.search(rf"^##+ `{re.escape(words)}", manual, re.M), f"docs/reference/commands.md lacks {words}"
    for parameter in command.params:
        for option in (name for name in parameter.opts if name.startswith("--")):
            assert option in manual, f"docs/reference/commands.md lacks {option} of {words}"


def test_every_setting_is_in_the_manual():
    from perdure.site.config import SETTINGS

    manual = (REFERENCE / "settings.md").read_text()
    missing = [one.name for one in SETTINGS if f"`{one.name}`" not in manual]
    assert not missing


def test_no_setting_is_in_the_manual_that_does_not_exist():
    from perdure.site.config import SETTINGS

    named = set(re.findall(r"`(PERDURE_[A-Z_]+)`", (REFERENCE / "settings.md").read_text()))
    assert named <= {one.name for one in SETTINGS}


def test_every_key_of_a_definition_is_in_the_manual():
    from perdure.core.definition import model

    manual = (REFERENCE / "definition.md").read_text()
    classes = [
        kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model._Part)
    ]
    missing = [
        f"{kind.__name__}.{key}" for kind in classes for key in kind.model_fields if f"`{key}`" not in manual
    ]
    assert not missing


def test_every_code_of_a_refusal_is_in_the_manual():
    manual = (REFERENCE / "errors.md").read_text()
    used = set()
    for file in (ROOT / "src").rglob("*.py"):
        used |= set(re.findall(r"code(?:: str)? ?= ?\"([a-z]+(?:\.[a-z-]+)+)\"", file.read_text()))
    missing = sorted(code for code in used if f"`{code}`" not in manual)
    assert not missing


def test_links_between_pages_of_the_manual_lead_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (page.parent / target).exists()
            ):
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert not broken


def test_the_generated_pages_of_the_manual_are_fresh():
    from scripts.write_reference import pages

    stale = [path.name for path, text in pages().items() if not path.exists() or path.read_text() != text]
    assert not stale, "run .venv/bin/python -m scripts.write_reference"
