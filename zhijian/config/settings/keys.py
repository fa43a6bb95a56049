"""The secret key of a machine that was not given one."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def secret_key_in(var: Path) -> str:
    """Return the key kept under ``var``; the first call makes it, readable by its owner only."""
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secret-key.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
        fresh.replace(path)
    return path.read_text(encoding="utf-8")
