"""Register nonconformities from the events of the cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhijian.nonconformities import services


class Command(BaseCommand):
    """``manage.py nonconformities_register [--anew]``"""

    help = "Register nonconformities that are not in the register yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether all rows are made anew."""
        parser.add_argument("--anew", action="store_true", help="make every row anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, and say how many cases were read."""
        count = services.register_anew() if options["anew"] else services.register_missing()
        self.stdout.write(f"nonconformities {count}")
