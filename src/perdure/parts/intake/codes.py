"""Return codes: letters and digits that people can read out and type.

Without vowels, so that no words come out, and without 0, 1, I and L, which are taken for each
other: 28 signs. A code has 12 of them, more than 57 bits; guesses are limited in rate as well.
References are made in core.kernel.references.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from perdure.core.kernel import references

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 12, 4


def new_reference(slug: str) -> str:
    """A new reference, for example HA-7Q2M-4KXD for home-adaptation-grant."""
    return references.new_reference(secrets.token_bytes(references.ENOUGH_BYTES), slug)


def new_code() -> str:
    """A new return code, for example K7QM-2XPD-9FTB."""
    return _grouped("".join(secrets.choice(SIGNS) for _sign in range(_LENGTH)))


def tidy_reference(typed: str) -> str:
    """A reference as it was given out, from how somebody typed it; "" when it cannot be one."""
    return references.normalise(typed) or ""


def tidy_code(typed: str) -> str:
    """A return code as it was given out: k7qm 2xpd 9ftb -> K7QM-2XPD-9FTB."""
    return _grouped(re.sub(r"[^A-Z0-9]", "", typed.upper()[:80]))


def hash_of(reference: str, code: str) -> str:
    """What is kept of a return code: SHA-256 over reference and code, 64 hexadecimal digits."""
    return hashlib.sha256(f"{reference} {code}".encode()).hexdigest()


def belongs(reference: str, code: str, kept: str) -> bool:
    """Is this the code of the application? In constant time."""
    return hmac.compare_digest(hash_of(reference, code), kept)


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))
