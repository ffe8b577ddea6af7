"""References of applications: short enough to read out by telephone, and a slip is noticed.

HA-7Q2M-4KXD: two letters from the service, seven letters or figures by chance, one to check.
The alphabet has no letter that is easily taken for another (no I, L, O, S, U, 0, 1). Its length, 29,
is a prime, so the check finds every single wrong character and every two that changed places.
"""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
_PREFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANDOM = 7
_MISREAD = str.maketrans({"S": "5", "U": "V"})
ENOUGH_BYTES = 8


def prefix_of(service_id: str) -> str:
    """Two capital letters: home-adaptation-grant -> HA, passport -> PA; PE when it has no letters."""
    words = ["".join(c for c in word.upper() if c in _PREFIX_LETTERS) for word in service_id.split("-")]
    words = [word for word in words if word]
    if len(words) >= 2:
        return words[0][0] + words[1][0]
    return (words[0] + "E")[:2] if words else "PE"


def new_reference(random_bytes: bytes, service_id: str) -> str:
    """A reference made from at least 8 random bytes. ValueError for fewer.

    29 ** 7 (17 thousand million) are possible for each prefix, so two can be the same: whoever
    keeps them must have them unique, and ask for another when one is taken.
    """
    if len(random_bytes) < ENOUGH_BYTES:
        raise ValueError(f"a reference needs at least {ENOUGH_BYTES} random bytes")
    number = int.from_bytes(random_bytes, "big")
    body = ""
    for _ in range(_RANDOM):
        number, digit = divmod(number, len(ALPHABET))
        body += ALPHABET[digit]
    return _grouped(prefix_of(service_id), body)


def normalise(reference: str) -> str | None:
    """The reference as it was given out, from how somebody typed it; None when it cannot be one.

    Small letters, spaces and missing dashes are accepted, and S and U where 5 and V were meant.
    """
    if len(reference) > 60:
        return None
    letters = "".join(c for c in reference.upper() if c.isascii() and c.isalnum())
    if len(letters) != 2 + _RANDOM + 1 or any(c not in _PREFIX_LETTERS for c in letters[:2]):
        return None
    prefix, body = letters[:2], letters[2:].translate(_MISREAD)
    if any(c not in ALPHABET for c in body) or body[-1] != _check(prefix, body[:-1]):
        return None
    return _grouped(prefix, body[:-1])


def _grouped(prefix: str, body: str) -> str:
    whole = body + _check(prefix, body)
    return f"{prefix}-{whole[:4]}-{whole[4:]}"


def _check(prefix: str, body: str) -> str:
    digits = [_PREFIX_LETTERS.index(c) for c in prefix] + [ALPHABET.index(c) for c in body]
    total = sum(weight * digit for weight, digit in enumerate(digits, start=2))
    return ALPHABET[total % len(ALPHABET)]
