"""What people are told about cases."""

from __future__ import annotations

from typing import Final

ASSIGNED: Final = "cases.assigned"
BY_WORD: Final = {
    "reminder": "cases.reminder",
    "overdue": "cases.overdue",
    "escalation": "cases.escalation",
}
"""The event for each word of a notice."""

EVENTS: Final = (ASSIGNED, *BY_WORD.values())
