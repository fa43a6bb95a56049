"""A change that is thought better of."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def rolled_back(change: Callable[[], object]) -> None:
    """Make ``change`` in a transaction that fails afterwards with ``RuntimeError``."""
    with transaction.atomic():
        change()
        raise RuntimeError
