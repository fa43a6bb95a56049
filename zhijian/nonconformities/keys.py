"""Keys by which things are counted together, or are the same."""

from __future__ import annotations

import hashlib

from zhijian.foundation.audit import chain


def key_of(**told: object) -> str:
    """Return a digest of what is told; equal only where everything is."""
    return hashlib.sha256(chain.canonical(told).encode()).hexdigest()
