"""Write the generated pages of docs/reference from the code: settings, errors, the definition.

    .venv/bin/python -m scripts.write_reference          write them
    .venv/bin/python -m scripts.write_reference --check  exit 1 when one is stale

A refusal's row comes from the code itself: the class or call that carries the code, and its first sentence.
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def settings_page() -> str:
    """A table of every setting."""
    from perdure.site.config import SETTINGS

    defaults = [f"`{one.default}`" if one.default else "" for one in SETTINGS]
    rows = [
        f"| `{one.name}` | {default} | {one.meaning} |"
        for one, default in zip(SETTINGS, defaults, strict=True)
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "An installation is set up by environment variables; `perdure settings` shows the ones in force.",
            "",
            "| variable | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _text(node: ast.expr | None) -> str:
    """The words of a string expression, with … where a value is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right) if isinstance(node.op, ast.Add) else _text(node.left)
    if isinstance(node, ast.Call) and node.args:
        return _text(node.args[0]) or _text(getattr(node.func, "value", None))
    return ""


def _meaning(node: ast.ClassDef) -> str:
    """What a refusal's class says: its first long sentence, else its docstring."""
    texts = (_text(part) for part in ast.walk(node) if isinstance(part, ast.Constant | ast.JoinedStr))
    docstring = (ast.get_docstring(node) or "").split("\n")[0]
    return next(
        (text for text in texts if len(text) > 25 and not text.startswith(docstring or " ")), docstring
    )


def _codes_of(tree: ast.AST) -> dict[str, str]:
    """code -> what it says, from class attributes and from calls with code=..."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
                if isinstance(target, ast.Name) and target.id == "code" and _text(line.value):  # type: ignore[attr-defined]
                    found.setdefault(_text(line.value), _meaning(node))  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            code = next((_text(word.value) for word in node.keywords if word.arg == "code"), "")
            if "." in code:
                words = next((text for argument in node.args if len(text := _text(argument)) > 15), "")
                found[code] = words or found.get(code, "")
    return found


def errors_page() -> str:
    """A table of every code that a refusal can carry."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        for code, words in _codes_of(ast.parse(file.read_text())).items():
            found[code] = found.get(code) or words
    plain = {code: " ".join(words.split()).replace("|", "/") for code, words in found.items()}
    rows = [f"| `{code}` | {words} |" for code, words in sorted(plain.items())]
    head = ["# Errors", "", "Every refusal says what happened, what to do next, and one of these codes.", ""]
    return "\n".join([*head, "| code | what happened |", "|---|---|", *rows, ""])


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    from perdure.core.definition.api import json_schema, reference_markdown

    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return {
        REFERENCE / "settings.md": settings_page(),
        REFERENCE / "errors.md": errors_page(),
        REFERENCE / "definition.md": reference_markdown(),
        REFERENCE / "schema" / "definition.schema.json": schema,
    }


def main() -> int:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run .venv/bin/python -m scripts.write_reference")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
