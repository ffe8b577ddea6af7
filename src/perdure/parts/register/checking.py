"""Staying power as the people of a change see it: filled checks, their profiles, advice on the weakest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from perdure.core.foresee.api import (
    ForeseeError,
    Instrument,
    Profile,
    all_instruments,
    read_instrument,
    score,
)
from perdure.foundation.audit import api as audit
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import CaseNotFound, CheckRefused
from perdure.parts.register.families import family
from perdure.parts.register.models import Case, Check

MOST = 20


@dataclass(frozen=True)
class CheckShown:
    """One filled check with its profile, scored anew by the instrument as it is today."""

    instrument: Instrument
    profile: Profile
    note: str
    by: str
    at: datetime


def instruments() -> dict[str, Instrument]:
    """The checks of this site by key, in the reader's language.

    Ours, and before them files in the data folder's `instruments`: a site puts wording there that it has a
    licence for. A file that cannot be used is left out.
    """
    found = {one.key: one for one in all_instruments()}
    for path in sorted((Path(settings.DATA) / "instruments").glob("*.yaml")):
        try:
            own = read_instrument(path.read_text(encoding="utf-8", errors="replace"))
        except ForeseeError:
            continue
        found[own.key] = own
    language = get_language() or "en"
    return {key: one.said_in(language) for key, one in found.items()}


@transaction.atomic
def keep_check(
    *, reference: str, instrument: str, answers: Mapping[str, float], note: str, by: Actor, at: datetime
) -> int:
    """Keep a filled check; items without an answer are simply not in `answers`. Returns its id.

    Raises NotAllowed, CaseNotFound, CheckRefused when nothing was answered, ForeseeError for a wrong answer.
    """
    permit(by)
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Search the register for its title instead.")
        )
    if not answers:
        raise CheckRefused(
            _("Nothing was answered, so there is nothing to keep."), _("Answer what you know.")
        )
    score(instruments()[instrument], answers)
    row = Check.objects.create(
        case=case, instrument=instrument, answers=dict(answers), note=note, by=named(by), at=at
    )
    about, detail = f"register-case:{reference}", {"instrument": instrument}
    audit.record("register-check-kept", about=about, by=recorded(by), detail=detail, at=at)
    return int(row.pk)


def checks_of(case: int) -> tuple[CheckShown, ...]:
    """The checks of a case and of those merged into it, newest first. One query.

    Those whose instrument has changed are left out.
    """
    known, shown = instruments(), []
    for row in Check.objects.filter(case__in=family(case)).order_by("-at", "-pk")[:MOST]:
        instrument = known.get(row.instrument)
        try:
            profile = score(instrument, row.answers) if instrument else None
        except ForeseeError:
            profile = None
        if instrument and profile:
            shown.append(CheckShown(instrument, profile, row.note, row.by, row.at))
    return tuple(shown)
