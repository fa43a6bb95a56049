"""An effect is judged by the days after the action: the first is the next day, the last counts."""

from __future__ import annotations

from datetime import date

import pytest

from zhijian.domain.statistics.effect import MET, MISSED, RUNNING, effect_of

DONE = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("found", "today", "state"),
    [
        ([], date(2026, 3, 31), RUNNING),
        ([], date(2026, 4, 1), MET),
        ([date(2026, 3, 1)], date(2026, 4, 1), MET),
        ([date(2026, 3, 2)], date(2026, 4, 1), MET),
        ([date(2026, 3, 2), date(2026, 3, 31)], date(2026, 4, 1), MISSED),
        ([date(2026, 3, 2), date(2026, 4, 1)], date(2026, 4, 2), MET),
        ([date(2026, 3, 2), date(2026, 3, 3)], date(2026, 3, 3), MISSED),
        ([date(2026, 3, 2), date(2026, 3, 9)], date(2026, 3, 8), RUNNING),
    ],
)
def test_at_most_one_within_thirty_days(found: list[date], today: date, state: str) -> None:
    effect = effect_of(found, starts=DONE, days=30, most=1, today=today)

    assert effect.state == state
    assert (effect.first, effect.last) == (date(2026, 3, 2), date(2026, 3, 31))
    assert all(effect.first <= each <= effect.last for each in effect.found)
