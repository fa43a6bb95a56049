"""Kinds of case that come from outside, as the regulations in force have them."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.receiving import Receiving
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Intake:
    """A kind of case with how what comes from outside is received in it."""

    ref: KindRef
    receiving: Receiving

    @property
    def kind(self) -> CaseKind:
        """The kind of case."""
        return self.ref.kind

    def words_of(self, fact: str) -> dict[str, Words]:
        """Return the options of a choice by what is stored."""
        return dict(self.kind.facts[fact].field.options) if fact else {}


def intakes() -> tuple[Intake, ...]:
    """Return every kind in force that receives from outside."""
    return tuple(
        Intake(ref, ref.kind.receiving)
        for ref in cases.kinds_in_force()
        if ref.kind.receiving is not None
    )


def intake_for(pack_id: str, kind: str) -> Intake | None:
    """Return one of them, by its regulation and name."""
    named = (each for each in intakes() if (each.ref.pack_id, each.kind.id) == (pack_id, kind))
    return next(named, None)
