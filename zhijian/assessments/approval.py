"""What happens in the moment of approval, by whom it is registered.

Money follows a result in the same transaction, but the room that books it lies above this one; it
leaves its function here when the program starts. A register is read; nobody is notified.

Whoever changes rows of such a room outside of an approval holds them before the numbers and before
the audit trail, which are held last. So an approval, which writes to the trail early, has to hold
those rows before anything else: ``hold`` names what does that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from zhijian.assessments.models import Assessment

if TYPE_CHECKING:
    from zhijian.accounts.models import User

OnApproved = Callable[[Assessment, "User", datetime], None]
Hold = Callable[[Assessment], None]

_REGISTERED: list[OnApproved] = []
_HELD: list[Hold] = []


def register(function: OnApproved, hold: Hold | None = None) -> None:
    """Have ``function`` run inside the transaction of every approval, and ``hold`` at its begin."""
    if function not in _REGISTERED:
        _REGISTERED.append(function)
        _HELD.extend([hold] if hold else [])


def hold(assessment: Assessment) -> None:
    """Keep everybody else from the rows that follow an approval until the transaction ends."""
    for each in _HELD:
        each(assessment)


OnCancelled = Callable[[Assessment, Assessment, "User"], None]
_CANCELLED: list[OnCancelled] = []


def register_cancelled(function: OnCancelled) -> None:
    """Have ``function`` run when a correction is given up: it, the edition that stands, who did."""
    if function not in _CANCELLED:
        _CANCELLED.append(function)


def cancelled() -> tuple[OnCancelled, ...]:
    """Everything that belongs to giving a correction up."""
    return tuple(_CANCELLED)


def on_approved() -> tuple[OnApproved, ...]:
    """Everything that belongs to an approval."""
    return tuple(_REGISTERED)
