"""How often an address may ask something that needs no account, counted over all web processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times within so many seconds, counted from the first."""

    name: str
    most: int
    seconds: int

    def allows(self, asker: str) -> bool:
        """Count one more time for whoever asks; tell whether it is still within the limit.

        Who asked is kept as a digest only.
        """
        key = f"rate:{self.name}:{hashlib.sha256(asker.encode()).hexdigest()[:32]}"
        if cache.add(key, 1, self.seconds):
            return True
        try:
            return int(cache.incr(key)) <= self.most
        except ValueError:
            # Its time was over between the two.
            return cache.add(key, 1, self.seconds)
