from __future__ import annotations

from decimal import Decimal

import pytest

from zhijian.domain.statistics.interval import mean_interval


def numbers(text: str) -> list[Decimal]:
    return [Decimal(word) for word in text.split()]


def test_a_mean_of_five_answers() -> None:
    # mean 95; variance (4+1+0+1+4)/4 = 2.5; 2.776 × √(2.5/5) = 1.963
    found = mean_interval(numbers("93 94 95 96 97"))

    assert (found.value, found.low, found.high, found.n) == (
        Decimal("95.00"),
        Decimal("93.04"),
        Decimal("96.96"),
        5,
    )


def test_one_answer_has_no_interval() -> None:
    found = mean_interval(numbers("98"))

    assert (found.value, found.low, found.high) == (Decimal("98.00"), None, None)


def test_no_answer_has_no_mean() -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_interval([])


def test_the_interval_stays_on_the_scale() -> None:
    found = mean_interval(numbers("100 100 90"))

    assert found.high == Decimal("100.00")


def test_many_answers_use_the_normal_quantile() -> None:
    found = mean_interval(numbers("90 100 " * 16))

    # 32 answers: variance 800/31, 1.960 × √(25.806/32) = 1.76
    assert (found.low, found.high) == (Decimal("93.24"), Decimal("96.76"))
