from datetime import date, timedelta
from random import Random

import pytest

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.dates.ranking import Ranking

FIRST = date(2023, 12, 1)
DAYS = [FIRST + timedelta(days=each) for each in range(400)]


def calendar(seed: int, off: int, on: int) -> WorkingCalendar:
    chance = Random(seed)
    worked = set(chance.sample(DAYS, on))
    rest = set(chance.sample(DAYS, off)) - worked
    return WorkingCalendar(frozenset(), dict.fromkeys(rest, "节日"), dict.fromkeys(worked, "节日"))


def walked(known: WorkingCalendar, day: date, count: int, step: int) -> date:
    while count:
        day += timedelta(days=step)
        count -= known.is_working(day)
    return day


@pytest.mark.parametrize(("seed", "off", "on"), [(1, 0, 0), (2, 60, 20), (3, 350, 5), (4, 5, 380)])
def test_numbers_count_what_a_walk_counts(seed: int, off: int, on: int) -> None:
    known = calendar(seed, off, on)

    for day in DAYS:
        assert known.number(day) - known.number(day - timedelta(days=1)) == known.is_working(day)
        assert known.numbered(known.number(known.on_or_before(day))) == known.on_or_before(day)
        for count in (1, 2, 7, 30):
            assert known.after(day, count) == walked(known, day, count, 1)
            assert known.before(day, count) == walked(known, day, count, -1)


def test_days_that_change_nothing_are_no_exceptions() -> None:
    saturday, monday = date(2024, 6, 1), date(2024, 6, 3)

    assert Ranking.of([saturday], [monday]) == Ranking.of([], [])
