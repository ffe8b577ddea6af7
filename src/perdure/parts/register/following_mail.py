"""Writing to owners: a job that can be stopped and begun again, and writes to nobody twice for one reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from perdure.foundation.jobs import api as jobs
from perdure.foundation.messages import api as messages
from perdure.parts.register.following import WRITE, to_remind, token_of
from perdure.parts.register.models_following import Ask, Round

ANSWERS = ("running", "changed", "ended", "normal")


@jobs.handles(WRITE)
def write_to_owners(work: jobs.Work, *, round: int) -> None:
    """The first message to those who have none, then the reminders that are due."""
    made = Round.objects.filter(pk=round).first()
    now = timezone.now()
    if made is None or now.date() > made.closes_on:
        return
    new = list(made.asks.filter(sent_at=None, undelivered="").values_list("pk", flat=True))
    due = list(to_remind(made, now).values_list("pk", flat=True))
    total, failed = len(new) + len(due), ""
    for number, pk in enumerate([*new, *due], start=1):
        ask = Ask.objects.select_related("case", "round").get(pk=pk)
        try:
            messages.send(ask.email, *message_to(ask, reminder=pk not in new))
        except messages.NotDelivered as problem:
            if problem.permanent:
                Ask.objects.filter(pk=pk).update(undelivered=problem.what[:300])
            else:
                failed = problem.what  # tried again when the round is written to next
        else:
            _mark(ask, at=timezone.now())
        work.report(_("%(n)s of %(all)s") % {"n": number, "all": total}, done=number, total=total)
    if failed:
        work.report(failed)
        raise messages.NotDelivered(failed, permanent=False)


def _mark(ask: Ask, *, at: datetime) -> None:
    Ask.objects.filter(pk=ask.pk).update(**{"reminded_at" if ask.sent_at else "sent_at": at})


def message_to(ask: Ask, *, reminder: bool) -> tuple[str, str]:
    """Subject and text to the owner of a case, with one link for each answer, in the owner's language."""
    with override(ask.language or settings.LANGUAGE_CODE):
        base = f"{ask.round.address}/register/answers/{token_of(ask.round_id, ask.case_id)}/"
        links = {
            "running": _("Yes, it is running as described"),
            "changed": _("Yes, but it has changed"),
            "ended": _("No, it has ended"),
            "normal": _("It became part of normal work"),
        }
        told = "\n\n".join(f"{links[one]}:\n{base}?says={one}" for one in ANSWERS)
        day = date_format(ask.round.closes_on, "DATE_FORMAT")
        again = _("We wrote to you before and have no answer yet.") + "\n\n" if reminder else ""
        subject = _("Is it still running? %(title)s") % {"title": ask.case.title[:120]}
        text = again + _(
            "In our register of changes you are named as the owner of:\n\n"
            "  %(title)s\n\n"
            "Is it still running? One click is enough. You can add a word on the page that opens.\n\n"
            "%(links)s\n\n"
            "We ask until %(day)s. If you do not answer, the register says that and nothing else.\n\n"
            "%(organisation)s"
        ) % {"title": ask.case.title, "links": told, "day": day, "organisation": settings.ORGANISATION}
        return subject, text
