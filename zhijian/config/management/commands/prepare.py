"""Bring the database of this machine up to date: tables, packs, sample organization."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from zhijian.config.rooms import ROOMS


class Command(BaseCommand):
    """Run the steps that the rooms name; each may be run again without harm."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or change tables, then let each room load what it needs."""
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Tables are up to date")
        for room in ROOMS:
            for command in room.prepare:
                call_command(command)
        if settings.SAMPLE_SITE:
            self._add_sample()

    def _add_sample(self) -> None:
        try:
            call_command("sample")
        except CommandError as refused:
            # A site with real data works without the sample; it is only said.
            self.stdout.write(f"No sample organization: {refused}")
