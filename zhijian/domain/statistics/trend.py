"""Whether counts over time are what chance brings, exactly: the control chart of counts.

Of counts with a mean, almost none lies beyond the mean and three of its square roots, and seven in
a row above the mean are rare. Roots are compared as squares, so that nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

RUN = 7
"""So many in a row above the mean are a signal."""
_SIGMAS = 3
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Trend:
    """The mean of the counts, the upper limit rounded for drawing, and which counts stand out."""

    mean: Fraction
    upper: Decimal
    beyond: tuple[bool, ...]
    run: tuple[bool, ...]


def trend(counts: Sequence[int]) -> Trend:
    """Judge counts in their order; raise ``ValueError`` for none."""
    if not counts:
        raise ValueError("a trend needs at least one count")
    mean = Fraction(sum(counts), len(counts))
    beyond = tuple(each > mean and (each - mean) ** 2 > _SIGMAS**2 * mean for each in counts)
    run, length = list[bool](), 0
    for each in counts:
        length = length + 1 if each > mean else 0
        run.append(length >= RUN)
    exact = Decimal(mean.numerator) / mean.denominator
    upper = (exact + _SIGMAS * exact.sqrt()).quantize(_TENTH)
    return Trend(mean, upper, beyond, tuple(run))
