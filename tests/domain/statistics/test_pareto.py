"""The vital few and the running shares are exact."""

from __future__ import annotations

from fractions import Fraction

from zhijian.domain.statistics.pareto import Bar, pareto


def test_causes_stand_by_frequency_with_exact_running_shares() -> None:
    assert pareto({"保安": 1, "保洁": 3, "车管": 3, "收费": 0}) == (
        Bar("保洁", 3, Fraction(3, 7), True),
        Bar("车管", 3, Fraction(6, 7), True),
        Bar("保安", 1, Fraction(1), False),
    )


def test_the_vital_few_end_where_four_fifths_are_reached() -> None:
    exactly = pareto({"a": 8, "b": 2})
    short = pareto({"a": 7, "b": 2, "c": 1})

    assert [each.is_vital for each in exactly] == [True, False]
    assert [each.is_vital for each in short] == [True, True, False]


def test_nothing_has_no_bars() -> None:
    assert pareto({}) == ()
    assert pareto({"a": 0}) == ()
