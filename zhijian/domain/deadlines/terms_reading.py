"""Strict reading of what may happen to a limit: pauses, agreed times, extensions, reminders."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Final, TypeVar

from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.terms import (
    Agreement,
    Extension,
    Pauses,
    Reason,
    Reminder,
    Rung,
    Stretch,
)
from zhijian.domain.deadlines.vocabulary import OFFSETS, PAUSED_DAYS, STRETCHES, UNITS, BadLimit
from zhijian.domain.policy.raw import Fields, Raw, Reading, as_text, refuse

TERM_CODES: Final = ("limit.not_a_time",)
"""Every code that reading the terms of a limit adds to those of the limit itself."""

T = TypeVar("T")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def built(raw: Raw, build: Callable[[], T]) -> T:
    """Return what ``build`` makes, or refuse it at the place of ``raw``."""
    try:
        return build()
    except BadLimit as bad:
        raise refuse(raw, bad.code, **bad.facts) from None


def read_hours(fields: Fields) -> tuple[Span, ...]:
    """Read the spans of a working day, ``["08:30-12:00", "14:00-17:30"]``."""
    return tuple(_read_span(raw) for raw in fields.items("hours"))


def read_pauses(reading: Reading, raw: Raw | None) -> Pauses | None:
    """Read for which reasons the clock stands."""
    if raw is None:
        return None
    fields = reading.fields(raw)
    reasons = tuple(_read_reason(reading, each) for each in fields.items("reasons"))
    days, cites = fields.word("days", PAUSED_DAYS, ""), fields.text("cites", "")
    fields.close()
    return built(raw, lambda: Pauses(reasons, days, cites))


def read_agreed(reading: Reading, raw: Raw | None) -> Agreement | None:
    """Read whether an agreed time may take the place of the due moment."""
    if raw is None:
        return None
    fields = reading.fields(raw)
    agreement = Agreement(
        consent=fields.flag("consent", default=True),
        after_due=fields.flag("after_due"),
        cites=fields.text("cites", ""),
    )
    fields.close()
    return agreement


def read_extension(reading: Reading, raw: Raw | None) -> Extension | None:
    """Read how much longer the limit may become on request."""
    if raw is None:
        return None
    fields = reading.fields(raw)
    most = _read_stretch(fields, "most", STRETCHES)
    times, after_due = fields.whole("times", 1), fields.flag("after_due")
    cites = fields.text("cites", "")
    fields.close()
    return built(raw, lambda: Extension(most, times, after_due, cites))


def read_reminder(reading: Reading, raw: Raw) -> Reminder:
    """Read one reminder: at a share of the time, or a stretch before it runs out."""
    fields = reading.fields(raw)
    share = fields.number("share") if "share" in fields else None
    before = _read_stretch(fields, "before", OFFSETS) if "before" in fields else None
    at = _read_time(fields)
    fields.close()
    return built(raw, lambda: Reminder(share, before, at))


def read_rung(reading: Reading, raw: Raw) -> Rung:
    """Read one level of an escalation; without ``after`` it is reached as the limit is over."""
    fields = reading.fields(raw)
    to = fields.text("to")
    after = _read_stretch(fields, "after", OFFSETS) if "after" in fields else None
    at = _read_time(fields)
    fields.close()
    return built(raw, lambda: Rung(to, after, at))


def _read_reason(reading: Reading, raw: Raw) -> Reason:
    fields = reading.fields(raw)
    reason = Reason(
        id=fields.text("id"),
        title=fields.words("title"),
        consent=fields.flag("consent"),
        stops=fields.flag("stops", default=True),
        cites=fields.text("cites", ""),
    )
    fields.close()
    return reason


def _read_stretch(fields: Fields, key: str, kinds: tuple[str, ...]) -> Stretch:
    """Read a count under ``key`` with the kind and unit beside it."""
    kind, count = fields.word("kind", kinds), fields.whole(key)
    unit = fields.word("unit", UNITS, "")
    return built(fields.need(key), lambda: Stretch(kind, count, unit))


def _read_span(raw: Raw) -> Span:
    return built(raw, lambda: Span.parse(as_text(raw)))


def _read_time(fields: Fields) -> time | None:
    raw = fields.maybe("at")
    if raw is None:
        return None
    found = _TIME.fullmatch(as_text(raw))
    if found is None:
        raise refuse(raw, "limit.not_a_time", found=as_text(raw))
    return time(int(found[1]), int(found[2]))
