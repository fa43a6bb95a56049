"""Make again what of every case can be searched, after an upgrade or a repair."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from zhijian.cases.services.texts import write_all_texts
from zhijian.foundation.wording import say


class Command(BaseCommand):
    """``manage.py cases_texts``"""

    help = "Write the texts by which cases are found, anew from their events."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of how many cases they were written."""
        self.stdout.write(say("cases.texts_written", {"count": write_all_texts()}))
