"""What may happen to a limit once it runs: pauses, agreed times, extensions, reminders.

Nothing happens that the regulation does not provide for: without the term, an event changes
nothing and the clock says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from itertools import pairwise
from typing import Final

from zhijian.domain.deadlines.vocabulary import (
    MEASURED,
    MOST,
    OFFSETS,
    PAUSED_DAYS,
    STRETCHES,
    UNITS,
    BadLimit,
    between,
    one_of,
)
from zhijian.domain.words import Words

_TIMES: Final = 99


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time counted in one way: two hours, three working days."""

    kind: str
    count: int
    unit: str = ""

    def __post_init__(self) -> None:
        one_of("kind", self.kind, STRETCHES)
        if self.kind in MEASURED:
            one_of("unit", self.unit, UNITS)
        elif self.unit:
            raise BadLimit("limit.unit_not_elapsed", kind=self.kind)
        between("count", self.count, MOST[self.unit or self.kind])


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to pause. One that does not stop the clock is recorded and moves nothing."""

    id: str
    title: Words
    consent: bool = False
    stops: bool = True
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Pauses:
    """For which reasons the clock stands, and which ``days`` a pause takes out.

    A limit in minutes or hours loses exactly the time of the pause and says nothing of days.
    """

    reasons: tuple[Reason, ...] = ()
    days: str = ""
    cites: str = ""

    def __post_init__(self) -> None:
        if self.days:
            one_of("days", self.days, PAUSED_DAYS)
        for earlier, later in pairwise(sorted(each.id for each in self.reasons)):
            if earlier == later:
                raise BadLimit("limit.reason_twice", found=later)

    def reason(self, name: str) -> Reason | None:
        """Return a reason by its id, if the regulation has it."""
        return next((each for each in self.reasons if each.id == name), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A time agreed with the other side takes the place of the due moment.

    ``consent``: only with the consent on record; ``after_due``: also once the limit is over.
    """

    consent: bool = True
    after_due: bool = False
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """So much more from the old due moment, on request and approval.

    ``most`` is the longest that one extension may be, ``times`` how many there may be, and
    ``after_due`` tells whether a request is still good once the limit is over.
    """

    most: Stretch
    times: int = 1
    after_due: bool = False
    cites: str = ""

    def __post_init__(self) -> None:
        between("times", self.times, _TIMES)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder when a ``share`` of the time is used, or a stretch ``before`` it runs out.

    ``at`` is the time of day for stretches in days.
    """

    share: Fraction | None = None
    before: Stretch | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.before is None):
            raise BadLimit("limit.reminder")
        if self.share is not None and not 0 < self.share <= 1:
            raise BadLimit("limit.reminder")
        _check_offset(self.before, self.at)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of an escalation: ``after`` the due moment, or as it passes, ``to`` a role."""

    to: str
    after: Stretch | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        _check_offset(self.after, self.at)


def check_ladder(rungs: tuple[Rung, ...]) -> None:
    """Refuse a level that would come before the one below it."""
    for level, (lower, higher) in enumerate(pairwise(rungs), start=2):
        one, two = lower.after, higher.after
        if one and (two is None or (_alike(one, two) and one.count > two.count)):
            raise BadLimit("limit.ladder_order", level=level)


def _alike(one: Stretch, two: Stretch) -> bool:
    return (one.kind, one.unit) == (two.kind, two.unit)


def _check_offset(stretch: Stretch | None, at: time | None) -> None:
    if stretch is not None:
        one_of("kind", stretch.kind, OFFSETS)
    if at is not None and (stretch is None or stretch.kind in MEASURED):
        raise BadLimit("limit.reminder")
