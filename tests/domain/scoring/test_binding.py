"""A filter that names a parameter is filled in once for each law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import Citation, Entry, Parameter
from zhijian.domain.records.measure import FieldTest, Measure
from zhijian.domain.scoring.binding import bound
from zhijian.domain.words import Words

_DAY = date(2024, 1, 1)


def _law(hours: int) -> Law:
    entry = Entry(_DAY, Fraction(hours), Citation("办法", "第一条"))
    hours_ = Parameter("hours", Words("时限"), "小时", "number", (entry,), date(2030, 1, 1))
    return Law(_DAY, {"hours": hours_})


def test_each_law_fills_in_its_own_value_and_the_same_each_time() -> None:
    late = FieldTest("took", (Comparison("above", ("parameter.hours",)),))
    measure = Measure("count", "reply", where=(late,))
    law, other = _law(24), _law(48)

    first = bound(measure, law)

    assert first is not None
    assert first.where[0].comparisons == (Comparison("above", (Fraction(24),)),)
    assert bound(measure, law) is first
    assert bound(measure, other) != first
