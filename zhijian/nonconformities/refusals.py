"""The exceptions of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class NonconformityRefused(Refusal):
    """Something is not possible in the register; nothing was written."""
