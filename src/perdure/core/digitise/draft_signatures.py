"""Signatures: the applicant's is asked as a typed name that declares; others stay on the paper.

The date beside a signature is asked with it. Who is not the applicant (a witness, a
physician, an official) cannot sign in the applicant's place, so their boxes are left out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item, Repeated, SetAside
from perdure.core.digitise.values import PaperForm
from perdure.core.digitise.wording import Worded

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
    kept: list[Item | Repeated] = []
    aside: list[SetAside] = []
    for item in items:
        if isinstance(item, Repeated) or item.type is not Q.SIGNATURE:
            kept.append(item)
        elif signer_is_another(item):
            note = "Somebody else signs here, so the applicant is not asked."
            aside += [SetAside(each, "signature_on_paper", note) for each in item.fields]
        else:
            kept.append(_declaration(item))
    return kept, aside


def signer_is_another(item: Item) -> bool:
    """Do the words name a signer who is not the applicant?"""
    words = f"{item.words.title} {item.words.hint}"
    return bool(OTHERS.search(words)) and not APPLICANT.search(words)


def _declaration(item: Item) -> Item:
    title = item.words.title
    if not re.search(r"(?i)signature|sign|unterschrift|firma", title):
        title = f"Signature: {title}" if title else "Signature"
    words: Worded = replace(item.words, title=title)
    return replace(item, words=words)
