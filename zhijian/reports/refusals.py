"""The exceptions of this room."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class ReportRefused(Refusal):
    """A step of a report, minutes or a publication is not possible; nothing was written."""
