"""Register complaints from the events of the cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhijian.complaints import services


class Command(BaseCommand):
    """``manage.py complaints_register [--anew]``"""

    help = "Register cases that came from outside and are not registered yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether all rows are made anew."""
        parser.add_argument(
            "--anew", action="store_true",
            help="make every row anew, as is needed after the secret key of the site has changed",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, and say how many cases were read."""
        count = services.register_anew() if options["anew"] else services.register_missing()
        self.stdout.write(f"complaints {count}")
