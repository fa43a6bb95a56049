"""One stretch of a clock's time: the limit itself, an extension of it, or an agreed time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from zhijian.domain.deadlines.due import Due
from zhijian.domain.deadlines.events import Agreed, Decided
from zhijian.domain.deadlines.halts import as_gaps
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.meter import Dial, EveryMoment, Meter
from zhijian.domain.deadlines.terms import Extension, Pauses
from zhijian.domain.deadlines.vocabulary import COUNTED, ROLLING, TIMED

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of time. ``at`` is the last second in time while the leg is the last one.

    Time counts from the instant ``begins`` up to ``closes``, as the ``meter`` reads it. ``due``
    is how the moment was counted; an agreed time was not counted.
    """

    kind: Literal["limit", "extension", "agreed"]
    at: datetime
    cites: str
    dial: Dial
    meter: Meter
    begins: int
    closes: int
    due: Due | None = None
    event: Agreed | Decided | None = None

    @property
    def ends_with_day(self) -> bool:
        """Tell whether the whole last day is left, and not only until a time of day."""
        return self.closes != self.dial.instant(self.at)

    @property
    def allowed(self) -> int:
        """How much time counts in this leg, in microseconds."""
        return self.meter.between(self.begins, self.closes)

    def used(self, moment: datetime) -> int:
        """How much of it has counted by a moment, in microseconds."""
        return self.meter.between(self.begins, min(self.dial.instant(moment), self.closes))

    def reach(self, amount: int) -> datetime:
        """Return the moment at which so many microseconds of this leg have counted."""
        return self.dial.moment(self.meter.reach(self.begins, amount))

    def is_over(self, moment: datetime) -> bool:
        """Tell whether no time is left at a moment, so that nothing can stand any more."""
        return self.dial.instant(moment) >= self.closes

    def is_late(self, moment: datetime) -> bool:
        """Tell whether a moment lies after the last second in time."""
        return moment.replace(microsecond=0) > self.at


def leg_of_limit(due: Due, began: datetime) -> Leg:
    """Return the first leg. Time that is not counted from the start runs from when it began."""
    counting, limit = due.counting, due.limit
    if limit.direction == "after" and limit.kind in COUNTED:
        return _counted("limit", due, limit.cites)
    dial = Dial(began.tzinfo)
    return Leg(
        "limit",
        due.at,
        limit.cites,
        dial,
        Meter(EveryMoment(), as_gaps(counting.paused)),
        dial.instant(began),
        _closes(dial, due),
        due,
    )


def leg_of_extension(due: Due, cites: str, event: Decided) -> Leg:
    """Return the leg that an extension adds."""
    return _counted("extension", due, cites, event)


def leg_of_agreement(until: datetime, cites: str, event: Agreed, began: datetime) -> Leg:
    """Return the leg that replaces all before it: plain time from the start of the run."""
    dial = Dial(began.tzinfo)
    whole_day = not isinstance(event.until, datetime)
    closes = dial.instant(until + _SECOND if whole_day else until)
    meter = Meter(EveryMoment())
    return Leg("agreed", until, cites, dial, meter, dial.instant(began), closes, event=event)


def extending(limit: Limit, term: Extension, count: int) -> Limit:
    """Return an extension as a limit of its own, counted from the old due moment."""
    kind = term.most.kind
    in_days = kind not in TIMED
    timed = limit.is_timed or not in_days
    days = limit.pauses.days if limit.pauses and in_days else ""
    return Limit(
        id=limit.id,
        kind=kind,
        count=count,
        unit=term.most.unit,
        roll=limit.roll if kind in ROLLING else "none",
        ends="to_the_minute" if timed else "end_of_day",
        hours=limit.hours if kind == "working_time" else (),
        pauses=Pauses(days=days) if limit.pauses else None,
        title=limit.title,
        cites=term.cites or limit.cites,
    )


def _counted(
    kind: Literal["limit", "extension"], due: Due, cites: str, event: Decided | None = None
) -> Leg:
    counting = due.counting
    dial = counting.dial
    closes = _closes(dial, due)
    return Leg(kind, due.at, cites, dial, counting.meter, counting.begins, closes, due, event)


def _closes(dial: Dial, due: Due) -> int:
    """Return the instant at which the time is over: the due moment, or the midnight after it."""
    return dial.instant(due.at if due.limit.is_timed else due.at + _SECOND)
