"""Why a case left a list: weak labels, and what they are drawn from.

No list says why. What stands here reads the case's last entry: was its end date reached, what do its words
say, how was it rated. Where these say nothing, the reason is unknown and stays so. An owner's own answer
always goes before a label.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from perdure.core.foresee.features import colour
from perdure.core.foresee.values import EndReason, Snapshot

_SUBJECT = r"(?:programme|project|contract|scheme|service|pilot|system|procurement|it)"
_DONE_BADLY = r"(?:cancel\w*|terminat\w+|abandon\w*|discontinu\w*|halted|scrapped|stopped|withdrawn)"
_STOPPED = re.compile(
    rf"\b{_SUBJECT} (?:(?:has|had|have|was|is|were|been|be|being|will|now) ){{0,3}}{_DONE_BADLY}"
    rf"|decision (?:was |has been )?(?:taken |made )?(?:to|that)[\w ]{{0,30}}"
    r"(?:stop|cancel|terminate|abandon|close early)"
    r"|early closure|closed early|cease[ds]? (?:work|development|operation)",
    re.IGNORECASE,
)
_ABSORBED = re.compile(
    r"business[- ]as[- ]usual|\bbau\b|normal (?:work|business|operations)|transferred to|live service"
    r"|hand(?:ed)?[- ]?over to|subsumed|absorbed|mainstream\w*",
    re.IGNORECASE,
)
_COMPLETED = re.compile(
    rf"\b(?:{_SUBJECT}|has|have|was|is|now|been) (?:now |formally |fully |successfully )?"
    r"(?:closed|completed?|concluded|finished|delivered)\b"
    r"|(?:project|programme|formal) (?:closure|completion)"
    r"|full(?:y)? operating capability|fully operational|close[- ]?down",
    re.IGNORECASE,
)
_NEARLY = timedelta(days=90)
_FAR = timedelta(days=365)


def why_it_left(last: Snapshot, next_list: date) -> EndReason:
    """The reason that a case's last entry points to, when it is not in the list of `next_list` any more.

    stopped    its words say that it was cancelled or terminated; or it was rated plain red and had
               more than a year to go
    absorbed   its words speak of normal work, a live service, a hand-over
    completed  its end date was reached, or nearly; or its words say that it closed or was delivered
    """
    red = colour(last.rating)
    if _STOPPED.search(last.text):
        return EndReason.STOPPED
    if _ABSORBED.search(last.text):
        return EndReason.ABSORBED
    if (last.end and last.end <= next_list + _NEARLY) or _COMPLETED.search(last.text):
        return EndReason.COMPLETED
    if red is not None and red >= 2 and last.end and last.end > next_list + _FAR:
        return EndReason.STOPPED
    return EndReason.UNKNOWN
