"""Make the register of complaints anew from the events of the cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from zhijian.complaints import services


class Command(BaseCommand):
    """``manage.py complaints_register``; needed after the secret key of the site has changed."""

    help = "Make the register of complaints anew from the events of their cases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every case that came from outside, and say how many there are."""
        count = services.register_anew()
        self.stdout.write(f"complaints {count}")
