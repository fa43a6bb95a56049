"""Amounts of money as people read them: with separators, and in Chinese capitals.

Capitals follow the conventions of banking forms: 元 then 整 when nothing smaller follows; 零
between figures that are not neighbors; 万 and 亿 as the names of the groups of four. Where the
conventions leave a choice, 零 is written after an empty 万 and not after an empty 元.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = {4: "万", 8: "亿", 12: "万"}
_MOST: Final = Decimal(10) ** 16
_FEN: Final = Decimal("0.01")


def grouped(amount: Decimal) -> str:
    """Write ``amount`` with two decimals and separators: 2,500.00."""
    return f"{_to_fen(amount):,.2f}"


def capitals(amount: Decimal) -> str:
    """Write ``amount`` in Chinese capitals: 贰仟伍佰元整, 壹拾元零伍分, 负叁角整."""
    amount = _to_fen(amount)
    yuan, fen = divmod(int(abs(amount) * 100), 100)
    sign = "负" if amount < 0 else ""
    if fen == 0:
        return f"{sign}{_whole(yuan)}元整"
    return f"{sign}{_whole(yuan) + '元' if yuan else ''}{_cents(yuan, fen)}"


def _to_fen(amount: Decimal) -> Decimal:
    """Return ``amount`` with two decimals; rounding is not done here, but where a pack says so."""
    if not amount.is_finite() or abs(amount) >= _MOST:
        raise ValueError(f"{amount} is not an amount of money that can be written out")
    exact = amount.quantize(_FEN)
    if exact != amount:
        raise ValueError(f"{amount} has a part smaller than a fen; round it first")
    # A zero has no sign: nobody owes -0.00.
    return exact if exact else Decimal("0.00")


def _cents(yuan: int, fen: int) -> str:
    """Write the part after 元; 零 stands for missing 角 when 元 came before it."""
    tens, ones = divmod(fen, 10)
    if not tens:
        return f"{'零' if yuan else ''}{_DIGITS[ones]}分"
    return f"{_DIGITS[tens]}角" + (f"{_DIGITS[ones]}分" if ones else "整")


def _whole(number: int) -> str:
    """Write a whole number; a zero is written once between figures and never at the end."""
    if number == 0:
        return _DIGITS[0]
    written = ""
    gap = False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place % 4]
        gap = not digit
        if place == 8 or number // 10**place % 10_000:
            written += _GROUPS.get(place, "")
    return written
