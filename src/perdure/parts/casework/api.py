"""Casework: working an application until somebody decides it.

Owns the words case, holder, decision, reason and letter. Does not know how a form was
digitised, and never writes to another part's tables. An application becomes a case inside
the transaction that sends it: casework adds itself to intake's receivers when the site starts.
"""

from perdure.parts.casework.actions import (
    add_note,
    ask_for_more,
    decide,
    hand_over,
    look,
    reply,
    take,
    take_next,
)
from perdure.parts.casework.drafts import preview_letter
from perdure.parts.casework.errors import (
    CaseChanged,
    CaseDecided,
    CaseNotFound,
    CaseworkError,
    NoCaseWaits,
    NothingAsked,
    NotOnTheTeam,
    NotYourCase,
    OutcomeUnknown,
    PaperNotMade,
    ReasonNeeded,
)
from perdure.parts.casework.papers import filled_paper
from perdure.parts.casework.queries import case_list, case_record, figures, open_count, status_of
from perdure.parts.casework.values import CaseFilters, CaseList, CaseRecord, CaseRow, Figures, StatusShown

__all__ = [
    "CaseChanged",
    "CaseDecided",
    "CaseFilters",
    "CaseList",
    "CaseNotFound",
    "CaseRecord",
    "CaseRow",
    "CaseworkError",
    "Figures",
    "NoCaseWaits",
    "NotOnTheTeam",
    "NotYourCase",
    "NothingAsked",
    "OutcomeUnknown",
    "PaperNotMade",
    "ReasonNeeded",
    "StatusShown",
    "add_note",
    "ask_for_more",
    "case_list",
    "case_record",
    "decide",
    "figures",
    "filled_paper",
    "hand_over",
    "look",
    "open_count",
    "preview_letter",
    "reply",
    "status_of",
    "take",
    "take_next",
]
