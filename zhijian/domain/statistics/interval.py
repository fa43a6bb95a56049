"""How sure a mean of few answers is: Student's interval at 95 %.

Satisfaction of a department rests on a handful of questionnaires; a ranking without intervals
pretends to know more than it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

#: Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (any table of the
#: distribution); beyond 30 the normal quantile is used from 1.960 upwards.
_T95 = (
    "12.706", "4.303", "3.182", "2.776", "2.571", "2.447", "2.365", "2.306", "2.262", "2.228",
    "2.201", "2.179", "2.160", "2.145", "2.131", "2.120", "2.110", "2.101", "2.093", "2.086",
    "2.080", "2.074", "2.069", "2.064", "2.060", "2.056", "2.052", "2.048", "2.045", "2.042",
)  # fmt: skip
_NORMAL = "1.960"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of ``n`` numbers and the interval it lies in with 95 % confidence.

    With fewer than two numbers there is no interval: ``low`` and ``high`` are nothing.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    n: int


def mean_interval(
    numbers: Sequence[Decimal], lowest: Decimal = Decimal(0), highest: Decimal = Decimal(100)
) -> Mean:
    """Return the mean with its interval, held within the scale; raise ``ValueError`` for none."""
    n = len(numbers)
    if n == 0:
        raise ValueError("a mean needs at least one number")
    mean = sum(numbers, Decimal(0)) / n
    if n == 1:
        return Mean(mean.quantize(_HUNDREDTH), None, None, n)
    variance = sum(((number - mean) ** 2 for number in numbers), Decimal(0)) / (n - 1)
    quantile = Decimal(_T95[n - 2] if n - 2 < len(_T95) else _NORMAL)
    half = quantile * (variance / n).sqrt()
    low, high = max(lowest, mean - half), min(highest, mean + half)
    return Mean(mean.quantize(_HUNDREDTH), low.quantize(_HUNDREDTH), high.quantize(_HUNDREDTH), n)
