"""Register: what was changed, whether it is still running, and whether it will last.

Owns the words case (of change), list, import, link, follow-up, check, forecast, barrier and
commitment. The memory of all other parts: they tell it what happened, it asks them nothing.
"""

from perdure.parts.register.following import remind
from perdure.parts.register.happenings import Happening, happened
from perdure.parts.register.importing_directly import (
    import_file,
    known_mapping,
    suggest_mapping,
    undo_now,
    write_rejects,
)
from perdure.parts.register.importing_queries import ImportState
from perdure.parts.register.listed import passed_later, still_listed
from perdure.parts.register.search import find, index_cases
from perdure.parts.register.search_index import index_again
from perdure.parts.register.submissions import Submission, submit
from perdure.parts.register.values_find import CaseFilters, CaseRow, Facet, FacetValue, Found
from perdure.parts.register.values_listed import Listed, PassedLater, StillListed
from perdure.parts.register.visiting import Tour, turn_visits
from perdure.parts.register.visiting import tour as visit

__all__ = [
    "CaseFilters",
    "CaseRow",
    "Facet",
    "FacetValue",
    "Found",
    "Happening",
    "ImportState",
    "Listed",
    "PassedLater",
    "StillListed",
    "Submission",
    "Tour",
    "find",
    "happened",
    "import_file",
    "index_again",
    "index_cases",
    "known_mapping",
    "passed_later",
    "remind",
    "still_listed",
    "submit",
    "suggest_mapping",
    "turn_visits",
    "undo_now",
    "visit",
    "write_rejects",
]
