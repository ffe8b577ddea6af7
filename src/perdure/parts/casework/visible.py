"""Which cases a person may work, and who may work a case: the access policy as a filter."""

from __future__ import annotations

from django.db.models import QuerySet

from perdure.foundation.access import api as access
from perdure.foundation.access.api import ALL, Act, Person
from perdure.foundation.accounts import api as accounts
from perdure.parts.casework.models import Case


def cases_for(person: Person, act: Act) -> QuerySet[Case]:
    """Cases at the person's services for this act, with labels within their clearance."""
    cases = Case.objects.filter(label__in=access.labels_visible(person))
    services = access.services_visible(person, act)
    return cases if services is ALL else cases.filter(service__in=services)


def team_of(service: str, label: str) -> list[Person]:
    """The people who may work a case of this service with this label, by name. Two queries."""
    people = (
        Person(one.id, one.name or one.email, frozenset(one.roles), one.clearance)
        for one in accounts.colleagues(most=1_000)
        if one.active
    )
    return [one for one in people if access.may(one, Act.WORK_CASE, service=service, label=label)]
