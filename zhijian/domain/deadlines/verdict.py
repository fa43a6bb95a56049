"""What a reading of a clock came to, kept for good: a later edit of the calendar changes nothing.

A verdict is plain data with the digest of the calendar it was given by. Judging again is a new
reading, made on purpose, and gives a second verdict beside the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.clock import Clock, State
from zhijian.domain.words import NOTHING, Words

_SECOND: Final = timedelta(seconds=1)
_MOMENTS: Final = ("at", "started", "due")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the due moment rests on: ``limit``, ``pause``, ``reopening``, ``extension``,
    ``agreed``; when it came to apply, and under which clause. A pause has its reason as title.
    """

    kind: str
    at: datetime
    cites: str
    title: Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """A clock in short: state, due moment, time in whole seconds, and the law behind it.

    ``at`` is the moment that was judged: when the duty ended, or when the clock was read.
    ``unpublished`` are the years whose holidays were not published then.
    """

    limit: str
    title: Words
    state: State
    at: datetime
    ended: bool
    started: datetime | None
    due: datetime | None
    pause_is_open: bool
    in_days: bool
    allowed: int
    used: int
    remaining: int
    share: Fraction
    overdue: int
    overdue_days: int
    grounds: tuple[Ground, ...]
    unpublished: tuple[int, ...]
    calendar: str
    digest: str

    @property
    def provisional(self) -> bool:
        """Tell whether holidays that were not published then may have moved the due moment."""
        return bool(self.unpublished)

    def was_given_by(self, calendar: WorkingCalendar) -> bool:
        """Tell whether a calendar still says what it said for this verdict."""
        return self.digest == calendar.digest


def verdict(clock: Clock) -> Verdict:
    """Return the verdict of a clock."""
    used, allowed = clock.used // _SECOND, clock.allowed // _SECOND
    return Verdict(
        limit=clock.limit.id,
        title=clock.limit.title,
        state=clock.state,
        at=clock.asked,
        ended=bool(clock.run and clock.run.ended),
        started=clock.run.began if clock.run else None,
        due=clock.due,
        pause_is_open=clock.open_pause is not None,
        in_days=clock.limit.is_in_days,
        allowed=allowed,
        used=used,
        remaining=allowed - used,
        share=clock.share,
        overdue=clock.overdue_by // _SECOND,
        overdue_days=clock.overdue_days,
        grounds=tuple(_grounds(clock)),
        unpublished=clock.unpublished,
        calendar=clock.calendar.id,
        digest=clock.calendar.digest,
    )


def _grounds(clock: Clock) -> Iterator[Ground]:
    """Yield what the due moment rests on, in the order in which it came to apply."""
    if clock.run is None:
        return
    limit, *later = clock.legs
    yield Ground(limit.kind, clock.run.began, limit.cites, NOTHING)
    found = [
        Ground("pause" if each.title else "reopening", each.since, each.cites, each.title)
        for each in clock.halts
        if not clock.legs[-1].is_over(each.since)
    ]
    found += [Ground(leg.kind, leg.event.at, leg.cites, NOTHING) for leg in later if leg.event]
    yield from sorted(found, key=lambda each: each.at)


def to_data(given: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data for files, the database and programs."""
    return {each.name: _written(getattr(given, each.name)) for each in fields(Verdict)}


def from_data(data: Mapping[str, Any]) -> Verdict:
    """Return the verdict that ``to_data`` wrote."""
    moments = {name: data[name] and datetime.fromisoformat(data[name]) for name in _MOMENTS}
    return Verdict(
        **{
            **data,
            **moments,
            "title": Words(**data["title"]),
            "share": Fraction(data["share"]),
            "unpublished": tuple(data["unpublished"]),
            "grounds": tuple(_ground(each) for each in data["grounds"]),
        }
    )


def _ground(data: Mapping[str, Any]) -> Ground:
    at = datetime.fromisoformat(data["at"])
    return Ground(data["kind"], at, data["cites"], Words(**data["title"]))


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Fraction():
            return str(value)
        case Words():
            return {"zh": value.zh, "en": value.en}
        case Ground():
            return {each.name: _written(getattr(value, each.name)) for each in fields(Ground)}
        case tuple():
            return [_written(each) for each in value]
    return value
