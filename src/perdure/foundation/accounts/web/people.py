"""The list of people: add a colleague, give and take roles, let in and keep out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from perdure.foundation.access.api import ALL, Act, NotAllowed, may, require, services_visible
from perdure.foundation.accounts import people as who
from perdure.foundation.accounts.errors import AccountsError
from perdure.foundation.accounts.links import make_sign_in_link
from perdure.foundation.accounts.proof import staff_required
from perdure.foundation.accounts.web.forms import ROLE_NAMES, AddPerson
from perdure.foundation.problems.api import problem_page

_ON_A_PAGE = 50
_LINK_MINUTES = 3 * 24 * 60


@staff_required
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here; an owner adds colleagues."""
    me = who.person(request)
    managed = services_visible(me, Act.MANAGE_PEOPLE)
    if not managed:
        return _refused(request)
    form = AddPerson(request.POST or None, only_at=None if managed is ALL else managed)
    link = ""
    if form.is_valid():
        told = form.cleaned_data
        link = _add(request, told)
        form = AddPerson(only_at=form.only_at)
    pages = Paginator(_Colleagues(), _ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {"page": page, "lines": [_line(one) for one in page.object_list], "form": form, "link": link},
    )


@staff_required
@never_cache
def one_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One colleague: take a role away, keep out, let in, make a sign-in link."""
    me = who.person(request)
    if not services_visible(me, Act.MANAGE_PEOPLE):
        return _refused(request)
    colleague = who.colleague(str(person_id))
    if colleague is None:
        raise Http404
    link = ""
    if request.method == "POST":
        try:
            link = _change(request, colleague)
        except (AccountsError, NotAllowed) as problem:
            return problem_page(request, problem, status=403)
        if not link:
            return redirect("one_person", person_id)
    words = {
        "colleague": colleague,
        "roles": [
            (role, ROLE_NAMES.get(role, role), service, may(me, Act.MANAGE_PEOPLE, service=service))
            for role, service in colleague.roles
        ],
        "everywhere": services_visible(me, Act.MANAGE_PEOPLE) is ALL,
        "link": link,
    }
    return render(request, "accounts/person.html", words)


def _line(colleague: who.Colleague) -> tuple[who.Colleague, str]:
    """A colleague and their roles in words."""
    roles = (
        f"{ROLE_NAMES.get(role, role)}: {service}" if service else f"{ROLE_NAMES.get(role, role)}"
        for role, service in colleague.roles
    )
    return colleague, ", ".join(roles)


def _add(request: HttpRequest, told: dict[str, str]) -> str:
    """Add and give the role; returns a sign-in link when the account is new."""
    me = who.person(request)
    require(me, Act.MANAGE_PEOPLE, service=told["service"])
    new = not who.is_known(told["email"])
    who.add_person(told["email"], name=told["name"], clearance=told["clearance"], by=me.id)
    who.give_role(told["email"], told["role"], service=told["service"], by=me.id)
    messages.success(request, _("%(email)s has the role now.") % {"email": told["email"]})
    return _link(request, told["email"]) if new else ""


def _change(request: HttpRequest, colleague: who.Colleague) -> str:
    """Do the one act that was asked for; returns a sign-in link when that was it."""
    me = who.person(request)
    act = request.POST.get("act", "")
    if act == "take":
        role, service = request.POST.get("role", ""), request.POST.get("service", "")
        require(me, Act.MANAGE_PEOPLE, service=service)
        who.take_role(colleague.id, role, service=service, by=me.id)
        return ""
    require(me, Act.MANAGE_PEOPLE)  # what follows reaches every service, so it takes an owner of all
    if act == "link":
        return _link(request, colleague.email)
    if act in {"let-in", "keep-out"}:
        who.set_active(colleague.id, act == "let-in", by=me.id)
    return ""


def _link(request: HttpRequest, email: str) -> str:
    token = make_sign_in_link(email, valid_minutes=_LINK_MINUTES, by=who.person(request).id)
    return request.build_absolute_uri(f"/sign-in/{token}/")


def _refused(request: HttpRequest) -> HttpResponse:
    problem = NotAllowed(
        _("You may not manage people."), _("Ask an owner to do it, or to give you the role.")
    )
    return problem_page(request, problem, status=403)


class _Colleagues:
    """What the paginator needs: a count and a slice, each asked of the database alone."""

    def count(self) -> int:
        return who.count_colleagues()

    def __len__(self) -> int:
        return who.count_colleagues()

    def __getitem__(self, part: slice) -> list[who.Colleague]:
        return who.colleagues(offset=part.start or 0, most=(part.stop or 0) - (part.start or 0))
