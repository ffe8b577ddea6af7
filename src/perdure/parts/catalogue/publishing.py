"""What somebody must know before they publish."""

from __future__ import annotations

from dataclasses import dataclass

from perdure.core.definition.api import lint
from perdure.foundation.access.api import Act, Person
from perdure.parts.catalogue import rules
from perdure.parts.catalogue.actions import usable
from perdure.parts.catalogue.actors import permit
from perdure.parts.catalogue.compare import Changes, changes_between
from perdure.parts.catalogue.errors import CannotPublish
from perdure.parts.catalogue.listing import OpenDraft, open_draft
from perdure.parts.catalogue.queries import definition_at


@dataclass(frozen=True)
class Proposal:
    """A draft about to go live.

    changes   against the version that runs, or ran last; None when there is none
    problems  sentences that keep it from going live
    warnings  sentences that do not
    unsure    questions that still wait for a person
    """

    draft: OpenDraft
    changes: Changes | None
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    unsure: int


def proposal(slug: str, *, by: Person) -> Proposal:
    """Look at a draft before publishing. Raises NotAllowed or ServiceNotFound."""
    permit(by, Act.PUBLISH, slug)
    draft = open_draft(slug, by=by)
    try:
        definition = rules.as_published(usable(draft.text))
    except CannotPublish as refusal:
        return Proposal(draft, None, refusal.problems, (), 0)
    found = lint(definition)
    return Proposal(
        draft=draft,
        changes=changes_between(definition_at(draft.last), definition) if draft.last else None,
        problems=tuple(str(one) for one in found if one.severity == "error"),
        warnings=tuple(str(one) for one in found if one.severity == "warning"),
        unsure=rules.unsure(draft.definition, draft.accepted, rules.doubts_of(draft.notes)),
    )
