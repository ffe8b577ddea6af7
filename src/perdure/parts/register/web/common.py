"""What every page of the register needs: calm refusals, who keeps it, and the frame around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from perdure.foundation.access import api as access
from perdure.foundation.access.api import Act, require
from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.api import staff_required
from perdure.foundation.problems.api import View, keeps_calm
from perdure.parts.register.errors import NotThere

calm = keeps_calm(NotThere, _("Not in the register"))


def keepers_only(view: View) -> View:
    """Decorator: a page for those who keep the register; others are told so in a sentence."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(accounts.person(request), Act.KEEP_REGISTER)
        return view(request, *args, **kwargs)

    return staff_required(calm(checked))


def keeps(request: HttpRequest) -> bool:
    """Does whoever looks keep the register? No query for people without a session."""
    return access.may(accounts.person(request), Act.KEEP_REGISTER)


def page(
    request: HttpRequest, template: str, values: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """A page of the register. here: which of its places is marked in the bar."""
    whole = {"part": "register", "here": here, "keeps": keeps(request), **values}
    return render(request, template, whole, status=status)


def page_number(given: str) -> int:
    """The page asked for, from 1."""
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1


def count(n: int) -> str:
    """A number with its thousands set apart, in the reader's language."""
    return str(number_format(n, force_grouping=True, use_l10n=True))


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A small table as a CSV file that no spreadsheet takes for formulas."""
    from io import BytesIO

    from perdure.core.lists.api import write_csv

    spool = BytesIO()
    write_csv(spool, columns, [[str(cell) for cell in row] for row in rows])
    response = HttpResponse(spool.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
