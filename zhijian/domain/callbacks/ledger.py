"""The ledger of call-backs: what fell due, what became of it, and three rates (SPT-10, CMP-01).

Closed = done + unreachable + refused + excluded + pending, whatever happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

PENDING: Final = "pending"
DONE: Final = "done"
UNREACHABLE: Final = "unreachable"
REFUSED: Final = "refused"
EXCLUDED: Final = "excluded"
STATES: Final = (DONE, UNREACHABLE, REFUSED, EXCLUDED, PENDING)


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole; without a whole there is no rate."""

    part: int
    whole: int

    @property
    def share(self) -> Fraction | None:
        """The part as a share, exact."""
        return Fraction(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Balance:
    """What fell due and what became of it; ``satisfied`` are those of ``done`` who were."""

    closed: int = 0
    done: int = 0
    unreachable: int = 0
    refused: int = 0
    excluded: int = 0
    pending: int = 0
    satisfied: int = 0

    @property
    def accounted(self) -> int:
        """What became of all of them, added up."""
        return self.done + self.unreachable + self.refused + self.excluded + self.pending

    @property
    def balances(self) -> bool:
        """Tell whether nothing is lost and nothing is counted twice."""
        return self.closed == self.accounted and self.satisfied <= self.done

    @property
    def called(self) -> Rate:
        """Called back: carried out to an end, of all that were not excluded."""
        return Rate(self.concluded, self.closed - self.excluded)

    @property
    def reached(self) -> Rate:
        """Reached: answered the questions, of those called back."""
        return Rate(self.done, self.concluded)

    @property
    def content(self) -> Rate:
        """Satisfied, of those who answered."""
        return Rate(self.satisfied, self.done)

    @property
    def concluded(self) -> int:
        """Carried out to an end, by whatever outcome."""
        return self.done + self.unreachable + self.refused

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.closed + other.closed,
            self.done + other.done,
            self.unreachable + other.unreachable,
            self.refused + other.refused,
            self.excluded + other.excluded,
            self.pending + other.pending,
            self.satisfied + other.satisfied,
        )


def total(balances: Iterable[Balance]) -> Balance:
    """Return all of them together."""
    found = Balance()
    for each in balances:
        found += each
    return found
