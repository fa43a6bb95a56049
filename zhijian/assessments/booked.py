"""What the ledger says of decided results, asked of the room that keeps it.

The ledger lies above this room; it leaves its answer here when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhijian.assessments.awaited import Awaited
from zhijian.domain.words import Words

__all__ = ["Asked", "Awaited", "Booked", "Booking", "Typed", "booked", "register"]

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Typed:
    """An amount that somebody typed and that stands: its number in the ledger, how much, why."""

    rule: str
    title: Words
    code: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What is booked for one unit in one period, reversals counted, and what is still open."""

    rewards: Decimal = NOTHING
    penalties: Decimal = NOTHING
    awaited: tuple[Awaited, ...] = ()
    typed: tuple[Typed, ...] = ()

    @property
    def yuan(self) -> Decimal:
        """Rewards less penalties."""
        return self.rewards + self.penalties


@dataclass(frozen=True, slots=True)
class Asked:
    """About which results the ledger is asked: one scheme in some periods, for some units."""

    pack_id: str
    scheme: str
    periods: Collection[str]
    unit_ids: Collection[int]


Booking = tuple[str, int]
Answer = Callable[[Asked], Mapping[Booking, Booked]]

_REGISTERED: list[Answer] = []


def register(answer: Answer) -> None:
    """Let ``answer`` tell what is booked, by period and unit; units without entries may lack."""
    _REGISTERED[:] = [answer]


def booked(asked: Asked) -> Mapping[Booking, Booked]:
    """Return what is booked, by period and unit."""
    return _REGISTERED[0](asked) if _REGISTERED and asked.unit_ids else {}
