"""Every duty with a time that the sources name comes out as counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import Completed, Started
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.rule import read_limit
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.packs.calendars import load_calendar

HERE = Path(__file__).parent
INDEX = yaml.safe_load((HERE / "deadline_index.yaml").read_text(encoding="utf-8"))
SHANGHAI = ZoneInfo("Asia/Shanghai")
SOURCES = {
    *("S-01", "S-05", "S-07", "S-08", "S-09", "S-11", "S-12", "S-16", "S-17", "S-19", "S-20"),
    *("S-24", "S-26", "S-28", "S-29", "S-32", "S-34", "S-38", "S-40", "S-45", "S-47", "S-48"),
    *("S-50", "S-55", "S-59", "S-62", "S-65", "S-66"),
}


def cases() -> Iterator[object]:
    for row in INDEX:
        for case in row.get("cases", ()):
            name = f"{row['source']} {row['duty']} {case['from']}"
            yield pytest.param(row["limit"], case, id=name)


def limit_of(words: dict[str, Any]) -> Limit:
    """Read the limit as strictly as a pack is read."""
    reading = Reading()
    content = {"id": "it", "title": "时限", "cites": "第一条", **words}
    fields = {key: Raw(value, "limits/it.yaml", 1) for key, value in content.items()}
    rule = read_limit(reading, Raw(fields, "limits/it.yaml", 1), {})
    assert reading.problems == []
    return rule.limit


def moment(value: str | date) -> datetime:
    return datetime.fromisoformat(str(value)).replace(tzinfo=SHANGHAI)


def day_or_moment(value: str | date) -> date | datetime:
    return moment(value) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def china() -> WorkingCalendar:
    return load_calendar(HERE.parents[1] / "packs" / "calendar-cn")


@pytest.mark.parametrize(("words", "case"), list(cases()))
def test_a_duty_falls_due_when_its_source_says(
    words: dict[str, Any], case: dict[str, Any], china: WorkingCalendar
) -> None:
    limit = limit_of(words)
    began = moment(case["from"])
    start = day_or_moment(case.get("counted_from", began.isoformat()[:19]))

    found = due(limit, start, china)

    assert f"{found.at:%Y-%m-%dT%H:%M:%S}".startswith(str(case["due"]))
    if "warnings" in case:
        assert " ".join(each.code for each in found.warnings) == case["warnings"]

    def read(done: str) -> Clock:
        events = [Started(began, start), Completed(moment(done))]
        return clock_at(events, limit, china, moment("2030-01-01"))

    if "in_time" in case:
        clock = read(case["in_time"])
        assert (clock.state, clock.overdue_days) == ("met", 0)
        assert " ".join(each.code for each in clock.remarks) == case.get("remarks", "")
    if "late" in case:
        clock = read(case["late"])
        assert clock.state == "overdue"
        assert clock.overdue_days == case.get("days_late", clock.overdue_days)


def test_no_source_with_a_time_is_left_out() -> None:
    assert {row["source"] for row in INDEX} >= SOURCES
    assert all(("cases" in row) is not ("why" in row) for row in INDEX)
