"""An authenticator app: codes from a secret by RFC 6238, written without the product's own code."""

from __future__ import annotations

import base64
import hmac
import struct
import time


def code_of(secret: str, at: float | None = None) -> str:
    """The six digits for a base32 secret now, or at a moment (seconds since 1970)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time() if at is None else at) // 30
    digest = hmac.new(key, struct.pack(">Q", step), "sha1").digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
