"""Kinds of case that stand in the register, and those that remove causes."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.register import ActionRule, Listing


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of nonconformity with what the register reads of it."""

    ref: KindRef
    listing: Listing

    @property
    def kind(self) -> CaseKind:
        """The kind of case."""
        return self.ref.kind


@dataclass(frozen=True, slots=True)
class Acting:
    """A kind of corrective or preventive action."""

    ref: KindRef
    rule: ActionRule

    @property
    def kind(self) -> CaseKind:
        """The kind of case."""
        return self.ref.kind


def listed_kinds() -> tuple[Listed, ...]:
    """Return every kind in force that stands in the register."""
    return tuple(
        Listed(ref, ref.kind.listing)
        for ref in cases.kinds_in_force()
        if ref.kind.listing is not None
    )


def action_kinds() -> tuple[Acting, ...]:
    """Return every kind in force that removes causes."""
    return tuple(
        Acting(ref, ref.kind.action)
        for ref in cases.kinds_in_force()
        if ref.kind.action is not None
    )


def listed_kind(pack_id: str, kind: str) -> Listed | None:
    """Return one of them, by its regulation and name."""
    named = (each for each in listed_kinds() if (each.ref.pack_id, each.kind.id) == (pack_id, kind))
    return next(named, None)
