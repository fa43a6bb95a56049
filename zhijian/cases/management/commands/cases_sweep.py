"""Look at the clocks of all cases now, as the worker does every five minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.cases import services
from zhijian.cases.jobs import RECOUNTED_AT_ONCE
from zhijian.foundation import clock
from zhijian.foundation.wording import say


class Command(BaseCommand):
    """``manage.py cases_sweep``"""

    help = "Write what has come due in cases: reminders, overdue clocks, levels, faults."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, and say what was done; fail where a case could not be read."""
        at = clock.now()
        swept = services.sweep(at=at)
        recounted = services.recount(at=at, most=RECOUNTED_AT_ONCE)
        self.stdout.write(
            f"cases {swept.cases}, notices {swept.notices}, faults {swept.faults}, "
            f"recounted {recounted}"
        )
        if swept.failed:
            facts = {"count": len(swept.failed), "ids": swept.failed}
            raise CommandError(say("cases.sweep_incomplete", facts))
