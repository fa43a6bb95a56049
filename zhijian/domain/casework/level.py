"""How grave a case may be: the levels of a kind, and what repetition does to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import Words

LOWEST_RANK, HIGHEST_RANK = 1, 4
"""The common ranks of levels, from the mildest to the gravest (POL-19)."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level. Without ``when`` it applies where no other does.

    ``needs`` are the facts without which a case of this level cannot be closed; ``limits`` says
    which limit a clock of the kind has at this level. ``rank`` (1 mildest … 4 gravest) is how the
    level counts beside those of other regulations, in statistics and nowhere else (POL-19).
    """

    id: str
    title: Words
    cites: str = ""
    when: Condition | None = None
    record: str = "required"
    needs: tuple[str, ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Repetition:
    """So many cases alike within so many days, this one included, are at least a certain level.

    ``same`` names the facts (or ``unit``) in which they are alike; ``levels`` which levels are
    raised, all where it is empty.
    """

    id: str
    title: Words
    cites: str
    same: tuple[str, ...]
    count: Operand
    within: Operand
    levels: tuple[str, ...]
    raises: str
