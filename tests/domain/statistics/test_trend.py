"""Which counts stand out is judged without rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from zhijian.domain.statistics.trend import trend


def test_a_count_on_the_limit_is_chance_and_one_beyond_it_is_not() -> None:
    # Mean 4, limit 4 + 3·√4 = 10.
    on = trend([10, 1, 1, 4, 4])
    # Mean 21/5; limit 4.2 + 3·√4.2 = 10.35.
    beyond = trend([11, 1, 1, 4, 4])

    assert (on.mean, on.upper, on.beyond[0]) == (Fraction(4), Decimal("10.0"), False)
    assert (beyond.upper, beyond.beyond) == (Decimal("10.3"), (True, False, False, False, False))


def test_seven_in_a_row_above_the_mean_are_a_signal_and_six_are_not() -> None:
    six = trend([3] * 6 + [1] * 6)
    seven = trend([3] * 7 + [1] * 7)

    assert not any(six.run)
    assert [number for number, each in enumerate(seven.run) if each] == [6]


def test_nothing_at_all_stands_out_nowhere() -> None:
    quiet = trend([0, 0])

    assert (quiet.mean, quiet.upper, quiet.beyond, quiet.run) == (
        0, Decimal("0.0"), (False, False), (False, False),
    )  # fmt: skip
    with pytest.raises(ValueError, match="at least one"):
        trend([])
