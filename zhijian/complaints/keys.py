"""What is worked out from the key of this site and stored nowhere in the clear.

A caller is known again by a keyed digest of the phone. A tracking code belongs to a case and is
worked out from its number, so that there is no list of codes that could be taken.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from zhijian.foundation import clock

_CALLER, _CODE, _PASS = "complaints.caller", "complaints.code", "complaints.pass"
_GROUP, _SIGNS = 4, 16
_LOOK_ALIKE = str.maketrans("01", "OI")
PASS_SECONDS = 1800
"""So long somebody who has shown number and phone may act in their case."""


def caller_of(number: str) -> str:
    """Return the digest under which a phone number is known; nothing of no number."""
    return _digest(_CALLER, number).hex() if number else ""


def code_of(case_number: str) -> str:
    """Return the tracking code of a case: 80 bits in four groups, which nobody can guess."""
    return _code(case_number, settings.SECRET_KEY)


def is_code_of(case_number: str, told: str) -> bool:
    """Tell whether a code that was typed belongs to a case; former keys of the site count too."""
    typed = "".join(each for each in told.upper() if each.isalnum()).translate(_LOOK_ALIKE)
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    codes = (_code(case_number, key).replace("-", "") for key in keys)
    return any([constant_time_compare(code, typed) for code in codes])


def pass_for(case_id: int) -> str:
    """Return a pass with which the person outside acts in their case for a while."""
    return signing.dumps([case_id, int(clock.now().timestamp())], salt=_PASS)


def case_of_pass(told: str) -> int | None:
    """Return the case of a pass that still holds."""
    try:
        case_id, made = signing.loads(told, salt=_PASS)
    except signing.BadSignature:
        return None
    return int(case_id) if clock.now().timestamp() - made <= PASS_SECONDS else None


def _code(case_number: str, key: str) -> str:
    text = base64.b32encode(_digest(_CODE, case_number, key)).decode()[:_SIGNS]
    return "-".join(_groups(text))


def _groups(text: str) -> Iterator[str]:
    for start in range(0, len(text), _GROUP):
        yield text[start : start + _GROUP]


def _digest(purpose: str, text: str, key: str | None = None) -> bytes:
    return salted_hmac(purpose, text, secret=key, algorithm="sha256").digest()
