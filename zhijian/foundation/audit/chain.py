"""How the digest of an audit entry is made, so that an outsider can redo it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def canonical(entry: Mapping[str, Any]) -> str:
    """Return the entry as JSON with sorted keys and no spaces: the text that is digested."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """Return a moment the same way whatever zone it came in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(previous_hash: str, entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the previous digest followed by the entry's canonical text."""
    return hashlib.sha256((previous_hash + canonical(entry)).encode()).hexdigest()
