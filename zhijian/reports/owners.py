"""The kinds of files that belong to this room."""

from __future__ import annotations

PDF = "reports.report"
PROOF = "reports.publication"
