"""The exception of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class AssessmentRefused(Refusal):
    """A step of an assessment is not possible now."""
