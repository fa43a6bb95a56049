"""What is known about a case: fields like those of records, and what only cases have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from zhijian.domain.casework.vocabulary import FACT_TYPES, LEVEL, TIMES
from zhijian.domain.policy.raw import Raw, Reading, refuse
from zhijian.domain.records.kind import Field, FieldType, field_of
from zhijian.domain.words import Words

FactValue = Fraction | str | bool | date | datetime | tuple[str, ...] | None
"""A checked fact. People and units are their names in the database, files their digests."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be entered about a case.

    ``time`` says on which side of its entry a day or moment lies. A ``lasting`` flag, once set, is
    never taken back. ``names_reporter`` marks what would give away who reports anonymously.
    """

    field: Field
    time: str = ""
    lasting: bool = False
    names_reporter: bool = False

    @property
    def id(self) -> str:
        """The name."""
        return self.field.id

    @property
    def title(self) -> Words:
        """What people call it."""
        return self.field.title

    @property
    def type(self) -> FieldType:
        """Which values it takes."""
        return self.field.type


def read_fact(reading: Reading, raw: Raw) -> Fact:
    """Read one entry of ``facts``."""
    fields = reading.fields(raw)
    fact = Fact(
        field=field_of(fields, FACT_TYPES),
        time=fields.word("time", TIMES, ""),
        lasting=fields.flag("lasting"),
        names_reporter=fields.flag("names_reporter"),
    )
    fields.close()
    if fact.id == LEVEL:
        raise refuse(raw, "casework.name_taken", name=fact.id)
    _check(raw, fact)
    return fact


def _check(raw: Raw, fact: Fact) -> None:
    """Refuse what a fact of this type cannot have, or a case has no use for."""
    wrong = {
        "time": fact.time and fact.type not in ("date", "moment"),
        "lasting": fact.lasting and fact.type != "flag",
        "required": fact.field.required,
        "part_of_total": fact.field.part_of_total,
    }
    for key, is_wrong in wrong.items():
        if is_wrong:
            raise refuse(raw, "casework.fact_cannot", name=fact.id, type=fact.type, key=key)
