"""The exception of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class PaperRefused(Refusal):
    """Something is not possible with a paper; nothing was written."""
