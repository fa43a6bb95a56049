"""Rebuild every decided result from its snapshot: exit code 0 when all agree, else 1."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.assessments import queries
from zhijian.assessments.verifying import differences
from zhijian.foundation.wording import say


class Command(BaseCommand):
    """``manage.py assessments_verify``"""

    help = "Rebuild every approved result from its snapshot and compare it with what was decided."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each assessment, then fail when any of them differs."""
        wrong = 0
        for assessment in queries.every_edition():
            found = differences(assessment)
            wrong += bool(found)
            words = "; ".join(say(code, {}) for code in found) or assessment.result_digest
            self.stdout.write(f"{'✗' if found else '✓'} {assessment}: {words}")
        if wrong:
            raise CommandError(say("assessments.verify_failed", {"count": str(wrong)}))
