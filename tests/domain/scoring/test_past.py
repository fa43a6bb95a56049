"""Looking back: consecutive means adjacent in the calendar, and a gap counts unless skipped."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import assess, context, pack, problems, scheme, work
from zhijian.domain.dates.period import Period
from zhijian.domain.explain.document import from_document, to_document
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.scoring.context import Past
from zhijian.domain.scoring.past import without_gaps

GRADE = "grade: {of: x, bands: [{below: '60', is: 差}, {at_least: '60', is: 好}]}"
Q1 = Period.parse("2024Q1")


def past(*told: str) -> tuple[Past, ...]:
    """Earlier results, written ``2023Q4 差 50``; grade and score may be missing."""
    found = []
    for each in told:
        period, *rest = each.split()
        lines = {"x": Fraction(rest[1])} if len(rest) > 1 else {}
        found.append(Past(period, rest[0] if rest else "", lines))
    return without_gaps(Q1, found)


# --- which periods lie before --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "told", "expected"),
    [
        ("2024Q1", "", ""),
        ("2024Q1", "2023Q4", "2023Q4"),
        ("2024Q1", "2023Q3 2023Q4", "2023Q4 2023Q3"),
        ("2024Q1", "2023Q2", "-2023Q4 -2023Q3 2023Q2"),
        ("2024-01", "2023-11 2023-12", "2023-12 2023-11"),
        ("2024-02", "2023-11", "-2024-01 -2023-12 2023-11"),
        ("2024H1", "2022H2", "-2023H2 -2023H1 2022H2"),
        ("2024", "2021 2023", "2023 -2022 2021"),
        # Other kinds of period are other rows; later ones have not happened yet.
        ("2024Q1", "2023H2 2023-12 2023 2023Q4", "2023Q4"),
        ("2024Q1", "2024Q1 2024Q2 2023Q4", "2023Q4"),
    ],
)
def test_every_period_of_the_calendar_has_its_place(period: str, told: str, expected: str) -> None:
    found = without_gaps(Period.parse(period), [Past(each, "好") for each in told.split()])

    assert " ".join(each.period if each.grade else f"-{each.period}" for each in found) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2023-12-01..2024-01-14", "2023-12-01..2024-01-14"),
        ("2023-11-01..2023-12-31", "-2024-01-01..2024-01-14 2023-11-01..2023-12-31"),
        # Of two that overlap, the later one counts.
        ("2023-12-01..2024-01-10 2024-01-01..2024-01-14", "2024-01-01..2024-01-14"),
        ("2024-01-10..2024-01-20", ""),
    ],
)
def test_chosen_periods_are_adjacent_when_no_day_lies_between(told: str, expected: str) -> None:
    period = Period.parse("2024-01-15..2024-03-14")

    found = without_gaps(period, [Past(each, "好") for each in told.split()])

    assert " ".join(each.period if each.grade else f"-{each.period}" for each in found) == expected


def test_what_names_no_period_is_no_result() -> None:
    with pytest.raises(ValueError, match="2023Q5"):
        without_gaps(Q1, [Past("2023Q5", "好")])


# --- the value of a line -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("previous: {of: x}", 50),
        ("previous: {of: x, periods: 2}", None),
        ("previous: {of: x, periods: 3}", 90),
        ("previous: {of: x, periods: 4}", None),
        ("previous: {of: x, periods: 2, gap: counts}", None),
        ("previous: {of: x, periods: 2, gap: skip}", 90),
        ("previous: {of: x, periods: 3, gap: skip}", None),
    ],
)
def test_the_value_of_an_earlier_period(line: str, expected: int | None) -> None:
    held = past("2023Q4 差 50", "2023Q2 好 90")

    step = work(f"- {{id: x, title: 得, {line}}}", past=held)

    assert step.value == expected
    assert (step.reason == "no_earlier_period") == (expected is None)


def test_a_quarter_without_result_is_named() -> None:
    step = work("- {id: x, title: 得, previous: {of: x}}", past=past("2023Q3 差 50"))

    assert dict(step.given) == {"period": "2023Q4"}


def test_a_unit_that_was_not_assessed_still_had_values() -> None:
    held = without_gaps(Q1, [Past("2023Q4", "", {"x": Fraction(50)})])

    assert work("- {id: x, title: 得, previous: {of: x}}", past=held).value == 50


def test_an_earlier_word_is_found_as_well() -> None:
    held = without_gaps(Q1, [Past("2023Q4", "", {"level": "严重"})])
    lines = """
        - {id: level, title: 级, latest: {of: check.sort}}
        - {id: x, title: 得, previous: {of: level}}
        """

    assert work(lines, past=held).value == "严重"


# --- grades in a row -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("streak: {grades: [差]}", 2),
        ("streak: {grades: [好]}", 0),
        ("streak: {grades: [好, 差]}", 2),
        ("streak: {grades: [差], gap: skip}", 3),
        ("streak: {grades: [好, 差], gap: skip}", 4),
        ("times: {grades: [差], within: 3}", 2),
        ("times: {grades: [差], within: 4}", 3),
        ("times: {grades: [差], within: 3, gap: skip}", 3),
        ("times: {grades: [好], within: 9}", 1),
    ],
)
def test_counting_grades_backwards(line: str, expected: int) -> None:
    held = past("2023Q4 差", "2023Q3 差", "2023Q1 差", "2022Q4 好")
    found = pack(scheme(f"- {{id: x, title: 得, {line}}}", GRADE))
    own = context(found, past=held)

    Assessor.of(found).assess(own)

    assert own.steps["x"].value == expected


def test_a_quarter_that_was_not_assessed_ends_the_row() -> None:
    held = past("2023Q4 差", "2023Q3", "2023Q2 差")
    found = pack(scheme("- {id: x, title: 得, streak: {grades: [差]}}", GRADE))

    sheet = assess(found, past=held).sheet

    assert sheet.score == 1
    assert dict(sheet.working.given) == {"grade.2023Q4": "差", "grade.2023Q3": "—"}
    assert from_document(to_document(sheet.working)) == sheet.working


def test_the_first_period_has_nothing_to_count() -> None:
    found = pack(scheme("- {id: x, title: 得, streak: {grades: [差]}}", GRADE))

    assert dict(assess(found).sheet.working.given) == {"earlier": "—"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("streak: {grades: []}", "policy.key_missing"),
        ("streak: {grades: [差], gap: ends}", "policy.unknown_word"),
        ("times: {grades: [差], within: 0}", "policy.out_of_range"),
        ("previous: {of: x, periods: 0}", "policy.out_of_range"),
        ("previous: {of: x, gap: 1}", "policy.unknown_word"),
        ("streak: {grades: [末]}", "scoring.unknown_grade"),
    ],
)
def test_what_would_never_be_found_is_refused(line: str, code: str) -> None:
    found = problems(scheme(f"- {{id: x, title: 得, {line}}}", GRADE))

    assert [each for each, _ in found] == [code]


def test_a_scheme_without_grades_has_none_to_count() -> None:
    found = problems(scheme("- {id: x, title: 得, streak: {grades: [差]}}"))

    assert found == [("scoring.unknown_grade", "scoring/main.yaml:6")]
