"""Collect the words that the product says, and compile their translations.

    .venv/bin/python -m scripts.translate          bring every .po up to date, compile every .mo
    .venv/bin/python -m scripts.translate --check  exit 1 and say what is stale or not yet translated

Works without GNU gettext: Babel reads the Python files and what Django makes of its templates. Words
that are no longer said leave the .po; new ones come in empty, for a person to translate.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parents[1] / "src" / "perdure"
LOCALE = SOURCES / "site" / "locale"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    """The .po of every language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def said() -> Catalog:
    """Every word that the product says, with the files that say it; nothing is translated."""
    found = Catalog(project="Perdure", charset="utf-8", fuzzy=False)
    for file in _files():
        where = [(str(file.relative_to(SOURCES)), 1)]
        for words, context in _marked(file):
            found.add(words, locations=where, context=context)
    for template in _refusals_of_input():
        found.add(template, locations=[("core/definition/answers/messages.py", 1)])
    return found


def brought_up_to_date(file: Path) -> str:
    """The text that a .po should have: what is said now, with the translations it already has."""
    with file.open("rb") as stream:
        have = read_po(stream, locale=file.parents[1].name, ignore_obsolete=True)
    have.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    have.header_comment = f"# Perdure in the language {file.parents[1].name}. See docs/how-to/translate.md."
    have.fuzzy = False
    text = BytesIO()
    write_po(text, have, width=0, ignore_obsolete=True, include_lineno=False, sort_output=True)
    return text.getvalue().decode()


def compiled(file: Path) -> bytes:
    """The .mo of a .po."""
    with file.open("rb") as stream:
        have = read_po(stream, locale=file.parents[1].name)
    binary = BytesIO()
    write_mo(binary, have)
    return binary.getvalue()


def untranslated(file: Path) -> list[Message]:
    """The entries of a .po without a translation, or with one that nobody has looked at."""
    with file.open("rb") as stream:
        have = read_po(stream, locale=file.parents[1].name)
    return [one for one in have if one.id and (one.fuzzy or not all(_texts(one.string)))]


def main() -> int:
    """Write, or with --check only compare. Exit code 1: stale, or something is left to translate."""
    check, wrong = "--check" in sys.argv[1:], []
    for po in catalogues():
        text, mo = brought_up_to_date(po), po.with_suffix(".mo")
        if check and text != po.read_text():
            wrong.append(f"{po.relative_to(SOURCES)} is stale: run .venv/bin/python -m scripts.translate")
        elif not check:
            po.write_text(text)
            mo.write_bytes(compiled(po))
        if check and (not mo.exists() or mo.read_bytes() != compiled(po)):
            wrong.append(f"{mo.relative_to(SOURCES)} is stale: run .venv/bin/python -m scripts.translate")
        left = untranslated(po)
        wrong += [f"{po.parents[1].name}: not translated: {_texts(one.id)[0]}" for one in left]
    print("\n".join(wrong) or "Every word is translated.")
    return 1 if wrong else 0


def _files() -> Iterator[Path]:
    for file in sorted(SOURCES.rglob("*")):
        if file.suffix in {".py", ".html", ".txt"} and "core" not in file.relative_to(SOURCES).parts:
            yield file


def _marked(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The words marked for translation in one file: a text or (singular, plural), and its context."""
    from django.utils.translation.template import templatize

    text = file.read_text()
    if file.suffix != ".py":
        # What is not marked is blanked out by Django; its indentation would upset the Python tokeniser.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(file)).split("\n"))
    source = BytesIO(text.encode())
    for _line, function, words, _comments in extract_python(source, KEYWORDS, (), {"encoding": "utf-8"}):
        yield from _entry(function, words)


def _entry(function: str, words: object) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """One call of a translating function; calls with a variable in place of the words give nothing."""
    given = [words] if isinstance(words, str) else list(words) if isinstance(words, tuple | list) else []
    context = given.pop(0) if "pgettext" in function else None
    wanted = 2 if function.removesuffix("_lazy").startswith(("ngettext", "npgettext")) else 1
    texts = given[:wanted]
    if len(texts) == wanted and all(isinstance(text, str) and text for text in texts):
        yield (texts[0] if wanted == 1 else tuple(texts)), context


def _refusals_of_input() -> list[str]:
    """The core knows no gettext; its refusals of an input are translated by whoever shows them."""
    from perdure.core.definition.api import MESSAGES

    return sorted(set(MESSAGES.values()))


def _texts(words: object) -> list[str]:
    return [words] if isinstance(words, str) else list(words)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
