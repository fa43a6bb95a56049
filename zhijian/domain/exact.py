"""Exact numbers: fractions inside, decimals at the edges.

A mean of three marks has no finite decimal form. Carrying it as a rounded decimal can flip a
later half-up rounding, and with it a grade; a fraction cannot. Rounding therefore happens only
where a pack says so, and exactly once for each place that says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from decimal import localcontext as decimal_context
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Literal

RoundingMode = Literal["half_up", "half_even", "down", "up", "ceiling"]

_MODES: dict[str, str] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
    "ceiling": ROUND_CEILING,
}
ROUNDING_MODES = tuple(_MODES)
_SHOWN_PLACES = 10


def rounded(value: Fraction, places: int, mode: RoundingMode = "half_up") -> Fraction:
    """Round ``value`` to ``places`` decimals; ties go the way ``mode`` names."""
    scale, denominator = 10**places, value.denominator
    if scale % denominator == 0:
        return value
    whole, rest = divmod(abs(value.numerator) * scale, denominator)
    twice, negative = 2 * rest, value.numerator < 0
    match mode:
        case "half_up":
            whole += twice >= denominator
        case "half_even":
            whole += twice > denominator or (twice == denominator and whole % 2 == 1)
        case "up":
            whole += rest > 0
        case "ceiling":
            whole += rest > 0 and not negative
    return Fraction(-whole if negative else whole, scale)


def sum_of(numbers: Iterable[Fraction]) -> Fraction:
    """Add fractions: exactly what ``sum`` says, reduced once at the end instead of at each one."""
    above, below = 0, 1
    for number in numbers:
        own = number.denominator
        if own != below:
            common = lcm(below, own)
            above *= common // below
            above += number.numerator * (common // own)
            below = common
        else:
            above += number.numerator
    return Fraction(above, below)


def is_terminating(value: Fraction) -> bool:
    """Tell whether ``value`` has a finite decimal form."""
    return _places(value.denominator) is not None


@lru_cache(maxsize=4096)
def _places(denominator: int) -> int | None:
    """How many decimals a reduced fraction with this denominator has; none when it never ends."""
    needed, rest = 0, denominator
    for factor in (2, 5):
        times = 0
        while rest % factor == 0:
            rest //= factor
            times += 1
        needed = max(needed, times)
    return needed if rest == 1 else None


def to_decimal(value: Fraction, places: int = _SHOWN_PLACES) -> Decimal:
    """Return the exact decimal of ``value``, or one rounded to ``places`` when there is none."""
    if not is_terminating(value):
        value = rounded(value, places)
    with decimal_context() as context:
        context.prec = 60
        return Decimal(value.numerator) / Decimal(value.denominator)


def plain(value: Fraction, least_places: int = 0) -> str:
    """Write ``value`` without exponent, with at least ``least_places`` decimals.

    A value without finite decimal form is written with ten decimals.
    """
    above, below = value.numerator, value.denominator
    if below == 1 and not least_places:
        return str(above)
    places = _places(below)
    if places is None:
        value = rounded(value, _SHOWN_PLACES)
        above, below = value.numerator, value.denominator
        places = _places(below) or 0
    digits = str(abs(above) * 10**places // below).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    if places < least_places:
        decimals = decimals.ljust(least_places, "0")
    sign = "-" if above < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
