"""The register's words for what its fields hold. Every title is said in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from perdure.parts.register import country_names
from perdure.parts.register.search_years import FIRST, LAST, RANGES, years_of

AREAS = {
    "01": gettext_noop("General public services"),
    "02": gettext_noop("Defence"),
    "03": gettext_noop("Public order and safety"),
    "04": gettext_noop("Economic affairs"),
    "05": gettext_noop("Environmental protection"),
    "06": gettext_noop("Housing and community amenities"),
    "07": gettext_noop("Health"),
    "08": gettext_noop("Recreation, culture and religion"),
    "09": gettext_noop("Education"),
    "10": gettext_noop("Social protection"),
}
"""The ten divisions of COFOG 1999, as the United Nations name them."""

LEVELS = {
    "international": gettext_noop("International"),
    "national": gettext_noop("National"),
    "regional": gettext_noop("Regional"),
    "local": gettext_noop("Local"),
}
STAGES = {
    "identifying_problems": gettext_noop("Identifying problems"),
    "generating_ideas": gettext_noop("Generating ideas"),
    "developing_proposals": gettext_noop("Developing proposals"),
    "implementing": gettext_noop("Implementing projects"),
    "evaluating": gettext_noop("Evaluating projects"),
    "diffusing": gettext_noop("Diffusing lessons"),
}
STATUSES = {
    "running": gettext_noop("Still running"),
    "planned": gettext_noop("Planned"),
    "ended": gettext_noop("Ended"),
    "unknown": gettext_noop("Not known"),
}
ENDINGS = {
    "ended_well": gettext_noop("Ended well"),
    "absorbed": gettext_noop("Became normal work"),
    "ended_badly": gettext_noop("Ended badly"),
}
GROUPS = {
    "status": gettext_noop("Still running?"),
    "country": gettext_noop("Country"),
    "area": gettext_noop("Policy area"),
    "level": gettext_noop("Level of government"),
    "organisation": gettext_noop("Organisation"),
    "kind": gettext_noop("Kind of change"),
    "technology": gettext_noop("Technology"),
    "stage": gettext_noop("Stage"),
    "ending": gettext_noop("How it ended"),
    "year": gettext_noop("Year it began"),
    "running": gettext_noop("Still running in"),
    "source": gettext_noop("List"),
    "evidence": gettext_noop("Evidence"),
}
"""What cases can be filtered by, in the order in which people ask."""

_TITLES = {"level": LEVELS, "stage": STAGES, "status": STATUSES, "ending": ENDINGS, "area": AREAS}
FIELDS = {
    "title": gettext_noop("Title"),
    "summary": gettext_noop("What changed"),
    "for_whom": gettext_noop("For whom"),
    "country": gettext_noop("Country"),
    "level": gettext_noop("Level of government"),
    "organisation": gettext_noop("Organisation"),
    "unit": gettext_noop("Team or office"),
    "area": gettext_noop("Policy area"),
    "kind": gettext_noop("Kind of change"),
    "technologies": gettext_noop("Technology"),
    "technology": gettext_noop("Technology"),
    "stage": gettext_noop("Stage"),
    "stage_raw": gettext_noop("Stage, in the words of the list"),
    "status": gettext_noop("Still running?"),
    "ending": gettext_noop("How it ended"),
    "started": gettext_noop("Began"),
    "review_due": gettext_noop("Review due"),
    "planned_end": gettext_noop("Planned end"),
    "ended": gettext_noop("Ended"),
    "cost": gettext_noop("Cost, whole life"),
    "currency": gettext_noop("Currency"),
    "rating": gettext_noop("Rating"),
    "outcome": gettext_noop("Result"),
    "outcome_later": gettext_noop("Result when looked at again"),
    "assessed_on": gettext_noop("Looked at on"),
    "url": gettext_noop("Address"),
    "owner_email": gettext_noop("E-mail of the owner"),
    "owner_language": gettext_noop("Language of the owner"),
}


def title_of(group: str, value: str) -> str:
    """What a value of a group is called, in the reader's language; the value itself when nothing is known."""
    if group == "country":
        return country_name(value)
    if group == "evidence":
        return _("With evidence")
    if group in RANGES:
        return _years_title(value)
    told = _TITLES.get(group, {}).get(value)
    return _(told) if told else value


def _years_title(value: str) -> str:
    years = years_of(value)
    if years is None or years.begin == years.end:
        return value
    if years.begin == FIRST:
        return _("until %(year)s") % {"year": years.end}
    if years.end == LAST:
        return _("from %(year)s") % {"year": years.begin}
    return _("%(first)s to %(last)s") % {"first": years.begin, "last": years.end}


def group_title(group: str) -> str:
    return _(GROUPS[group])


def field_title(field: str) -> str:
    """What a field of a case is called; the name of the column when it is one of the list's own."""
    told = FIELDS.get(field)
    return _(told) if told else field.replace("_", " ").capitalize()


def country_name(code: str) -> str:
    """What a country is called in the reader's language; its code when it has no name."""
    return country_names.country_name(code)
