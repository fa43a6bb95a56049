"""Facts in memory belong to units."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.domain.tiny import record
from zhijian.domain.records.measure import Measure
from zhijian.domain.records.memory import MemoryFacts


def test_records_of_others_do_not_count() -> None:
    own, other = (record("check", unit=unit, points=Fraction(1)) for unit in "甲乙")
    facts = MemoryFacts([own, other], date(2024, 3, 31))

    assert facts.present("甲", "check") == facts.present("乙", "check") == 1
    assert facts.present("甲", "accident") == 0
    assert [each.unit for each in facts.of_unit("乙")] == ["乙"]
    assert facts.without(facts.of_unit("甲")[0].key).present("甲", "check") == 0


def test_records_of_no_unit_serve_every_unit() -> None:
    shared = record("average", unit="", points=Fraction(3))
    facts = MemoryFacts([shared, record("check", unit="甲", points=Fraction(1))], date(2024, 3, 31))
    measure = Measure("sum", "average", "points")

    assert [facts.measure(unit, measure).value for unit in "甲乙"] == [3, 3]
    assert facts.present("乙", "average") == 1
    assert facts.measure("甲", measure).evidence.keys == (shared.key,)
    assert [each.kind for each in facts.of_unit("甲")] == ["check"]
