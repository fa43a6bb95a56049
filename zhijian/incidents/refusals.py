"""The exceptions of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class IncidentRefused(Refusal):
    """Something is not possible with an incident, a hint or a bulletin; nothing was written."""
