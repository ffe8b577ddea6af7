"""References and return codes: letters and digits that people can read out and type.

Without vowels (no words come out) and without 0, 1, I, L, O, U (not mistaken for each other):
28 signs. A reference has 8 of them behind the service's initials, a return code 12, which is
more than 57 bits; guesses are limited in rate as well.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_GROUP = 4


def new_reference(slug: str) -> str:
    """A new reference, for example HAG-7K4M-2Q9X for home-adaptation-grant."""
    initials = "".join(word[0] for word in slug.split("-") if word)[:3].upper()
    return f"{initials}-{_random(2)}"


def new_code() -> str:
    """A new return code, for example K7QM-2XPD-9FTB."""
    return _random(3)


def tidy(typed: str) -> str:
    """A reference or code as people type it, in the form it was given: k7qm 2xpd 9ftb -> K7QM-2XPD-9FTB."""
    signs = re.sub(r"[^A-Z0-9]", "", typed.upper()[:80])
    head = len(signs) % _GROUP
    groups = [signs[:head]] if head else []
    groups += [signs[at : at + _GROUP] for at in range(head, len(signs), _GROUP)]
    return "-".join(groups)


def hash_of(reference: str, code: str) -> str:
    """What is kept of a return code: SHA-256 over reference and code, 64 hexadecimal digits."""
    return hashlib.sha256(f"{reference} {code}".encode()).hexdigest()


def belongs(reference: str, code: str, kept: str) -> bool:
    """Is this the code of the application? In constant time."""
    return hmac.compare_digest(hash_of(reference, code), kept)


def _random(groups: int) -> str:
    signs = "".join(secrets.choice(SIGNS) for _sign in range(groups * _GROUP))
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))
