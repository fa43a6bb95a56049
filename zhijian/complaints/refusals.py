"""The exceptions of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class ComplaintRefused(Refusal):
    """Something is not possible with a complaint or an office; nothing was written."""


class NotProved(ComplaintRefused):
    """Nothing shows that a person with a browser sent it."""


class TooOften(ComplaintRefused):
    """Somebody tried too often."""
