"""Words of schemas and of paper forms that say the same thing, for `schema_recall.py`.

A pair belongs here when it is the same thing on any form: a schema says dayPhone, the paper
"daytime telephone number"; a schema says spouse, the paper "to whom married".
"""

from __future__ import annotations

import re

PHRASES = (
    (r"\bto whom (?:was |were )?(?:\w+ )?married\b", "spouse name"),
    (r"\bhow (?:the |this |your )?marriage (?:was )?(?:terminated|ended)\b", "reason marriage ended"),
    (r"\bdates?( and place)? of marriage\b|\bdate married\b", r"date\1 of marriage start"),
    (r"\bnot living (?:with|together)\b", "separation"),
    (r"\bincapable of self.?support\b", "not self sufficient"),
    (r"\bstopped attending\b|\bdiscontinued school\b", "left"),
    (r"\bschool attendance (?:was )?(?:terminated|ended)\b", "left school"),
    (r"\bfull.?time\b", "fulltime"),
    (r"\bclean.?up\b", "cleanup"),
    (r"\bstep.?(child|parent|son|daughter)", r"step\1"),
    (r"\bschool.?child\b", "school child"),
    (r"\bday ?time\b", "day"),
    (r"\bwould you like\b", "want"),
    (r"\b(?:another name|names? other than|other names?)\b", "previous name"),
    (r"\b(zip|postal|post) ?code(?![a-z])", "postcode"),
    (r"\be-?mail\b", "email"),
    (r"^\W*where\b", "place"),
    (r"\blast\b(?=\s+(?!name)\w)", "past"),
    (r"\b(?:from|to)\b(?!\W*$|\s*[.:;,()?]|\s+(?:to|date)\b)", " "),
)
"""Said in several words. The last: from and to are a date only where they stand alone, as over a column."""

SYNONYMS = {
    "ssn": "social security number",
    "dob": "date birth",
    "birthdate": "date birth",
    "zip": "postcode",
    "phone": "telephone",
    "cell": "mobile",
    "street": "line1",
    "line": "line1",
    "first": "given",
    "last": "family",
    "surname": "family",
    "city": "town",
    "state": "region",
    "province": "region",
    "apartment": "unit",
    "apt": "unit",
    "kids": "child",
    "children": "child",
    "dependents": "dependent",
    "deceased": "veteran",
    "spouses": "spouse",
    "marriages": "marriage",
    "married": "marriage",
    "vet": "veteran",
    "employer": "employment",
    "employed": "employment",
    "began": "start",
    "begin": "start",
    "beginning": "start",
    "started": "start",
    "entered": "start",
    "entry": "start",
    "from": "start",
    "ended": "end",
    "ending": "end",
    "to": "end",
    "through": "end",
    "terminated": "end",
    "separation": "end",
    "release": "end",
    "location": "place",
    "earnings": "income",
    "salary": "income",
    "wages": "income",
    "gender": "sex",
    "relation": "relationship",
    "claimants": "claimant",
    "applicant": "claimant",
    "applicants": "claimant",
    "died": "death",
    "owed": "amount",
    "explain": "explanation",
    "describe": "explanation",
    "description": "explanation",
    "remarks": "explanation",
    "why": "reason",
    "doctor": "physician",
    "provider": "physician",
    "military": "service",
    "former": "previous",
    "prior": "previous",
    "pow": "prisoner",
    "institution": "school",
    "owned": "own",
    "owner": "own",
    "paid": "payment",
    "pay": "payment",
    "trained": "training",
    "occupation": "work",
    "job": "work",
    "jobs": "work",
    "employ": "employment",
    "signed": "signature",
    "sign": "signature",
    "disabled": "disability",
    "dependant": "dependent",
    "tours": "period",
    "tour": "period",
    "duty": "service",
    "terminate": "end",
    "separated": "end",
    "rep": "representative",
    "govt": "government",
    "earn": "income",
    "night": "evening",
    "left": "leave",
    "attempted": "try",
    "tried": "try",
    "highest": "most",
    "contribute": "payment",
    "contribution": "payment",
    "limitation": "limit",
    "post": "after",
}
IGNORED = frozenset(
    """the a an of to in on for and or is are was were do does did you your what if any have has had
    been by with this that it please enter page box i my name_ information claim form full would
    like which who when where view list""".split()  # noqa: SIM905
)
QUALIFIERS = frozenset(
    "home mailing primary current preferred complete own street alternative veteran claimant".split()  # noqa: SIM905
)
"""Words that say which of a kind, or whose; a form that has only one does not print them."""
PERSONS = frozenset(
    "spouse child dependent student physician witness representative preparer caregiver".split()  # noqa: SIM905
)
"""A property whose words are all weak is not found in a question about one of these, unless it says so."""
GENERIC = frozenset("personal identification contact data attribute basic general detail".split())  # noqa: SIM905
"""Names of containers that say nothing of what is in them."""
CHILDREN = frozenset(["child", "dependent"])
"""Schemas say dependent where the paper says child."""
MACHINE = re.compile(r"(?i)(?:^|\.)view:|(?:size|confirmationCode|attachmentId|guid)$|^files?\.|^formV\d")
"""Properties that hold no answer of a person: uploaded files and notes of a web page."""
WEAK = frozenset("veteran claimant information number date name address type is has".split())  # noqa: SIM905
SAYS_LITTLE = frozenset("status history detail".split())  # noqa: SIM905
"""At the end of a name that says more: powStatus is about prisoners of war."""
