"""One line of the day-by-day account of a deadline: a day, or a span of it, counted or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from zhijian.domain.dates.calendar import Why
from zhijian.domain.words import Words

Role = Literal["start", "count", "fixed", "roll", "pause", "shift", "extension", "agreed"]

ROLES: Final[tuple[Role, ...]] = (
    "start", "count", "fixed", "roll", "pause", "shift", "extension", "agreed",
)  # fmt: skip
"""Why a line stands there: it is the start, was counted or skipped, is fixed, was passed over or
moved to, was paused, is where the days of a pause were added, begins an extension, was agreed."""


@dataclass(frozen=True, slots=True)
class StripLine:
    """A day or a span; ``number`` is the running count, in whole units of the limit.

    A span goes from ``since`` up to ``until``, and ``run`` is the time that has counted by its end.
    ``note`` names the reason of a pause; a counted day with a note was paused for a part of it.
    """

    day: date
    role: Role
    counted: bool
    number: int | None
    why: Why
    since: datetime | None = None
    until: datetime | None = None
    run: timedelta | None = None
    note: Words | None = None
    extends: bool = False

    @property
    def code(self) -> str:
        """The reason for machines: the role where that is the reason, else as the calendar."""
        if self.role in ("start", "pause", "extension", "agreed"):
            return self.role
        return self.why.code
