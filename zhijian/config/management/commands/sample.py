"""Build the sample organisation, or remove it with everything that belongs to it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from zhijian.config.sample import everyday, removal, story


class Command(BaseCommand):
    """One command to have the sample, one to be rid of it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the choice between building and removing."""
        parser.add_argument("--remove", action="store_true", help="remove all sample data")
        parser.add_argument(
            "--again", action="store_true", help="build even where it was removed before"
        )

        parser.add_argument(
            "--months",
            type=int,
            default=everyday.MONTHS,
            help="how many months of everyday calls and findings (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build or remove, all or nothing."""
        if options["remove"]:
            with transaction.atomic():
                counts = removal.remove()
            for name, count in counts.items():
                self.stdout.write(f"{name}: {count} removed")
            return
        if story.is_there():
            self.stdout.write("The sample organisation is there already")
            return
        if removal.was_removed() and not options["again"]:
            self.stdout.write("The sample was removed from this database; --again builds it anew")
            return
        if story.has_real_data() and not options["again"]:
            raise CommandError("this database holds real units; --again adds the sample to them")
        with transaction.atomic():
            story.build(lambda words: self.stdout.write(f"Sample: {words}"), options["months"])
