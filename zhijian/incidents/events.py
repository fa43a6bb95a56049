"""What people are told by this room."""

from __future__ import annotations

from typing import Final

BULLETIN: Final = "incidents.bulletin"
HINT: Final = "incidents.hint"
EVENTS: Final = (BULLETIN, HINT)
