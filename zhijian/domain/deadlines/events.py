"""What happens to a duty, as far as its clock looks at it.

Every event has the moment ``at`` which it takes effect; what lies after the moment a clock is read
has not happened yet. Moments stand in the zone whose days are counted, or in another one that is
carried over; they all have a zone, or none has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Started:
    """The duty arose. ``counted_from`` is what the limit is counted from, where that is another
    day or moment: a planned day, the day a form names, the moment a fault was found.
    """

    at: datetime
    counted_from: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """Somebody recorded ``at`` that the clock stands ``since`` some moment, for a reason.

    ``until`` is empty while nobody knows the end. The pause is over before ``until``, and a
    ``Resumed`` may end it earlier.
    """

    at: datetime
    reason: str
    since: datetime | None = None
    until: datetime | None = None
    consent: bool = False

    @property
    def begins(self) -> datetime:
        """When the clock stops."""
        return self.since or self.at


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again: pauses for ``reason`` end, or without one all of them."""

    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A new time was agreed; a day means its last second."""

    at: datetime
    until: date | datetime
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Requested:
    """Somebody asked for ``count`` more, in what extensions of the limit are counted in."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The open request was granted, in full or with another ``count``, or refused."""

    at: datetime
    approved: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """The duty was done."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whoever asked for it took it back; nothing is owed any more."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """The duty was ended by those in charge without being done."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Reopened:
    """What had ended is owed again."""

    at: datetime


Change = Agreed | Requested | Decided
"""What may move the due moment by a decision."""

Ending = Completed | Withdrawn | Stopped
"""What ends a clock."""

Event = Started | Paused | Resumed | Agreed | Requested | Decided | Ending | Reopened
