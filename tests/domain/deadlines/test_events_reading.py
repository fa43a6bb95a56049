"""Events from data: every key is read, and nothing passes unread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zhijian.domain.deadlines.events import (
    Agreed,
    Completed,
    Decided,
    Event,
    Paused,
    Reopened,
    Requested,
    Resumed,
    Started,
    Stopped,
    Withdrawn,
)
from zhijian.domain.deadlines.events_reading import EVENT_CODES, read_event
from zhijian.domain.policy.raw import Raw, Reading, Unreadable

ZONE = ZoneInfo("Asia/Shanghai")
WHEN = "2026-02-13T09:00"
AT = datetime(2026, 2, 13, 9, tzinfo=ZONE)


def raw(value: Any) -> Raw:
    if isinstance(value, Mapping):
        value = {key: raw(each) for key, each in value.items()}
    return Raw(value, "events.yaml", 7)


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ({"event": "started"}, Started(AT)),
        (
            {"event": "started", "counted_from": date(2026, 3, 15)},
            Started(AT, date(2026, 3, 15)),
        ),
        ({"event": "started", "counted_from": "2026-02-13 09:00:00"}, Started(AT, AT)),
        ({"event": "paused", "reason": "rain"}, Paused(AT, "rain")),
        (
            {
                "event": "paused",
                "reason": "rain",
                "since": WHEN,
                "until": date(2026, 2, 14),
                "consent": True,
            },
            Paused(AT, "rain", AT, datetime(2026, 2, 14, tzinfo=ZONE), consent=True),
        ),
        ({"event": "resumed"}, Resumed(AT)),
        ({"event": "resumed", "reason": "rain"}, Resumed(AT, "rain")),
        ({"event": "agreed", "until": WHEN, "consent": True}, Agreed(AT, AT, consent=True)),
        ({"event": "agreed", "until": date(2026, 2, 20)}, Agreed(AT, date(2026, 2, 20))),
        ({"event": "requested", "count": 3}, Requested(AT, 3)),
        ({"event": "granted"}, Decided(AT, approved=True)),
        ({"event": "granted", "count": 2}, Decided(AT, approved=True, count=2)),
        ({"event": "refused"}, Decided(AT, approved=False)),
        ({"event": "completed"}, Completed(AT)),
        ({"event": "withdrawn"}, Withdrawn(AT)),
        ({"event": "stopped"}, Stopped(AT)),
        ({"event": "reopened"}, Reopened(AT)),
    ],
)
def test_every_event_has_its_words(words: dict[str, Any], event: Event) -> None:
    reading = Reading()

    assert read_event(reading, raw({"at": WHEN, **words}), ZONE) == event
    assert reading.problems == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("policy.unknown_word", {"event": "closed", "at": WHEN}),
        ("policy.key_missing", {"event": "completed"}),
        ("policy.key_missing", {"event": "paused", "at": WHEN}),
        ("policy.key_missing", {"event": "agreed", "at": WHEN}),
        ("clock.not_a_moment", {"event": "completed", "at": "2026-02-13T9:00"}),
        ("clock.not_a_moment", {"event": "completed", "at": "2026-02-30T09:00"}),
        ("clock.not_a_moment", {"event": "completed", "at": "2026-02-13T09:00+08:00"}),
        ("policy.not_a_text", {"event": "completed", "at": True}),
    ],
)
def test_an_event_that_does_not_read_well_is_refused(code: str, words: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as caught:
        read_event(Reading(), raw(words))

    assert (caught.value.problem.code, caught.value.problem.where) == (code, "events.yaml:7")
    assert {"clock.not_a_moment"} == set(EVENT_CODES)


def test_a_key_that_means_nothing_is_reported() -> None:
    reading = Reading()
    read_event(reading, raw({"event": "completed", "at": WHEN, "reason": "rain"}))

    assert [each.code for each in reading.problems] == ["policy.unknown_key"]
