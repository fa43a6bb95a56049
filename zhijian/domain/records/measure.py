"""What can be measured over the records of a unit in a period, and the port that measures.

Three stores answer the same questions: records in memory (examples, small files), columns (large
workbooks) and the database. They must agree to the last digit; the one in memory is the
definition.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, Protocol

from zhijian.domain.explain.step import Evidence
from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.values import Bands, Points, Table

Statistic = Literal[
    "count", "sum", "mean", "trimmed_mean", "median", "min", "max", "latest", "days_overdue"
]
STATISTICS = (
    "count", "sum", "mean", "trimmed_mean", "median", "min", "max", "latest", "days_overdue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A record counts only when this field passes all comparisons."""

    field: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """What is made of the field of every single record before it is put together.

    ``replace``: numbers that pass all comparisons become ``gives``; ``bands``, ``points`` and
    ``table`` convert; ``times`` multiplies. A table is read by the fields ``row`` and ``column``.
    """

    replace: tuple[Comparison, ...] = ()
    gives: Fraction | None = None
    bands: Bands | None = None
    points: Points | None = None
    table: Table | None = None
    row: str = ""
    column: str = ""
    times: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One statistic over the records of one kind.

    ``per_month`` takes the statistic month by month and then the mean of the months;
    ``drop`` leaves out so many at each end; ``due``, ``done`` name the fields of ``days_overdue``;
    ``keyed_by`` keeps only records whose field equals a value known when the unit is scored.
    """

    statistic: str
    kind: str
    field: str = ""
    where: tuple[FieldTest, ...] = ()
    each: Each | None = None
    per_month: bool = False
    drop: int = 0
    due: str = ""
    done: str = ""
    keyed_by: str = ""
    # Stores look their answers up by measure, some ten times for every unit.
    _hash: int = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = (
            self.statistic, self.kind, self.field, self.where, self.each, self.per_month,
            self.drop, self.due, self.done, self.keyed_by,
        )  # fmt: skip
        object.__setattr__(self, "_hash", hash(told))

    def __hash__(self) -> int:
        return self._hash


class Measured(NamedTuple):
    """The answer: a number or a word, or nothing when no record counts; and the evidence."""

    value: Fraction | str | None
    evidence: Evidence


class Facts(Protocol):
    """A store of one period's records that can be measured.

    The records of a register belong to no unit: whichever unit is asked about, they answer.
    """

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        """Measure the records of ``unit``; ``key`` is the value for ``keyed_by``."""
        ...

    def present(self, unit: str, kind: str) -> int:
        """Return how many records of ``kind`` the unit has, whatever they say."""
        ...
