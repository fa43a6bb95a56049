"""How a kind of case compensates a loss, as its regulation describes it."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class PayRule:
    """What is paid where a condition holds; without ``yuan``, nothing is."""

    id: str
    title: Words
    cites: str = ""
    when: Condition | None = None
    yuan: Operand | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Within which limit, counted from one fact, another fact says that it was claimed.

    ``late`` is the rule that applies to what was claimed later.
    """

    title: Words
    counted_from: str
    made: str
    limit: str
    late: PayRule


@dataclass(frozen=True, slots=True)
class Never:
    """What may be asked for and is never paid: the fact that holds how much was asked for."""

    fact: str
    title: Words
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Compensation:
    """What is paid, by which steps it is decided and paid, and what was asked for.

    ``decided`` are steps that somebody else takes than whoever they verify; ``paid`` follow one of
    them, and ``unpaid`` end a case in which nothing is paid. ``claimed`` is the fact with the yuan
    that were asked for, ``payee`` the choice of who is paid, and
    ``facts`` all that the amount rests on.
    """

    cites: str
    decided: tuple[str, ...]
    paid: tuple[str, ...]
    unpaid: tuple[str, ...]
    rules: tuple[PayRule, ...]
    lines: tuple[Line, ...] = ()
    period: Period | None = None
    never: tuple[Never, ...] = ()
    claimed: str = ""
    payee: str = ""
    facts: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that it rests on."""
        late = (self.period.late.cites,) if self.period else ()
        return (
            self.cites,
            *(each.cites for each in self.lines),
            *(each.cites for each in self.rules),
            *(each.cites for each in self.never),
            *late,
        )
