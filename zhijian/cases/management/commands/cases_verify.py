"""Replay every case and compare what is stored beside its events: exit code 0 when all agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.cases.verifying import verify
from zhijian.foundation.wording import say


class Command(BaseCommand):
    """``manage.py cases_verify``"""

    help = "Walk the chain of every case, replay it, and compare state, clocks, faults and numbers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each thing that does not agree, then fail when there is any."""
        verified = verify()
        for each in verified.discrepancies:
            self.stdout.write(f"✗ {each}")
        if verified.discrepancies:
            count = len(verified.discrepancies)
            raise CommandError(say("cases.verify_failed", {"count": count}))
        self.stdout.write(f"✓ {say('cases.verified', {'count': verified.cases})}")
