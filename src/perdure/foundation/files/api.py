"""Files: bytes kept in the database under the hash of their content.

One database file holds everything, so a copy of it is a whole copy, and a file
is there exactly when the row that names it is.
"""

from __future__ import annotations

import hashlib

from perdure.foundation.files.models import Blob

__all__ = ["fetch", "store"]


def store(content: bytes, *, media_type: str) -> str:
    """Keep the bytes and return their SHA-256 (64 hexadecimal digits); storing again changes nothing."""
    digest = hashlib.sha256(content).hexdigest()
    Blob.objects.get_or_create(
        sha256=digest, defaults={"content": content, "size": len(content), "media_type": media_type}
    )
    return digest


def fetch(sha256: str) -> bytes:
    """The bytes stored under a hash. Raises LookupError when there are none."""
    try:
        return bytes(Blob.objects.values_list("content", flat=True).get(sha256=sha256))
    except Blob.DoesNotExist:
        raise LookupError(sha256) from None
