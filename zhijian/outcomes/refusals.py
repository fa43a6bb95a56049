"""The exceptions of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class OutcomeRefused(Refusal):
    """An entry or an item is not possible; nothing was written."""
