"""Signatures: the applicant's is asked as a typed name that declares; others stay on the paper.

The date beside a signature is asked with it. Who is not the applicant (a witness, a
physician, an official) cannot sign in the applicant's place, so their boxes are left out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item, Repeated, SetAside, same_row
from perdure.core.digitise.values import PaperForm
from perdure.core.digitise.wording import Worded, plain

OTHERS = re.compile(
    r"\b(witness(?:es)?|notary|physician|doctor|provider|examiner|official|officer|clerk|judge"
    r"|attorney|preparer|agent's"
    r"|representative|registrar|commissioner|supervisor|interviewer|employer|lender|appraiser"
    r"|veterans service"
    r"|school|worker|zeuge|notar|rechtspfleger|t[eé]moin|notaire|testigo|notario|counsel"
    r"|alternate signer)\b",
    re.I,
)
APPLICANT = re.compile(
    r"\b(applicant|claimant|veteran|petitioner|taxpayer|your|you|beneficiary|student|spouse|parent"
    r"|borrower|affiant"
    r"|antragsteller\w*|demandeur|solicitante|declarant|requester|appellant|patient|caregiver)\b",
    re.I,
)


def place_signatures(
    items: list[Item | Repeated], form: PaperForm
) -> tuple[list[Item | Repeated], list[SetAside]]:
    """Signatures of others are set aside; the applicant's become questions with plain titles."""
    others = [
        item
        for item in items
        if isinstance(item, Item) and item.type is Q.SIGNATURE and signer_is_another(item)
    ]
    kept: list[Item | Repeated] = []
    aside: list[SetAside] = []
    for item in items:
        if isinstance(item, Repeated):
            kept.append(item)
        elif item in others or any(_goes_with(item, other) for other in others):
            note = "Somebody else signs here, so the applicant is not asked."
            aside += [SetAside(each, "signature_on_paper", note) for each in item.fields]
        else:
            kept.append(_declaration(item) if item.type is Q.SIGNATURE else item)
    return kept, aside


def _goes_with(item: Item, signature: Item) -> bool:
    """The date beside a signature, and the name and address of its signer."""
    if item.page != signature.page or item.type is Q.SIGNATURE:
        return False
    beside = same_row(item.first, signature.first) and item.type is Q.DATE
    signer = OTHERS.search(f"{signature.words.title} {signature.words.hint}")
    person = re.sub(r"(?:es|s)$", "", signer[0].lower()) if signer else "?"
    near = abs(item.box.y0 - signature.box.y0) < 90
    return beside or (near and person in item.words.title.lower())


def signer_is_another(item: Item) -> bool:
    """Do the words name a signer who is not the applicant?"""
    for words in (item.words.title, item.words.hint):
        if OTHERS.search(words) or APPLICANT.search(words):
            return bool(OTHERS.search(words)) and not APPLICANT.search(words)
    return False


def _declaration(item: Item) -> Item:
    title = item.words.title
    title = "" if re.match(r"(?i)this is|see |read ", title) else title
    said = re.search(r"(?i)\b(signature (?:of|by) [\w /,'-]{3,60})", item.words.was)
    if said and len(title) > 60:
        title = plain(said[1])
    elif not re.search(r"(?i)signature|sign|unterschrift|firma", title) or len(title) > 90:
        title = f"Signature: {title}" if 0 < len(title) <= 60 else "Signature"
    words: Worded = replace(item.words, title=title)
    return replace(item, words=words)
