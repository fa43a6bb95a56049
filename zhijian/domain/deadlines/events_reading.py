"""Strict reading of what happened to a duty, from the data of an example or a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Final

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
from zhijian.domain.policy.raw import Fields, Raw, Reading, as_day, as_text, check_years, refuse

EVENT_CODES: Final = ("clock.not_a_moment",)
"""Every code that reading events adds to those of reading at all."""

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")


def read_event(reading: Reading, raw: Raw, zone: tzinfo | None = None) -> Event:
    """Read one event, ``{event: paused, at: …, reason: …}``; its moments get ``zone``."""
    fields = _Moments(reading.fields(raw), zone)
    event = _READ[fields.own.word("event", EVENTS)](fields, fields.moment("at"))
    fields.own.close()
    return event


def read_moment(raw: Raw, zone: tzinfo | None = None) -> datetime:
    """Read a moment, ``"2026-02-13T09:00"``; a day is its first moment."""
    read = read_day_or_moment(raw, zone)
    return read if isinstance(read, datetime) else datetime.combine(read, time(), zone)


def read_day_or_moment(raw: Raw, zone: tzinfo | None = None) -> date | datetime:
    """Read a day, ``2026-02-13``, or a moment."""
    if isinstance(raw.value, date):
        return as_day(raw)
    text = as_text(raw)
    try:
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        raise refuse(raw, "clock.not_a_moment", found=text)
    check_years(raw, moment.date())
    return moment.replace(tzinfo=zone)


class _Moments:
    """The fields of an event, with moments in one zone."""

    def __init__(self, own: Fields, zone: tzinfo | None) -> None:
        self.own = own
        self._zone = zone

    def moment(self, key: str) -> datetime:
        """A moment that is needed."""
        return read_moment(self.own.need(key), self._zone)

    def maybe_moment(self, key: str) -> datetime | None:
        """A moment, or nothing."""
        raw = self.own.maybe(key)
        return None if raw is None else read_moment(raw, self._zone)

    def maybe_day(self, key: str) -> date | datetime | None:
        """A day or a moment, or nothing."""
        raw = self.own.maybe(key)
        return None if raw is None else read_day_or_moment(raw, self._zone)

    def day(self, key: str) -> date | datetime:
        """A day or a moment that is needed."""
        return read_day_or_moment(self.own.need(key), self._zone)


def _started(fields: _Moments, at: datetime) -> Event:
    return Started(at, fields.maybe_day("counted_from"))


def _paused(fields: _Moments, at: datetime) -> Event:
    return Paused(
        at,
        fields.own.text("reason"),
        since=fields.maybe_moment("since"),
        until=fields.maybe_moment("until"),
        consent=fields.own.flag("consent"),
    )


def _resumed(fields: _Moments, at: datetime) -> Event:
    return Resumed(at, fields.own.text("reason", ""))


def _agreed(fields: _Moments, at: datetime) -> Event:
    return Agreed(at, fields.day("until"), fields.own.flag("consent"))


def _requested(fields: _Moments, at: datetime) -> Event:
    return Requested(at, fields.own.whole("count"))


def _granted(fields: _Moments, at: datetime) -> Event:
    return Decided(at, True, fields.own.whole("count", 0) or None)


_READ: Final[Mapping[str, Callable[[_Moments, datetime], Event]]] = {
    "started": _started,
    "paused": _paused,
    "resumed": _resumed,
    "agreed": _agreed,
    "requested": _requested,
    "granted": _granted,
    "refused": lambda _, at: Decided(at, False),
    "completed": lambda _, at: Completed(at),
    "withdrawn": lambda _, at: Withdrawn(at),
    "stopped": lambda _, at: Stopped(at),
    "reopened": lambda _, at: Reopened(at),
}

EVENTS: Final = tuple(_READ)
"""The words for what may happen to a duty."""
