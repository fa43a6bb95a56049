"""A proof against scripts that needs nobody else: the browser works for every form it sends.

The page carries a signed puzzle; the browser looks for a number with which its digest begins with
so many zero bits (half a second), and each puzzle opens one case at most, because it is the key of
the case. A field that people do not see must stay empty.

Where a browser runs no scripts, the person answers a small sum in words instead. A program could
learn to do so; therefore it counts only after the time in which nobody fills a form, and an address
may send few of these (``limits``).
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from django.core import signing
from django.utils.crypto import salted_hmac

from zhijian.complaints.refusals import NotProved
from zhijian.foundation import clock

BITS = 15
SHORTEST_SECONDS = 10
"""In less nobody reads the page and fills its form by hand."""

VALID_SECONDS = 2 * 3600
_SALT = "complaints.proof"
_LONGEST = 300
_DIGEST_BITS = 256
_SMALLEST, _NUMBERS = 2, 8


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
    return _read(told)[0]


def summands(told: str) -> tuple[int, int]:
    """Return the two numbers that belong to a puzzle, each from 2 to 9."""
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    first, second = (_SMALLEST + each % _NUMBERS for each in digest[:2])
    return first, second


def key_from_sum(told: str, said: str, trap: str) -> str:
    """Return the key where a person did the sum, or refuse: wrong, too quick, or too long ago."""
    if trap or len(told) > _LONGEST:
        raise NotProved("complaints.not_proved")
    key, age = _read(told)
    if unicodedata.normalize("NFKC", said).strip() != str(sum(summands(told))):
        raise NotProved("complaints.sum_wrong")
    if age < SHORTEST_SECONDS:
        raise NotProved("complaints.too_quick", seconds=SHORTEST_SECONDS)
    return key


def _read(told: str) -> tuple[str, float]:
    """Return the key that a puzzle stands for and its age in seconds."""
    try:
        name, made = signing.loads(told, salt=_SALT)
    except signing.BadSignature as error:
        raise NotProved("complaints.not_proved") from error
    age = clock.now().timestamp() - made
    if age > VALID_SECONDS:
        raise NotProved("complaints.puzzle_too_old")
    return f"complaints:{name}", age
