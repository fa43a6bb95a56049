"""What people are told by this room."""

from __future__ import annotations

from typing import Final

DUE: Final = "callbacks.due"
EVENTS: Final = (DUE,)
