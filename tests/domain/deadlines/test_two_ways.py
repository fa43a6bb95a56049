"""Two ways of counting, written apart, agree on a hundred thousand random limits.

The second way (``slow``) walks day by day and tick by tick. Its walks are kept short; the first way
does not know how long they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from fractions import Fraction
from random import Random

import pytest

from tests.domain.deadlines import slow
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.clock import clock_at
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import Completed, Event, Paused, Reopened, Started
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.terms import Pauses, Reason
from zhijian.domain.deadlines.vocabulary import PERIODS
from zhijian.domain.words import Words

#: Whether every branch is tried is seen by other tests; watching so many cases takes long.
pytestmark = pytest.mark.no_cover
WAITING = Words("等待")
TICK = timedelta(minutes=1)
REASONS = (Reason("waiting", WAITING),)
FIRST = datetime(2023, 11, 1)  # noqa: DTZ001
# A walk minute by minute through the nights is long, so there are fewer of them.
TICKS = [(1, 4_000), (5, 10_000), (15, 13_000), (60, 13_000)]
ROLLS = ("none", "none", "forward", "backward")
MOST = {"natural_day": 20, "working_day": 15, "week": 3, "month": 1}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def calendars(chance: Random) -> list[WorkingCalendar]:
    days = [FIRST.date() + timedelta(days=each) for each in range(500)]
    drawn = [(chance.sample(days, 60), chance.sample(days, 20)) for _ in range(20)]
    return [
        WorkingCalendar(
            frozenset({2023, 2024, 2025, 2026}),
            dict.fromkeys(set(off) - set(on), "节日"),
            dict.fromkeys(on, "节日"),
        )
        for off, on in drawn
    ]


def in_days(chance: Random) -> Limit:
    """A limit in days; those that can be paused are."""
    kind = chance.choice(("natural_day", "working_day", "week", "month", "same_day", "fixed"))
    if kind == "fixed":
        return fixed(chance)
    if kind == "same_day":
        return Limit("it", kind, pauses=pauses(chance))
    before = chance.random() < 0.2
    return Limit(
        "it",
        kind,
        chance.randint(1, MOST[kind]),
        direction="before" if before else "after",
        first_day_counted=not before and chance.random() < 0.3,
        roll="none" if kind == "working_day" else chance.choice(ROLLS),
        ends=chance.choice(("end_of_day", "to_the_minute")),
        pauses=None if before else pauses(chance),
    )


def pauses(chance: Random) -> Pauses:
    return Pauses(REASONS, chance.choice(("touched", "whole")))


def fixed(chance: Random) -> Limit:
    which = chance.choice(("following", "current"))
    if chance.random() < 0.3:
        day = FixedDay(chance.randint(1, 7), period="week", which=which)
        return Limit("it", "day_of_week", fixed=day, roll=chance.choice(ROLLS))
    period = chance.choice(PERIODS[:2])
    month = chance.randint(1, MONTHS[period])
    day = FixedDay(chance.randint(1, 31), month, period, which)
    return Limit("it", "day_of_month", fixed=day, roll=chance.choice(ROLLS))


def in_hours(chance: Random, tick: timedelta) -> Limit:
    """A limit of at most fifty ticks, within working hours or day and night."""
    minutes = chance.randint(1, 50) * int(tick.total_seconds() // 60)
    unit, count = ("hour", minutes // 60) if minutes % 60 == 0 else ("minute", minutes)
    ends = "to_the_minute"
    if chance.random() < 0.4:
        before = chance.random() < 0.2
        direction = "before" if before else "after"
        term = None if before else Pauses(REASONS)
        return Limit("it", "elapsed", count, unit, direction, ends=ends, pauses=term)
    hours = spans(chance)
    return Limit("it", "working_time", count, unit, ends=ends, hours=hours, pauses=Pauses(REASONS))


def spans(chance: Random) -> tuple[Span, ...]:
    """One to three spans on full hours, the last of which may end at midnight."""
    hours = sorted(chance.sample(range(25), 2 * chance.randint(1, 3)))
    return tuple(
        Span(opens * 60, closes * 60) for opens, closes in zip(*[iter(hours)] * 2, strict=True)
    )


def halts(chance: Random, start: datetime, step: timedelta) -> tuple[Halt, ...]:
    """Up to three pauses that may overlap, meet, begin before the start or be empty."""
    found = []
    for _ in range(chance.choice((0, 1, 2, 3))):
        since = start + chance.randint(-8, 60) * step
        found.append(Halt(since, since + chance.randint(0, 20) * step, WAITING))
    return tuple(found)


def at_six(chance: Random) -> datetime:
    return FIRST + timedelta(days=chance.randrange(400), hours=6 * chance.randrange(4))


@pytest.mark.parametrize("seed", range(6))
def test_sixty_thousand_limits_in_days(seed: int) -> None:
    chance = Random(seed)
    known = calendars(chance)
    limits = [in_days(chance) for _ in range(300)]
    for _ in range(10_000):
        limit, calendar = chance.choice(limits), chance.choice(known)
        start = at_six(chance)
        stood = halts(chance, start, timedelta(hours=6)) if limit.pauses else ()

        found = due(limit, start, calendar, stood).at

        assert found == slow.runs_out(limit, start, calendar, stood), (limit, start, stood)


@pytest.mark.parametrize(("minutes", "cases"), TICKS)
def test_forty_thousand_limits_in_hours(minutes: int, cases: int) -> None:
    chance, tick = Random(minutes), timedelta(minutes=minutes)
    known = calendars(chance)
    limits = [in_hours(chance, tick) for _ in range(300)]
    for _ in range(cases):
        limit, calendar = chance.choice(limits), chance.choice(known)
        start = FIRST + timedelta(days=chance.randrange(400)) + chance.randrange(1440) * tick
        stood = halts(chance, start, tick) if limit.pauses else ()

        found = due(limit, start, calendar, stood).at

        assert found == slow.runs_out(limit, start, calendar, stood, tick), (limit, start, stood)


@pytest.mark.parametrize("seed", range(2))
def test_the_time_that_a_clock_has_used_is_what_a_walk_counts(seed: int) -> None:
    chance, tick = Random(seed), timedelta(hours=1)
    known = calendars(chance)
    for _ in range(1_000):
        limit, calendar = in_hours(chance, tick), chance.choice(known)
        start = FIRST + timedelta(days=chance.randrange(400), hours=chance.randrange(24))
        stood = halts(chance, start, tick) if limit.pauses else ()
        moment = start + chance.randint(0, 100) * tick
        events = [Paused(FIRST, "waiting", each.since, each.until) for each in stood]

        clock = clock_at([Started(start), *events], limit, calendar, moment)

        assert clock.due == due(limit, start, calendar, stood).at
        if limit.direction == "after":
            assert clock.used == walked(limit, start, min(moment, clock.due), calendar, stood)
            assert clock.remaining == clock.allowed - clock.used
            assert clock.reach(Fraction(1)) == clock.due


def walked(
    limit: Limit, start: datetime, end: datetime, calendar: WorkingCalendar, stood: tuple[Halt, ...]
) -> timedelta:
    """Count the hours one by one."""
    counted, now = timedelta(), start
    while now < end:
        if slow.runs(limit, now, calendar) and not any(e.since <= now < e.until for e in stood):
            counted += timedelta(hours=1)
        now += timedelta(hours=1)
    return counted


@pytest.mark.parametrize("seed", range(2))
def test_both_runs_of_what_began_anew_are_what_a_walk_counts(seed: int) -> None:
    chance = Random(seed)
    known = calendars(chance)
    limits = [each for each in (in_days(chance) for _ in range(300)) if each.pauses]
    anew = [replace(each, reopening="restart") for each in limits if each.fixed is None]
    for _ in range(2_000):
        limit, calendar, start = chance.choice(anew), chance.choice(known), at_six(chance)
        ended = start + timedelta(hours=6 * chance.randint(1, 30))
        again = ended + timedelta(hours=6 * chance.randint(0, 6))
        before, after = (halts(chance, each, timedelta(hours=6)) for each in (start, again))
        events: list[Event] = [Started(start), Completed(ended), Reopened(again)]
        events += [Paused(min(e.since, ended - TICK), "waiting", e.since, e.until) for e in before]
        events += [Paused(again + TICK, "waiting", e.since, e.until) for e in after]

        clock = clock_at(events, limit, calendar, again + timedelta(days=500))

        cut = [replace(each, until=min(each.until, ended)) for each in before]
        late = [replace(each, since=max(each.since, again)) for each in after]
        first, second = (tuple(e for e in each if e.since < e.until) for each in (cut, late))
        case = (limit, start, ended, again, first, second)
        assert clock.due == slow.runs_out(limit, again, calendar, second), case
        assert clock.earlier[0].due == slow.runs_out(limit, start, calendar, first), case


@pytest.mark.parametrize("seed", range(2))
def test_the_days_that_a_clock_has_used_are_what_a_walk_counts(seed: int) -> None:
    chance = Random(seed)
    known = calendars(chance)
    for _ in range(1_000):
        limit, calendar, start = in_days(chance), chance.choice(known), at_six(chance)
        if not is_whole_days(limit):
            continue
        stood = halts(chance, start, timedelta(hours=6))
        events = [Paused(FIRST, "waiting", each.since, each.until) for each in stood]
        moment = datetime.combine(start + timedelta(days=chance.randint(1, 40)), time())

        clock = clock_at([Started(start), *events], limit, calendar, moment)

        assert clock.due == due(limit, start, calendar, stood).at
        days = [start.date() + timedelta(days=each) for each in range(1, 200)]
        counted = [
            day
            for day in days
            if day <= min(moment - timedelta(days=1), clock.due).date()
            and (limit.kind != "working_day" or slow.is_working(day, calendar))
            and not slow.stands(limit, day, stood)
        ]
        assert clock.used == timedelta(days=len(counted))
        assert clock.allowed == timedelta(days=limit.count * (7 if limit.kind == "week" else 1))


def is_whole_days(limit: Limit) -> bool:
    counted = ("natural_day", "working_day", "week")
    first_day = limit.first_day_counted or limit.roll != "none"
    return limit.kind in counted and limit.pauses is not None and not (first_day or limit.is_timed)
