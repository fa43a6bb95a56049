"""The exceptions of this room."""

from __future__ import annotations

from collections.abc import Sequence

from zhijian.domain.problems import Problem
from zhijian.foundation.refusal import Refusal


class CallBackRefused(Refusal):
    """Something is not possible with a call-back; nothing was written."""

    @classmethod
    def because(cls, problems: Sequence[Problem]) -> CallBackRefused:
        """Return the refusal for the first thing that stands against it."""
        return cls(problems[0].code, **dict(problems[0].facts))
