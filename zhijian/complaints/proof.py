"""A proof against scripts that needs nobody else: the browser works for every form it sends.

The page carries a signed puzzle; the browser looks for a number with which its digest begins with
so many zero bits (half a second), and each puzzle opens one case at most, because it is the key of
the case. A field that people do not see must stay empty.
"""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

from zhijian.complaints.refusals import NotProved
from zhijian.foundation import clock

BITS = 15
VALID_SECONDS = 2 * 3600
_SALT = "complaints.proof"
_LONGEST = 300
_DIGEST_BITS = 256


def puzzle() -> str:
    """Return a new puzzle."""
    return signing.dumps([secrets.token_hex(8), int(clock.now().timestamp())], salt=_SALT)


def is_solved(told: str, answer: str) -> bool:
    """Tell whether a number solves a puzzle."""
    digest = hashlib.sha256(f"{told}:{answer}".encode(errors="surrogatepass")).digest()
    return int.from_bytes(digest, "big") >> (_DIGEST_BITS - BITS) == 0


def key_from(told: str, answer: str, trap: str) -> str:
    """Return the key under which a case may be opened, or refuse: a script, or too long ago."""
    if trap or len(told) > _LONGEST or len(answer) > _LONGEST or not is_solved(told, answer):
        raise NotProved("complaints.not_proved")
    try:
        name, made = signing.loads(told, salt=_SALT)
    except signing.BadSignature as error:
        raise NotProved("complaints.not_proved") from error
    if clock.now().timestamp() - made > VALID_SECONDS:
        raise NotProved("complaints.puzzle_too_old")
    return f"complaints:{name}"
