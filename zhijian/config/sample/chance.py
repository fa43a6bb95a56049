"""Chance with a fixed seed, so that the sample is the same on every machine."""

from __future__ import annotations

from decimal import Decimal
from random import Random

SEED = 20130701


def chance_for(*words: str) -> Random:
    """Return a source of chance that depends only on the words."""
    return Random(f"{SEED}/{'/'.join(words)}")  # nosec B311


def points(chance: Random, middle: float, spread: float, high: float = 100) -> Decimal:
    """A mark with one decimal around ``middle``, within 0 and ``high``."""
    found = min(high, max(0.0, chance.gauss(middle, spread)))
    return Decimal(f"{found:.1f}")
