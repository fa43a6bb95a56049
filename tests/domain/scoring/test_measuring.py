"""Statistics over records, filters, and what missing data mean."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.tiny import (
    FILES,
    assess,
    context,
    pack,
    problems,
    record,
    scheme,
    work,
)
from zhijian.domain.records.record import Record, word_of


def checks(*points: str, month: int = 1, **more: Any) -> tuple[Record, ...]:
    return tuple(
        record("check", f"2024-{month:02}-{day:02}", points=Fraction(each), **more)
        for day, each in enumerate(points, 1)
    )


@pytest.mark.parametrize(
    ("line", "points", "expected"),
    [
        ("count: check", "1 2 3", 3),
        ("count: check.points", "1 2 3", 3),
        ("sum: check.points", "1 2 3.5", "6.5"),
        ("mean: check.points", "1 2", "1.5"),
        ("mean: check.points", "1 1 2", "4/3"),
        ("trimmed_mean: {of: check.points, drop: 1}", "0 5 7 100", 6),
        ("median: check.points", "9 1 5", 5),
        ("median: check.points", "9 1 5 6", "5.5"),
        ("min: check.points", "9 1 5", 1),
        ("max: check.points", "9 1 5", 9),
        ("latest: check.points", "9 1 5", 5),
        ("percent: {of: check, where: {points: {at_least: '5'}}}", "9 1 5", "200/3"),
        ("share: {of: check, where: {points: {above: '5'}}}", "9 1 5", "1/3"),
        ("percent: {of: check, where: {points: '9'}, among: {points: {not: '1'}}}", "9 1 5", 50),
        ("count: {of: check, where: {points: {above: parameter.limit}}}", "80 81 99", 2),
        ("percent: {of: check, where: {points: {below: parameter.limit}}}", "79 80", 50),
        ("mean: {of: check.points, each: {replace: {at_least: '95', with: '100'}}}", "94 95", 97),
        ("mean: {of: check.points, each: {times: '2'}}", "1 2", 3),
        ("sum: {of: check.points, each: {bands: [{below: '5', is: 1}, {at_least: '5', is: 2}]}}",
         "4.99 5", 3),
        ("sum: {of: check.points, each: {points: [['0', '0'], ['10', '1']]}}", "5 20", "1.5"),
        ("count: {of: check, where: {on: {before: 2024-01-02}}}", "1 2 3", 1),
        ("count: {of: check, where: {on: {after: 2024-01-01}}}", "1 2 3", 2),
        ("count: {of: check, where: {month: 2024-01}}", "1 2 3", 3),
    ],
)  # fmt: skip
def test_a_statistic(line: str, points: str, expected: Any) -> None:
    step = work(f"- {{id: x, title: 得, {line}}}", *checks(*points.split()))

    assert step.value == Fraction(expected)
    assert step.evidence.kind == "check"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("sum: check.points", "no_records"),
        ("count: check", "no_records"),
        ("mean: check.points", "no_records"),
        ("latest: check.note", "no_records"),
        ("percent: {of: check, where: {points: '1'}}", "no_records"),
        ("count: complaint", "absence_unconfirmed"),
    ],
)
def test_no_data_is_no_value(line: str, reason: str) -> None:
    step = work(f"- {{id: x, title: 得, {line}}}")

    assert (step.value, step.status, step.reason) == (None, "not_assessed", reason)


def test_it_may_hold_the_unit_up() -> None:
    step = work("- {id: x, title: 得, mean: check.points, none: block}")

    assert (step.status, step.reason) == ("blocked", "no_records")


@pytest.mark.parametrize(
    "line", ["mean: check.points", "percent: {of: check, where: {points: '1'}}"]
)
def test_a_number_to_go_on_with_is_told(line: str) -> None:
    step = work(f"- {{id: x, title: 得, {line}, none: {{use: '60', because: 规定}}}}")

    assert (step.value, step.status) == (60, "assessed")
    assert {"assumed": "60", "because": "no_records"}.items() <= dict(step.given).items()


def test_nothing_of_an_event_is_zero_where_the_pack_says_so() -> None:
    assert work("- {id: x, title: 得, sum: accident.points}").value == 0


def test_nothing_of_an_event_is_zero_once_somebody_confirms_it() -> None:
    confirmed = record("confirmation", "2024-03-31", by="王")

    assert work("- {id: x, title: 得, count: complaint}", confirmed).value == 0


def test_records_of_which_none_counts_are_zero() -> None:
    line = "- {id: x, title: 得, count: {of: check, where: {points: '9'}}}"

    assert work(line, *checks("1")).value == 0


@pytest.mark.parametrize(("count", "expected"), [(2, None), (3, 1)])
def test_the_least_number_of_records(count: int, expected: int | None) -> None:
    step = work("- {id: x, title: 得, mean: check.points, minimum: 3}", *checks(*"1" * count))

    assert step.value == expected
    assert step.reason == ("" if expected else "too_few")


@pytest.mark.parametrize(("count", "expected"), [(1, None), (2, 100)])
def test_the_least_number_to_divide_by(count: int, expected: int | None) -> None:
    line = "- {id: x, title: 得, percent: {of: check, where: {points: '1'}}, minimum: 2}"

    assert work(line, *checks(*"1" * count)).value == expected


def test_too_few_to_drop_at_each_end() -> None:
    line = "- {id: x, title: 得, trimmed_mean: {of: check.points, drop: 1}}"

    assert work(line, *checks("1", "2")).reason == "too_few"


MONTHLY = "- {id: x, title: 得, mean: {of: check.points, per: month, every: month}, none: block}"


def test_a_missing_month_blocks_and_is_named() -> None:
    step = work(MONTHLY, *checks("90", month=1), *checks("80", month=3))

    assert (step.value, step.status, step.reason) == (None, "blocked", "months_missing")
    assert dict(step.given)["missing_months"] == "2024-02"


def test_the_mean_of_the_months_is_not_that_of_the_records() -> None:
    step = work(
        MONTHLY, *checks("90", "80", month=1), *checks("100", month=2), *checks("95", month=3)
    )

    # (85 + 100 + 95) ÷ 3
    assert step.value == Fraction(280, 3)
    assert step.evidence.months == (("2024-01", 85), ("2024-02", 100), ("2024-03", 95))


def test_a_month_without_events_counts_as_zero() -> None:
    line = "- {id: x, title: 得, sum: {of: accident.points, per: month}}"

    assert work(line, record("accident", points=Fraction(6))).value == 2


def test_days_overdue_run_to_the_end_of_the_period() -> None:
    line = "- {id: x, title: 得, days_overdue: {of: check, due: due, done: done}}"
    due = date(2024, 3, 1)

    step = work(
        line,
        record("check", key="late", due=due, done=date(2024, 3, 4)),
        record("check", key="early", due=due, done=date(2024, 2, 4)),
        record("check", key="open", due=due),
        record("check", key="none"),
    )

    # 3 days late, none, 30 days until the last of March; without a due day nothing counts.
    assert step.value == 33
    assert step.evidence.count == 3


def test_the_latest_may_be_converted() -> None:
    line = "- {id: x, title: 得, latest: {of: check.points, each: {%s}}}"
    words = "bands: [{below: '5', is: 低}, {at_least: '5', is: 高}]"

    assert work(line % "times: '2'", *checks("4")).value == 8
    # Only what is added up or averaged must be numbers.
    assert work(line % words, *checks("4")).value == "低"


def test_bands_convert_what_the_factor_makes_of_a_record() -> None:
    bands = "[{below: '10', is: '1'}, {at_least: '10', is: '2'}]"
    line = (
        f"- {{id: x, title: 得, sum: {{of: check.points, each: {{times: '2', bands: {bands}}}}}}}"
    )

    assert work(line, *checks("4.99", "5")).value == 3


def test_the_latest_of_one_day_is_the_one_entered_last() -> None:
    found = work(
        "- {id: x, title: 得, latest: check.note}",
        record("check", "2024-01-05", note="b"),
        record("check", "2024-01-05", note="c"),
        record("check", "2024-01-02", note="a"),
        record("check", "2024-01-31"),
    )

    assert found.value == "c"
    assert found.evidence.count == 1


@pytest.mark.parametrize(("value", "word"), [(True, "true"), (date(2024, 1, 2), "2024-01-02")])
def test_the_latest_of_other_types_is_a_word(value: Any, word: str) -> None:
    field = "good" if isinstance(value, bool) else "due"
    line = f"- {{id: x, title: 得, latest: check.{field}}}"

    assert work(line, record("check", **{field: value})).value == word


def test_values_have_words() -> None:
    assert [word_of(each) for each in (None, False, Fraction(1, 2), "甲")] == [
        "", "false", "0.5", "甲",
    ]  # fmt: skip


def test_the_circumstances_are_told() -> None:
    line = """
        - id: x
          title: 得
          trimmed_mean:
            {of: check.points, drop: 1, per: month, where: {points: {above: "0.5", below: "9"}}}
        """

    step = work(line, *checks("1", "2", "3"))

    assert dict(step.given) == {
        "where.points": "above 0.5, below 9",
        "per": "month",
        "drop": "1",
    }


@pytest.mark.parametrize(
    ("where", "counted"),
    [
        ("{sort: 甲类}", 1),
        ("{sort: {not: 甲类}}", 3),
        ("{sort: {one_of: [甲类, 乙类]}}", 2),
        ("{sort: {none_of: [甲类, 乙类]}}", 2),
        ("{sort: '1'}", 1),
        ("{sort: {empty: true}}", 1),
        ("{note: {empty: false}}", 1),
        ("{good: true}", 1),
        ("{good: {not: true}}", 3),
        ("{due: 2024-03-01}", 1),
        ("{due: {between: [2024-03-01, 2024-03-02]}}", 1),
        ("{due: {before: 2024-03-01}}", 0),
        ("{points: {at_most: '5'}}", 1),
        ("{note: {before: b}}", 0),
        ("{note: {between: [a, c]}}", 1),
    ],
)
def test_a_filter(where: str, counted: int) -> None:
    step = work(
        f"- {{id: x, title: 得, count: {{of: check, where: {where}}}}}",
        record("check", key="1", sort="甲类", good=True, points=Fraction(5)),
        record("check", key="2", sort="乙类", due=date(2024, 3, 1)),
        record("check", key="3", sort="1", note="b", good=False),
        record("check", key="4"),
    )

    assert step.value == counted


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("count: {of: check, where: {sort: 丙类}}", "scoring.field_kind"),
        ("count: {of: check, where: {sort: {one_of: [甲类, 丙类]}}}", "scoring.field_kind"),
        ("count: {of: check, where: {sort: {above: '3'}}}", "scoring.field_kind"),
        ("count: {of: check, where: {points: 甲}}", "scoring.field_kind"),
        ("count: {of: check, where: {points: {before: 2024-01-01}}}", "scoring.field_kind"),
        ("count: {of: check, where: {due: {above: '3'}}}", "scoring.field_kind"),
        ("count: {of: check, where: {due: 甲}}", "scoring.field_kind"),
        ("count: {of: check, where: {good: 是}}", "scoring.field_kind"),
        ("count: {of: check, where: {on: 五月}}", "scoring.field_kind"),
        ("count: {of: check, where: {points: {}}}", "policy.empty_list"),
        ("count: {of: check, where: {points: {over: '3'}}}", "policy.unknown_word"),
        ("count: {of: check, where: {points: {between: ['3']}}}", "policy.not_a_pair"),
        ("count: {of: check, where: {points: {empty: '3'}}}", "policy.not_a_flag"),
        ("count: {of: check, where: {note: {line: y}}}", "scoring.unknown_line"),
        ("count: {of: check, where: {mark: '3'}}", "scoring.unknown_field"),
        ("count: {of: check, where: {note: {line: a, not: b}}}", "scoring.two_keys"),
        ("percent: {of: check, where: {note: {line: a}}}", "scoring.two_keys"),
        ("sum: check", "scoring.field_needed"),
        ("sum: {of: check, each: {times: '2'}}", "scoring.field_needed"),
        ("days_overdue: check", "policy.key_missing"),
        ("days_overdue: {of: check, due: due}", "policy.key_missing"),
        ("trimmed_mean: {of: check.points, drop: -1}", "policy.out_of_range"),
        ("mean: {of: check.points, each: {replace: {with: '1'}}}", "policy.empty_list"),
        ("mean: check.points, none: ignore", "policy.unknown_word"),
        ("mean: check.points, none: {use: '5'}", "policy.key_missing"),
    ],
)
def test_a_measure_that_means_nothing_is_refused(line: str, code: str) -> None:
    lines = f"- {{id: a, title: 甲, latest: check.note}}\n- {{id: x, title: 得, {line}}}"

    assert [each for each, _ in problems(scheme(lines))] == [code]


def test_all_measures_are_known_before_records_are_read() -> None:
    lines = """
        - {id: a, title: 甲, mean: check.points}
        - {id: b, title: 乙, mean: check.points}
        - {id: c, title: 丙, percent: {of: check, where: {points: {above: parameter.limit}}}}
        - {id: x, title: 得, add: [a, b, c]}
        """
    found = pack(scheme(lines))

    asked = found.scheme().measures(context(found).law)

    assert [each.statistic for each in asked] == ["mean", "count", "count"]


def test_the_keys_of_very_many_records_are_cut_and_their_number_is_not() -> None:
    many = [record("check", key=str(number), points=Fraction(1)) for number in range(1200)]

    step = work("- {id: x, title: 得, sum: check.points}", *many)

    assert (step.value, step.evidence.count, len(step.evidence.keys)) == (1200, 1200, 1000)


def test_a_score_that_is_blocked_has_no_money_and_no_grade() -> None:
    result = assess(pack({**FILES, **scheme(MONTHLY)}))

    assert (result.status, result.sheet.score, result.yuan) == ("blocked", None, None)
