"""Secrets that must be read again, such as the address of a robot: sealed before they are stored.

The key is derived from ``SECRET_KEY``; whoever holds only the database reads nothing. After a
change of ``SECRET_KEY`` the former one in ``SECRET_KEY_FALLBACKS`` still opens what it sealed.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from zhijian.foundation.refusal import Refusal

_BYTES = 32
_PURPOSE = b"zhijian.foundation.sealing"


class SealBroken(Refusal):
    """What was sealed cannot be opened with the keys of this site."""


def seal(text: str) -> str:
    """Return ``text`` unreadable; an empty text stays empty."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return what was sealed; raises ``SealBroken`` when the key has changed since."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken("notifications.seal_broken") from error


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derived = HKDF(SHA256(), _BYTES, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
