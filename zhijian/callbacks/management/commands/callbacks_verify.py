"""``callbacks_verify``: the ledger of call-backs compared with the cases."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from zhijian.callbacks import queries


class Command(BaseCommand):
    """Print what does not agree, and end with 1 where something does not."""

    help = "Compare the ledger of call-backs with what happened in the cases, worked out anew."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compare."""
        found = queries.differences()
        for each in found:
            self.stdout.write(each)
        if found:
            sys.exit(1)
