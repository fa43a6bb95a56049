"""Register incidents, hints, hazards and duties from the events of the cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from zhijian.incidents import services


class Command(BaseCommand):
    """``manage.py incidents_register``"""

    help = "Make the registers of incidents, hints, hazards and duties anew from the cases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, and say how many cases were read."""
        self.stdout.write(f"incidents {services.register_anew()}")
