"""Kinds of case that come from outside, as the regulations in force have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhijian.cases import queries as cases
from zhijian.cases.library import Library
from zhijian.cases.queries import KindRef
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.receiving import Receiving
from zhijian.domain.words import Words
from zhijian.foundation import clock


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
    return intake_in(Library(), pack_id, kind, clock.today())


def intake_in(library: Library, pack_id: str, kind: str, day: date) -> Intake | None:
    """Return one of them as it was on a day; what is read for it stays in the library."""
    version_id = library.in_force(pack_id, day)
    found = library.pack(version_id).cases.get(kind) if version_id else None
    if version_id is None or found is None or found.receiving is None:
        return None
    return Intake(KindRef(pack_id, version_id, found), found.receiving)
