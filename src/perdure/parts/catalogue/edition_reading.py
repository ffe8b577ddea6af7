"""Reading the PDF of a new edition, in the background, as far as nobody has to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from perdure.core.definition.api import dump_definition
from perdure.core.digitise.edition import take_up
from perdure.foundation.files import api as files
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.models import Draft, Upload


def read_edition(
    row: Upload, *, progress: Callable[[str], None], drafting: str, cancelled: Callable[[], bool]
) -> None:
    """Read and draft a new edition, and note on the row what was read; saving it is the caller's.

    progress  called with lines such as "page 3 of 12", and `drafting` once all are read
    Raises FormRefused, or EditionRefused when it is another form.
    """
    from perdure.core.digitise.api import read_form
    from perdure.core.digitise.burden import burden_of_paper
    from perdure.core.digitise.draft import draft_service

    before = definition_of(Draft.objects.get(service=row.edition_of).definition)
    form = read_form(files.fetch(row.sha256), progress=progress, cancelled=cancelled)
    progress(drafting)
    drafted = draft_service(form, owner=before.owner, review_by=before.review_by, file=row.name)
    take_up(before, drafted.definition)
    row.drafted = dump_definition(drafted.definition)
    row.notes = [asdict(note) for note in drafted.to_review]
    row.burden = asdict(burden_of_paper(form))
