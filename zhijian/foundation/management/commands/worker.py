"""Run jobs in the background until stopped; start as many of these as there is work for."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhijian.foundation.jobs import periodic
from zhijian.foundation.jobs.worker import Options, Worker


class Command(BaseCommand):
    """``manage.py worker``"""

    help = "Run jobs from the table of jobs. SIGTERM lets the present job finish."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        defaults = Options()
        parser.add_argument("--lease", type=float, default=defaults.lease_seconds, metavar="S")
        parser.add_argument("--poll", type=float, default=defaults.poll_seconds, metavar="S")
        parser.add_argument("--queue", default=defaults.queue)
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing waits")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal comes."""
        worker = Worker(
            Options(options["lease"], options["poll"], options["queue"], options["until_empty"])
        )
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: worker.stop())
        periodic.ensure_rows()
        done = worker.work()
        self.stdout.write(f"{worker.name}: {done} jobs")
