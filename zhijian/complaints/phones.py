"""Phone numbers: in one form however they are typed, and masked for lists."""

from __future__ import annotations

import unicodedata

_SHORTEST, _LONGEST, _MOBILE = 7, 15, 11
_COUNTRY = "86"
_HIDDEN = "****"


def plain(text: str) -> str:
    """Return the digits of a number as they are dialled within the country.

    >>> plain("+86 138-0000-5678"), plain("（0535）1234567")
    ('13800005678', '05351234567')
    """
    typed = unicodedata.normalize("NFKC", text)
    digits = "".join(each for each in typed if each.isascii() and each.isdigit())
    for front in (f"00{_COUNTRY}", _COUNTRY if typed.strip().startswith("+") else ""):
        if front and digits.startswith(front) and len(digits) - len(front) >= _MOBILE - 1:
            return digits[len(front) :]
    return digits


def can_be_called(number: str) -> bool:
    """Tell whether so many digits can be a number."""
    return _SHORTEST <= len(number) <= _LONGEST


def masked(number: str) -> str:
    """Return a number with its middle hidden; of a short one only the end is shown.

    >>> masked("13800005678"), masked("05351234567"), masked("1234567")
    ('138****5678', '053****4567', '****67')
    """
    if not number:
        return ""
    if len(number) < _MOBILE - 1:
        return f"{_HIDDEN}{number[-2:]}"
    return f"{number[:3]}{_HIDDEN}{number[-4:]}"
