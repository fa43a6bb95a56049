from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest

from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.rule import RULE_CODES, LimitOn, LimitRule, read_limit
from zhijian.domain.deadlines.terms import (
    Agreement,
    Extension,
    Pauses,
    Reason,
    Reminder,
    Rung,
    Stretch,
)
from zhijian.domain.deadlines.vocabulary import BadLimit
from zhijian.domain.policy.parameter import Citation, Entry, InForce, NotInForce, Parameter
from zhijian.domain.policy.raw import Raw, Reading, Unreadable
from zhijian.domain.policy.values import ParameterValue
from zhijian.domain.words import Words

SOURCE = Citation("办法", "第十二条")


TWICE = [{"id": "a", "title": "甲"}, {"id": "a", "title": "乙"}]


def raw(value: Any) -> Raw:
    if isinstance(value, Mapping):
        value = {key: raw(each) for key, each in value.items()}
    if isinstance(value, list):
        value = tuple(raw(each) for each in value)
    return Raw(value, "limits/it.yaml", 3)


def parameter(*values: ParameterValue | None, units: Any = (), groups: Any = ()) -> Parameter:
    entries = tuple(
        Entry(date(2024 + year, 1, 1), value, SOURCE, for_units=units, for_groups=groups)
        for year, value in enumerate(values)
    )
    return Parameter("days", Words("期限"), "working_day", "number", entries, date(2030, 1, 1))


PARAMETERS = {
    "days": parameter(
        Fraction(15),
        Fraction(10),
        None,
        units=(("一部", Fraction(5)),),
        groups=(("后勤", Fraction(7)),),
    )
}
FIRST = {"id": "it", "title": "限期整改", "cites": "第十二条"}


def read(**words: Any) -> LimitRule:
    reading = Reading()
    rule = read_limit(reading, raw({**FIRST, **words}), PARAMETERS)
    assert reading.problems == []
    return rule


def code(parameters: Mapping[str, Parameter] = PARAMETERS, **words: Any) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read_limit(Reading(), raw({**FIRST, **words}), parameters)
    return caught.value.problem.code, caught.value.problem.where


def test_a_limit_with_few_words_has_the_usual_ones() -> None:
    rule = read(kind="working_day", count="3")

    assert rule == LimitRule(
        Limit("it", "working_day", 3, title=Words("限期整改"), cites="第十二条")
    )
    assert rule.id == "it"
    assert rule.on(date(2024, 1, 1)) == LimitOn(rule.limit)


def test_every_word_of_a_limit() -> None:
    meeting = read(kind="day_of_month", day="10", month="1", period="quarter", which="current")
    hours = read(kind="elapsed", count="24", unit="hour", direction="before")
    days = read(
        kind="natural_day",
        count="5",
        first_day_counted=True,
        roll="forward",
        ends="to_the_minute",
    )

    assert meeting.limit.fixed == FixedDay(10, 1, "quarter", "current")
    assert read(kind="day_of_month", day=10).limit.fixed == FixedDay(10)
    assert (hours.limit.unit, hours.limit.direction, hours.limit.is_timed) == (
        *("hour", "before", True),
    )
    assert (days.limit.first_day_counted, days.limit.roll, days.limit.is_timed) == (
        *(True, "forward", True),
    )


def test_every_term_of_a_limit() -> None:
    rule = read(
        kind="working_time",
        count="8",
        unit="hour",
        hours=["08:30-12:00", "14:00-17:30"],
        pauses={
            "days": "whole",
            "cites": "三",
            "reasons": [
                {"id": "rain", "title": "下雨"},
                {
                    "id": "user",
                    "title": {"zh": "用户要求", "en": "wish"},
                    "consent": True,
                    "stops": False,
                    "cites": "四",
                },
            ],
        },
        agreed={"consent": False, "after_due": True, "cites": "五"},
        extension={"most": 5, "kind": "working_day", "times": 2, "after_due": True, "cites": "六"},
        reopening="restart",
        reminders=[
            {"share": "0.5"},
            {"before": 1, "kind": "working_day", "at": "09:00"},
            {"before": 2, "kind": "working_time", "unit": "hour"},
        ],
        escalation=[
            {"to": "leader"},
            {"to": "committee", "after": 1, "kind": "natural_day", "at": "23:59"},
        ],
    )

    limit = rule.limit
    assert limit.hours == (Span(510, 720), Span(840, 1050))
    assert limit.pauses == Pauses(
        (
            Reason("rain", Words("下雨")),
            Reason("user", Words("用户要求", "wish"), consent=True, stops=False, cites="四"),
        ),
        "whole",
        "三",
    )
    assert limit.agreed == Agreement(consent=False, after_due=True, cites="五")
    assert limit.extension == Extension(Stretch("working_day", 5), 2, after_due=True, cites="六")
    assert limit.reopening == "restart"
    assert limit.reminders == (
        Reminder(Fraction(1, 2)),
        Reminder(before=Stretch("working_day", 1), at=time(9)),
        Reminder(before=Stretch("working_time", 2, "hour")),
    )
    assert limit.escalation == (
        Rung("leader"),
        Rung("committee", Stretch("natural_day", 1), time(23, 59)),
    )


def test_terms_with_few_words_have_the_usual_ones() -> None:
    rule = read(
        kind="natural_day",
        count=3,
        pauses={"days": "touched"},
        agreed={},
        extension={"most": 2, "kind": "natural_day"},
    )

    assert rule.limit.pauses == Pauses((), "touched")
    assert rule.limit.agreed == Agreement()
    assert rule.limit.extension == Extension(Stretch("natural_day", 2))


def test_the_other_new_kinds() -> None:
    assert read(kind="at_once").limit.is_timed
    sunday = read(kind="day_of_week", day=7, which="current").limit
    assert sunday.fixed == FixedDay(7, period="week", which="current")
    window = read(kind="natural_day", count=2, direction="before", earliest=3).limit
    assert window.earliest == 3


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (
            "limit.bad_hours",
            {"kind": "working_time", "count": 1, "unit": "hour", "hours": ["9-12"]},
        ),
        ("policy.not_a_list", {"kind": "same_day", "hours": "09:00-12:00"}),
        ("limit.hours_and_kind", {"kind": "same_day", "hours": ["09:00-12:00"]}),
        ("policy.unknown_word", {"kind": "same_day", "pauses": {"days": "some"}}),
        ("limit.paused_days", {"kind": "same_day", "pauses": {}}),
        ("limit.reason_twice", {"kind": "same_day", "pauses": {"days": "whole", "reasons": TWICE}}),
        ("policy.key_missing", {"kind": "same_day", "extension": {"kind": "week"}}),
        ("limit.out_of_range", {"kind": "same_day", "extension": {"kind": "week", "most": 0}}),
        (
            "limit.out_of_range",
            {"kind": "same_day", "extension": {"kind": "week", "most": 1, "times": 0}},
        ),
        ("limit.reminder", {"kind": "same_day", "reminders": [{"at": "09:00"}]}),
        ("limit.reminder", {"kind": "same_day", "reminders": [{"share": "1.1"}]}),
        (
            "limit.not_a_time",
            {
                "kind": "same_day",
                "reminders": [{"before": 1, "kind": "natural_day", "at": "24:00"}],
            },
        ),
        ("policy.key_missing", {"kind": "same_day", "escalation": [{"after": 1}]}),
        ("limit.reminder", {"kind": "same_day", "escalation": [{"to": "leader", "at": "09:00"}]}),
        ("policy.unknown_word", {"kind": "same_day", "reopening": "again"}),
        ("policy.not_a_flag", {"kind": "same_day", "agreed": {"consent": "yes"}}),
    ],
)
def test_a_term_that_does_not_read_well_is_refused(expected: str, words: dict[str, Any]) -> None:
    assert code(**words)[0] == expected


@pytest.mark.parametrize(
    "words",
    [
        {"pauses": {"days": "whole", "stops": True}},
        {"pauses": {"days": "whole", "reasons": [{"id": "a", "title": "甲", "day": 1}]}},
        {"agreed": {"before": 1}},
        {"extension": {"most": 1, "kind": "week", "to": "leader"}},
        {"reminders": [{"share": "0.5", "to": "leader"}]},
        {"escalation": [{"to": "leader", "share": "0.5"}]},
    ],
)
def test_a_misspelt_key_of_a_term_is_reported(words: dict[str, Any]) -> None:
    reading = Reading()
    read_limit(reading, raw({**FIRST, "kind": "same_day", **words}), {})

    assert [each.code for each in reading.problems] == ["policy.unknown_key"]


@pytest.mark.parametrize(
    ("day", "unit", "group", "count"),
    [
        (date(2024, 12, 31), "", "", 15),
        (date(2025, 1, 1), "", "", 10),
        (date(2025, 1, 1), "一部", "后勤", 5),
        (date(2025, 1, 1), "二部", "后勤", 7),
    ],
)
def test_a_parameter_gives_the_count_of_its_day_and_unit(
    day: date, unit: str, group: str, count: int
) -> None:
    answer = read(kind="working_day", count="parameter.days").on(day, unit, group)

    assert isinstance(answer, LimitOn)
    assert answer.limit.count == count
    assert isinstance(answer.value, InForce)
    assert answer.value.cites == SOURCE


def test_no_limit_before_the_first_day_of_its_parameter_or_after_its_repeal() -> None:
    rule = read(kind="working_day", count="parameter.days")

    assert rule.on(date(2023, 12, 31)) == NotInForce("not_yet")
    assert rule.on(date(2026, 1, 1)) == NotInForce("repealed")


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("policy.unknown_word", {"kind": "workday", "count": "3"}),
        ("policy.key_missing", {"count": "3"}),
        ("policy.not_whole", {"kind": "working_day", "count": "2.5"}),
        ("policy.not_a_number", {"kind": "working_day", "count": "three"}),
        ("policy.not_a_flag", {"kind": "week", "count": "3", "first_day_counted": "no"}),
        ("limit.out_of_range", {"kind": "working_day", "count": "0"}),
        ("limit.out_of_range", {"kind": "working_day"}),
        ("limit.out_of_range", {"kind": "day_of_month", "day": "32"}),
        ("limit.not_rolled", {"kind": "working_day", "count": "3", "roll": "forward"}),
        ("limit.fixed_day_and_kind", {"kind": "day_of_month"}),
        ("limit.unknown_parameter", {"kind": "working_day", "count": "parameter.weeks"}),
    ],
)
def test_a_limit_that_does_not_read_well_is_refused_at_its_place(
    expected: str, words: dict[str, Any]
) -> None:
    assert code(**words) == (expected, "limits/it.yaml:3")


def test_a_misspelt_key_is_reported() -> None:
    reading = Reading()
    read_limit(reading, raw({**FIRST, "kind": "same_day", "rolls": "none"}), {})

    assert [each.code for each in reading.problems] == ["policy.unknown_key"]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("limit.parameter_not_number", parameter("三")),
        ("limit.parameter_out_of_range", parameter(Fraction(5, 2))),
        ("limit.parameter_out_of_range", parameter(Fraction(3), Fraction(0))),
        ("limit.parameter_out_of_range", parameter(Fraction(3), units=(("一部", Fraction(-1)),))),
        (
            "limit.parameter_out_of_range",
            parameter(Fraction(3), groups=(("后勤", Fraction(10**6)),)),
        ),
    ],
)
def test_a_parameter_must_give_a_possible_count_on_every_day(
    expected: str, found: Parameter
) -> None:
    assert code({"days": found}, kind="working_day", count="parameter.days")[0] == expected
    assert expected in RULE_CODES


def test_a_parameter_must_fit_the_other_words_of_its_limit() -> None:
    words = {"kind": "natural_day", "count": "parameter.days", "direction": "before"}

    assert code({"days": parameter(Fraction(5))}, **words, earliest=5)[0] == "limit.earliest"


def test_a_rule_built_by_hand_with_an_impossible_parameter_does_not_guess() -> None:
    rule = LimitRule(Limit("it", "working_day", 1), parameter(Fraction(5, 2)))

    with pytest.raises(BadLimit, match="parameter_not_number"):
        rule.on(date(2024, 1, 1))
