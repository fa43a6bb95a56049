"""A random sample that anybody can draw again: seed and frame give the same sample (SPT-03).

The order is that of SHA-256 over the seed and the key of each member, so that any program can
repeat it, and so that nobody can steer it by the order of a list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

WHOLE: Final = 100


def size(percent: Fraction, count: int) -> int:
    """Return the least number that is ``percent`` of ``count`` or more (SPT-02)."""
    return ceil(percent * count / WHOLE)


def digest_of(frame: Iterable[str]) -> str:
    """Return the digest of a frame, in whatever order its members stand."""
    return hashlib.sha256("\n".join(sorted(frame)).encode()).hexdigest()


def draw(seed: str, frame: Collection[str], count: int) -> tuple[str, ...]:
    """Draw ``count`` members, or all where there are fewer; in the order in which they came."""
    return tuple(sorted(set(frame), key=lambda key: (_place(seed, key), key))[:count])


def _place(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Halves:
    """A sample of two equal halves; ``lacking`` says how many were not there to be drawn."""

    before: tuple[str, ...]
    others: tuple[str, ...]
    lacking: int = 0

    @property
    def sample(self) -> tuple[str, ...]:
        """Both halves."""
        return (*self.before, *self.others)


def draw_halves(seed: str, frame: Collection[str], before: Collection[str], count: int) -> Halves:
    """Draw one half from those that were drawn ``before`` and the other from the rest (SPT-04).

    An odd ``count`` becomes even, upwards. A half with too few members is taken whole; the other
    is not drawn larger for it, or the halves would say more of one side.
    """
    half = ceil(Fraction(count, 2))
    drawn = draw(seed, [each for each in frame if each in before], half)
    others = draw(seed, [each for each in frame if each not in before], half)
    return Halves(drawn, others, 2 * half - len(drawn) - len(others))
