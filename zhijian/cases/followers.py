"""What follows a step of a case, by whom it is registered.

A paper is issued in the same transaction as the step that issues it, but the room that prints it
lies above this one; it leaves its function here when the program starts. A register is read;
nobody is notified.

Followers run when everything of the case is written, and after the audit trail is held: whoever
takes numbers in one holds the trail first (``audit.services.hold``), so that two never wait for
each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from zhijian.cases.models import Case
from zhijian.cases.to_domain import Standing

if TYPE_CHECKING:
    from zhijian.accounts.models import User

Follow = Callable[[Case, Standing, "User | None", datetime], None]
"""Gets the case, where it stands after its last step, who took it if they are named, and when."""

_REGISTERED: list[Follow] = []


def register(function: Follow) -> None:
    """Have ``function`` run inside the transaction of every step, also of one that opens a case."""
    if function not in _REGISTERED:
        _REGISTERED.append(function)


def follow(case: Case, standing: Standing, user: User | None, at: datetime) -> None:
    """Do all that follows the last step of a case. Whoever left no name is not told."""
    named = user if standing.course.happened[-1].actor else None
    for each in _REGISTERED:
        each(case, standing, named, at)
