"""The equation of the ledger, and three rates with what they rest on."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.callbacks.ledger import STATES, Balance, Rate, total

WHOLE = Balance(closed=10, done=5, unreachable=1, refused=1, excluded=1, pending=2, satisfied=4)


def test_the_rates_and_what_they_rest_on() -> None:
    assert WHOLE.balances
    assert WHOLE.called == Rate(7, 9)
    assert WHOLE.reached == Rate(5, 7)
    assert WHOLE.content == Rate(4, 5)
    assert WHOLE.content.share == Fraction(4, 5)
    assert Balance().called.share is None


def test_what_is_lost_or_counted_twice_does_not_balance() -> None:
    assert not Balance(closed=2, done=1).balances
    assert not Balance(closed=1, done=1, satisfied=2).balances


@given(st.lists(st.sampled_from(STATES)))
def test_lines_that_balance_balance_together(states: list[str]) -> None:
    lines = [Balance(closed=1, **{each: 1}) for each in states]

    whole = total(lines)

    assert whole.balances
    assert whole.closed == len(states)
