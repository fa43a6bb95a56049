"""What the checks said about a set of files the last time they ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhijian.packs.models import CheckReport
from zhijian.packs.reports import Checked, edition, from_rows


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of the checks and when they ran."""

    checked: Checked
    at: datetime


def check_report(digest: str) -> Report | None:
    """Return the outcome for these files under this edition of the program, if they were run."""
    row = CheckReport.objects.filter(digest=digest, edition=edition()).first()
    return None if row is None else Report(from_rows(row.problems, row.examples), row.at)
