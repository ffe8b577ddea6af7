"""`perdure digitise --against OLD.yaml NEW.pdf`: a new edition of a form is taken up by its service."""

from __future__ import annotations

import io

import pikepdf
import pytest
from tests.cli.running import perdure

from perdure.core.definition import edits
from perdure.core.definition.api import dump_definition, load_definition
from perdure.examples import GRANT_PDF


def new_edition(path, *, without=()):
    """The example form without some of its pages."""
    with pikepdf.open(io.BytesIO(GRANT_PDF.read_bytes())) as pdf:
        for number in sorted(without, reverse=True):
            del pdf.pages[number - 1]
        pdf.docinfo["/Keywords"] = "second edition"
        pdf.save(path)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service drafted from the first edition, with a title of its owner's."""
    folder = tmp_path_factory.mktemp("grant")
    perdure("digitise", GRANT_PDF, "--out", folder)
    (path,) = folder.glob("*.yaml")
    drafted = load_definition(path.read_text())
    first = drafted.questions()[0].id
    path.write_text(dump_definition(edits.retitle(drafted, first, "In our own words?")))
    return path


def test_the_same_form_saved_again_needs_nobody(service, tmp_path):
    new_edition(tmp_path / "grant-2.pdf")
    ran = perdure("digitise", "--against", service, tmp_path / "grant-2.pdf", "--out", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("nothing changed: nothing needs you")
    before = load_definition(service.read_text())
    after = load_definition((tmp_path / "out" / service.name).read_text())
    assert after.pages == before.pages
    assert after.paper.file == "grant-2.pdf"
    assert after.paper.boxes == before.paper.boxes
    assert (tmp_path / "out" / "grant-2.pdf").read_bytes() == (tmp_path / "grant-2.pdf").read_bytes()
    assert (tmp_path / "out" / "pages" / "page-4.png").exists()


def test_a_page_that_is_gone_is_told_and_the_owners_words_stay(service, tmp_path):
    new_edition(tmp_path / "grant-2.pdf", without=[3])
    ran = perdure("digitise", "--against", service, tmp_path / "grant-2.pdf", "--out", tmp_path / "out")
    assert ran.returncode == 10, ran.stderr
    assert " gone" in ran.stdout
    changes = (tmp_path / "out" / "changes.md").read_text()
    assert "## Gone" in changes
    path = tmp_path / "out" / service.name
    assert load_definition(path.read_text()).questions()[0].title == "In our own words?"
    assert perdure("check", path).returncode == 0


def test_the_old_definition_is_never_written_over(service, tmp_path):
    before = service.read_bytes()
    new_edition(tmp_path / "grant-2.pdf")
    ran = perdure("digitise", "--against", service, tmp_path / "grant-2.pdf", "--out", service.parent)
    assert ran.returncode == 1
    assert "cli.would-overwrite" in ran.stderr
    assert service.read_bytes() == before


def test_a_folder_is_not_an_edition(service, tmp_path):
    ran = perdure("digitise", "--against", service, tmp_path)
    assert ran.returncode == 1
    assert "cli.not-one-form" in ran.stderr


def test_a_definition_that_is_not_there_is_refused_in_words(tmp_path):
    ran = perdure("digitise", "--against", tmp_path / "none.yaml", GRANT_PDF, "--out", tmp_path / "out")
    assert ran.returncode == 1
    assert "none.yaml cannot be read" in ran.stderr
