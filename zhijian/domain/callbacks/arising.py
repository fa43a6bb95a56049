"""When call-backs fall due: each time a case comes into a state in which its people are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from zhijian.domain.casework.course import Course


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case came into one of some states with step ``seq``, and left them with step ``left``."""

    seq: int
    at: datetime
    left: int = 0


def arrivals(course: Course, due: Collection[str]) -> tuple[Arrival, ...]:
    """Return every arrival in one of the states, the latest last; passing between them is none."""
    found: list[Arrival] = []
    state = ""
    for each in course.happened:
        target = course.kind.steps[each.step].target or state
        if target in due and state not in due:
            found.append(Arrival(each.seq, each.at))
        elif state in due and target not in due:
            found[-1] = replace(found[-1], left=each.seq)
        state = target
    return tuple(found)


def standing_arrival(course: Course, due: Collection[str]) -> Arrival | None:
    """Return the arrival that still stands, if the case is in one of the states."""
    found = arrivals(course, due)
    return found[-1] if found and not found[-1].left else None
