"""Redo the digests of the audit trail: exit code 0 when it is sound, 1 when it is not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.foundation.audit import queries
from zhijian.foundation.wording import say


class Command(BaseCommand):
    """``manage.py audit_verify``"""

    help = "Check that no entry of the audit trail was changed, added or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line, or fail with the first entry that does not fit."""
        report = queries.verify_chain()
        if not report.is_sound:
            raise CommandError(say(report.reason, {"number": str(report.broken_at)}))
        self.stdout.write(f"{report.entries} entries, sound, last digest {report.last_hash}")
