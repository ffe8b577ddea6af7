"""Cases like mine: somebody describes their change, and sees what others did, each with the reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perdure.parts.register import labels, similar
from perdure.parts.register.models import Total
from perdure.parts.register.web.common import calm, page
from perdure.parts.register.web.find import line

MOST = 10
LONGEST = 2000


@require_safe
@calm
def like_mine(request: HttpRequest) -> HttpResponse:
    """The form and, once something is said, the likest cases."""
    mine = _mine(request)
    asked = mine != similar.Mine()
    found = similar.like_mine(mine, most=MOST) if asked else ()
    values = {
        "mine": mine,
        "asked": asked,
        "found": [(line(like.row), like.because) for like in found],
        "areas": [(code, labels.title_of("area", code)) for code in labels.AREAS],
        "sizes": [(str(n), says) for n, says in enumerate(_sizes())],
        "size": "" if mine.size is None else str(mine.size),
        "technologies": Total.objects.filter(group="technology", n__gt=0)
        .order_by("-n", "value")
        .values_list("value", flat=True)[:60],
    }
    return page(request, "register/like_mine.html", values, here="like-mine")


def _mine(request: HttpRequest) -> similar.Mine:
    size, area = request.GET.get("size", ""), request.GET.get("area", "")
    return similar.Mine(
        text=request.GET.get("text", "").replace("\0", "").strip()[:LONGEST],
        area=area if area in labels.AREAS else "",
        technology=request.GET.get("technology", "").replace("\0", "").strip()[:120],
        size=int(size) if size in {"0", "1", "2", "3", "4"} else None,
    )


def _sizes() -> list[str]:
    return [
        _("Less than 100,000"),
        _("100,000 to 1 million"),
        _("1 to 10 million"),
        _("10 to 100 million"),
        _("100 million or more"),
    ]
