"""What belongs to no unit is entered once, serves every unit, and is asked for like the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import factories
from tests.people import make_people
from zhijian.domain.dates.period import Period
from zhijian.domain.records.measure import Measure
from zhijian.domain.regulation.assess import Assessor
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.completeness import matrix_of
from zhijian.intake.facts import SqlFacts, facts_from, scope_of
from zhijian.intake.refusals import RecordsWrong
from zhijian.intake.services import Entry, enter_record
from zhijian.intake.services.access import may_enter_kind
from zhijian.organizations import queries as organizations

from .books import loaded

pytestmark = pytest.mark.django_db

UNITS = ("甲小区", "乙小区")
AVERAGE = {"rate": "0.6", "source": "行业统计"}
RATE = Measure("latest", "industry_average", "rate")


@pytest.fixture
def book() -> Book:
    for name in UNITS:
        factories.make_unit(name=name)
    return Book(loaded("property-assessment-a"), Period.parse("2024"))


def enter(book: Book, kind: str = "industry_average", **values: str) -> int:
    return enter_record(actor=None, book=book, entry=Entry(kind, values or AVERAGE)).pk


@pytest.mark.parametrize("few", [0, 5000], ids=["aggregated", "in memory"])
def test_one_record_answers_for_every_unit(book: Book, few: int) -> None:
    key = f"record:{enter(book)}"
    pack = book.pack
    measures = Assessor.of(pack, "full").measures(pack.law(book.period.last))

    for only in (None, [organizations.units_by_name(["甲小区"])["甲小区"][0].id]):
        facts = SqlFacts(scope_of(pack, book.period, only, few), measures)
        found = [facts.measure(unit, RATE) for unit in UNITS]
        assert [str(each.value) for each in found] == ["3/5", "3/5"]
        assert {each.evidence.keys for each in found} == {(key,)}
        assert facts.present("乙小区", "industry_average") == 1


def test_a_snapshot_says_the_same(book: Book) -> None:
    enter(book)
    records = list(queries.domain_records(book.pack, book.period))

    assert facts_from(records, book.period.last).measure("乙小区", RATE).value is not None


def test_there_is_one_in_a_period(book: Book) -> None:
    enter(book)

    with pytest.raises(RecordsWrong) as refused:
        enter(book, rate="0.7", source="另一份")

    assert [each.code for each in refused.value.problems] == ["records.duplicate"]
    assert refused.value.problems[0].fact("field") == "考核期"
    other = Book(book.pack, Period.parse("2025"))
    assert enter(other)


def test_the_matrix_asks_for_it_in_every_line(book: Book) -> None:
    units = tuple(organizations.units_by_name([name])[name][0] for name in UNITS)

    def states() -> list[tuple[str, int]]:
        matrix = matrix_of(book, units, queries.counts(book), "2025-06")
        cells = [cell for line in matrix.lines for cell in line.cells]
        return [(c.state, c.count) for c in cells if c.kind.id == "industry_average"]

    assert states() == [("warn", 0), ("warn", 0)]
    enter(book)
    assert states() == [("good", 1), ("good", 1)]


def test_a_register_may_confirm_for_all_units(book: Book) -> None:
    kinds = dict(book.pack.kinds)
    kinds["request"] = replace(kinds["request"], absence="industry_average")
    confirmed = Book(replace(book.pack, kinds=kinds), book.period)
    count = Measure("count", "request")
    enter(confirmed)

    facts = SqlFacts(scope_of(confirmed.pack, book.period), (count,))

    assert facts.present("乙小区", "industry_average") == 1


def test_only_who_may_enter_for_all_units_enters_it(book: Book) -> None:
    people = make_people()
    kind = book.pack.kinds["industry_average"]

    assert may_enter_kind(people.working_group, kind)
    assert not may_enter_kind(people.clerk, kind)
