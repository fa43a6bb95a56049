"""Facts over the database say what facts in memory say, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.interval import Interval
from zhijian.domain.policy.values import Band, Bands, Points, Table
from zhijian.domain.records.measure import STATISTICS, Each, FieldTest, Measure
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.records.record import Record
from zhijian.intake import queries
from zhijian.intake.facts import SqlFacts, facts_from, scope_of
from zhijian.intake.services import bulk_enter

from .books import FIRST_DAY, SAMPLE, visit, with_kind

UNITS = ("甲", "乙")
MONTHS = ("2024-01", "2024-02", "2024-03")
DAYS = st.integers(0, 90).map(lambda days: FIRST_DAY + timedelta(days=days))
POINTS = st.integers(-1_000, 12_000).map(lambda cents: Fraction(cents, 100))
LEVELS = st.sampled_from(("优", "良", "差"))

VALUES = st.fixed_dictionaries(
    {
        "points": st.none() | POINTS,
        "times": st.none() | st.integers(0, 9).map(Fraction),
        "level": st.none() | LEVELS,
        "late": st.none() | st.booleans(),
        "due": st.none() | DAYS,
        "done": st.none() | DAYS,
    }
)
RECORDS = st.lists(
    st.builds(
        lambda unit, on, values: Record("new", "visit", unit, on, values),
        st.sampled_from(UNITS),
        DAYS,
        VALUES,
    ),
    max_size=12,
)


def compare(words, operands):
    return st.builds(
        lambda word, operand: Comparison(word, (operand,)), st.sampled_from(words), operands
    )


EQUALITY, ORDER = ("equals", "not"), ("at_least", "above", "at_most", "below")
EMPTY = st.booleans().map(lambda flag: Comparison("empty", (flag,)))
THIRDS = st.integers(-10, 300).map(lambda n: Fraction(n, 3))
TESTS = st.one_of(
    st.builds(
        lambda each: FieldTest("points", (each,)),
        compare((*EQUALITY, *ORDER), POINTS | THIRDS) | EMPTY,
    ),
    st.builds(
        lambda low, high: FieldTest("points", (Comparison("between", (low, high)),)), POINTS, POINTS
    ),
    st.builds(
        lambda each: FieldTest("level", (each,)),
        compare(EQUALITY, LEVELS | st.just(Fraction(1))) | EMPTY,
    ),
    st.builds(
        lambda word, some: FieldTest("level", (Comparison(word, tuple(some)),)),
        st.sampled_from(("one_of", "none_of")),
        st.lists(LEVELS, max_size=2),
    ),
    st.builds(lambda each: FieldTest("late", (each,)), compare(EQUALITY, st.booleans()) | EMPTY),
    st.builds(
        lambda each: FieldTest("due", (each,)), compare((*EQUALITY, "before", "after"), DAYS)
    ),
    st.builds(lambda each: FieldTest("on", (each,)), compare(("before", "after", "equals"), DAYS)),
    st.builds(
        lambda each: FieldTest("month", (each,)),
        compare(EQUALITY, st.sampled_from((*MONTHS, "夏天"))),
    ),
)
BANDS = Bands(
    (
        Band(Interval(high=Fraction(60)), Fraction(0)),
        Band(Interval(Fraction(60), True, Fraction(91, 3), False), Fraction(1)),
        Band(Interval(Fraction(60), True, Fraction(95), True), Fraction(5, 2)),
        Band(Interval(Fraction(95)), Fraction(7)),
    )
)
EACHES = st.one_of(
    st.none(),
    st.builds(
        lambda edge: Each(replace=(Comparison("at_least", (edge,)),), gives=Fraction(100)), POINTS
    ),
    st.just(Each(times=Fraction(-1, 3))),
    st.just(Each(bands=BANDS)),
    st.just(Each(bands=Bands((Band(Interval(low=Fraction(10)), "高"),)))),
    st.just(Each(points=Points(((Fraction(0), Fraction(0)), (Fraction(90), Fraction(7)))))),
    st.just(Each(table=Table((("优", (("", Fraction(3)),)), ("差", (("", "零"),)))), row="level")),
)
MEASURES = st.builds(
    lambda statistic, field, where, each, rest: Measure(
        statistic,
        "visit",
        "" if statistic == "days_overdue" else field,
        tuple(where),
        None if statistic == "days_overdue" else each,
        per_month=rest[0] and statistic != "latest",
        drop=rest[1] if statistic == "trimmed_mean" else 0,
        due="due" if statistic == "days_overdue" else "",
        done="done" if statistic == "days_overdue" else "",
        keyed_by=rest[2],
    ),
    st.sampled_from(STATISTICS),
    st.sampled_from(("points", "times")),
    st.lists(TESTS, max_size=2),
    EACHES,
    st.tuples(
        st.booleans(), st.integers(0, 2), st.sampled_from(("", "", "month", "level", "times"))
    ),
)
KEYS = (*MONTHS, "优", "", "3")


@pytest.mark.django_db
@pytest.mark.parametrize("shared", [False, True], ids=["own", "shared"])
def test_the_database_agrees_with_memory(shared: bool) -> None:
    for unit in UNITS:
        factories.make_unit(name=unit)
    book = with_kind(visit(is_register=shared))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RECORDS, st.lists(MEASURES, max_size=6))
    def check(records, measures):
        if shared:
            records = [replace(each, unit="") for each in records]
        with transaction.atomic():
            bulk_enter(book=book, records=records, origin=SAMPLE)
            known = MemoryFacts(queries.domain_records(book.pack, book.period), book.period.last)
            stored = SqlFacts(scope_of(book.pack, book.period, few=0), tuple(measures))
            whole = facts_from(
                queries.domain_records(book.pack, book.period), book.period.last, few=0
            )
            for measure in measures:
                for unit in UNITS:
                    for key in KEYS if measure.keyed_by else ("",):
                        expected = known.measure(unit, measure, key)
                        found = stored.measure(unit, measure, key)
                        assert found.value == expected.value
                        assert type(found.value) is type(expected.value)
                        assert found.evidence.count == expected.evidence.count
                        assert found.evidence.months == expected.evidence.months
                        assert found == whole.measure(unit, measure, key)
            # Of registers, only those are read that a measure asks about.
            for unit in UNITS if measures or not shared else ():
                assert stored.present(unit, "visit") == known.present(unit, "visit")
            transaction.set_rollback(True)

    check()


@pytest.mark.django_db
def test_a_sum_beyond_64_bits_is_still_exact() -> None:
    factories.make_unit(name="甲")
    book = with_kind(visit())
    huge = Fraction(999_999_999_999)
    records = [
        Record("new", "visit", "甲", date(2024, 1, day), {"points": huge}) for day in range(1, 21)
    ]
    bulk_enter(book=book, records=records, origin=SAMPLE)

    measure = Measure("sum", "visit", "points")
    stored = SqlFacts(scope_of(book.pack, book.period, few=0), (measure,))

    assert stored.measure("甲", measure).value == 20 * huge
