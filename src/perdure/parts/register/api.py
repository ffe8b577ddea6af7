"""Register: what was changed, whether it is still running, and whether it will last.

Owns the words case (of change), list, import, link, follow-up, check, forecast, barrier and
commitment. The memory of all other parts: they tell it what happened, it asks them nothing.
"""

from perdure.parts.register.search import find, index_cases
from perdure.parts.register.values_find import CaseFilters, CaseRow, Facet, FacetValue, Found

__all__ = [
    "CaseFilters",
    "CaseRow",
    "Facet",
    "FacetValue",
    "Found",
    "find",
    "index_cases",
]
