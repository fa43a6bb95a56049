from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijian.domain.exact import (
    ROUNDING_MODES,
    is_terminating,
    plain,
    rounded,
    sum_of,
    to_decimal,
)

MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_UP,
    "ceiling": ROUND_CEILING,
}
DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=6)


def test_every_mode_has_a_meaning() -> None:
    assert set(ROUNDING_MODES) == set(MODES)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(DECIMALS, st.integers(0, 5), st.sampled_from(sorted(MODES)))
def test_rounding_is_that_of_decimal_arithmetic(number: Decimal, places: int, mode: str) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), rounding=MODES[mode])

    assert rounded(Fraction(number), places, mode) == Fraction(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "places", "mode", "expected"),
    [
        ("2.345", 2, "half_up", "2.35"),
        ("2.345", 2, "half_even", "2.34"),
        ("2.355", 2, "half_even", "2.36"),
        ("-2.345", 2, "half_up", "-2.35"),
        ("2.3449999", 2, "half_up", "2.34"),
        ("-2.341", 2, "ceiling", "-2.34"),
        ("2.341", 2, "ceiling", "2.35"),
        ("-2.341", 2, "up", "-2.35"),
        ("-2.349", 2, "down", "-2.34"),
    ],
)
def test_ties_go_the_way_the_mode_names(number: str, places: int, mode: str, expected: str) -> None:
    assert rounded(Fraction(number), places, mode) == Fraction(expected)  # type: ignore[arg-type]


def test_thirds_that_add_up_to_a_half_cent_round_up() -> None:
    third = Fraction(1, 3)

    # As decimals 0.3333333333 × 3 stays below 1, and 94.994999… would lose the grade.
    assert rounded(third + third + third + Fraction("94.995") - 1, 2) == Fraction("95.00")


@pytest.mark.parametrize(
    ("number", "least", "text"),
    [
        (Fraction(0), 0, "0"),
        (Fraction(0), 2, "0.00"),
        (Fraction(-1, 2), 0, "-0.5"),
        (Fraction(5), 2, "5.00"),
        (Fraction("2.50"), 0, "2.5"),
        (Fraction(1, 3), 0, "0.3333333333"),
        (Fraction(2, 3), 2, "0.6666666667"),
        (Fraction(-1, 10**11), 0, "-0.00000000001"),
        (Fraction(-1, 3 * 10**11), 0, "0"),
        (Fraction(10**20), 0, "100000000000000000000"),
    ],
)
def test_numbers_are_written_plainly(number: Fraction, least: int, text: str) -> None:
    assert plain(number, least) == text


def test_only_twos_and_fives_end() -> None:
    assert is_terminating(Fraction(1, 40))
    assert not is_terminating(Fraction(1, 30))
    assert to_decimal(Fraction(1, 8)) == Decimal("0.125")
    assert to_decimal(Fraction(1, 3), 2) == Decimal("0.33")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.fractions(max_denominator=60), max_size=8))
def test_fractions_added_at_once_are_their_sum(numbers: list[Fraction]) -> None:
    assert sum_of(numbers) == sum(numbers, Fraction(0))
