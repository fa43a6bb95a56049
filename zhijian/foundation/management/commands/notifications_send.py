"""Send the mails and group messages that are due, for sites that start it by the clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from zhijian.foundation.notifications import queries, sending


class Command(BaseCommand):
    """``manage.py notifications_send``"""

    help = "Send mails and group messages that are due. Workers do it by themselves every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send until nothing is due."""
        counts = sending.send_waiting()
        left = queries.backlog()
        self.stdout.write(f"{counts.sent} sent, {counts.failed} failed, {left.waiting} waiting")
