"""Commands on files: digitise and check, their output, their exit codes, their speed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.cli.running import perdure

from perdure.examples import GRANT_DEFINITION, GRANT_PDF


@pytest.fixture(scope="module")
def digitised(tmp_path_factory):
    folder = tmp_path_factory.mktemp("digitised")
    return folder, perdure("digitise", GRANT_PDF, "--out", folder / "grant")


def test_digitise_writes_a_folder_that_a_person_can_go_on_with(digitised):
    folder, ran = digitised
    assert ran.returncode in {0, 10}
    names = {path.name for path in (folder / "grant").iterdir()}
    assert {"questions.md", GRANT_PDF.name, "pages"} < names
    assert (folder / "grant" / GRANT_PDF.name).read_bytes() == GRANT_PDF.read_bytes()
    pictures = sorted((folder / "grant" / "pages").iterdir())
    assert [path.name for path in pictures] == [f"page-{number}.png" for number in range(1, 5)]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    (definition,) = (folder / "grant").glob("*.yaml")
    assert perdure("check", definition).returncode == 0


def test_digitise_says_how_many_questions_need_a_person_and_exits_so(digitised):
    folder, ran = digitised
    notes = (folder / "grant" / "questions.md").read_text().count("- [ ] ")
    assert ran.stdout.count("\n") == 1
    assert (f" {notes} need" in ran.stdout) == (ran.returncode == 10) == (notes > 0)
    assert "page 4 of 4" in ran.stderr


def test_fields_alone_makes_no_draft(tmp_path):
    ran = perdure("digitise", GRANT_PDF, "--fields", "fields.json", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["fields.json"]
    fields = json.loads((tmp_path / "fields.json").read_text())["fields"]
    assert len(fields) > 50
    for field in fields:
        left, bottom, right, top = field["bbox"]
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842
        assert field["kind"] in {"text", "checkbox", "signature"}
        assert 0 <= field["page"] < 4


def test_without_out_the_folder_is_named_after_the_form(tmp_path):
    perdure("digitise", GRANT_PDF, cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [GRANT_PDF.stem]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("letter.pdf", b"Dear Sir", "not a PDF"),
        ("empty.pdf", b"", "not a PDF"),
        ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
    ],
)
@pytest.mark.parametrize("command", [("digitise",), ("open", "--no-browser", "--port", "0")])
def test_a_file_that_is_no_form_is_refused_in_a_sentence(tmp_path, name, content, says, command):
    (tmp_path / name).write_bytes(content)
    ran = perdure(*command, name, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (20, "")
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "digitise." in ran.stderr


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    for command in ("digitise", "open"):
        ran = perdure(command, "no-such.pdf", cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (20, "")
        assert (
            ran.stderr
            == "The file no-such.pdf cannot be opened. Check its name and place. (digitise.no-file)\n"
        )


def test_check_is_content_with_the_example():
    ran = perdure("check", GRANT_DEFINITION)
    assert ran.returncode == 0
    assert "in order" in ran.stderr or "look at this" in ran.stdout


def test_check_names_the_line_and_what_to_write_instead(tmp_path):
    text = GRANT_DEFINITION.read_text()
    wrong = text.replace("asked_when: visited = yes", "asked_when: visitd = yes", 1)
    line = next(n for n, words in enumerate(wrong.splitlines(), start=1) if "visitd" in words)
    (tmp_path / "grant.yaml").write_text(wrong)
    ran = perdure("check", "grant.yaml", cwd=tmp_path)
    assert ran.returncode == 1
    assert f"grant.yaml:{line}: " in ran.stdout
    assert "visited" in ran.stdout


def test_check_of_what_is_no_text_is_refused_in_a_sentence(tmp_path):
    ran = perdure("check", GRANT_PDF)
    assert ran.returncode == 1
    assert "cannot be read as text" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_help_and_digitise_never_load_django():
    script = (
        "import sys\n"
        "from perdure.cli.main import cli\n"
        "import perdure.cli.draft_folder\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "assert 'django' not in sys.modules, 'django was loaded'\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


def test_what_nobody_foresaw_is_told_without_a_traceback(monkeypatch, tmp_path):
    from click.testing import CliRunner

    from perdure.cli.main import cli
    from perdure.core.definition import api

    def broken(*words, **more):
        raise ZeroDivisionError

    monkeypatch.setattr(api, "lint_text", broken)
    ran = CliRunner().invoke(cli, ["check", str(GRANT_DEFINITION)])
    assert ran.exit_code == 1
    assert "Something went wrong on our side" in ran.stderr
    assert "ZeroDivisionError" not in ran.stderr
