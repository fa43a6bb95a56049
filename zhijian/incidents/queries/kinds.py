"""Kinds of case that concern safety, as the regulations in force have them."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef
from zhijian.domain.casework.safety import Safety
from zhijian.domain.words import Words


def kinds(role: str) -> tuple[KindRef, ...]:
    """Return the kinds in force that are an incident, a hazard … as ``Safety`` calls it."""
    return tuple(ref for ref in cases.kinds_in_force() if plays(ref.kind.safety, role))


def kind_for(role: str, pack_id: str, kind: str) -> KindRef | None:
    """Return one of them, by its regulation and name."""
    named = (ref for ref in kinds(role) if (ref.pack_id, ref.kind.id) == (pack_id, kind))
    return next(named, None)


def plays(safety: Safety | None, role: str) -> bool:
    """Tell whether a kind is what ``role`` says."""
    return safety is not None and getattr(safety, role) is not None


def options(role: str) -> dict[str, Words]:
    """Return the words of a choice over all such kinds: classes of incidents, areas of safety."""
    found: dict[str, Words] = {}
    for ref, fact in _choices(role):
        found = {**ref.kind.facts[fact].field.options, **found}
    return found


def _choices(role: str) -> Iterator[tuple[KindRef, str]]:
    for ref in kinds(role):
        told = getattr(ref.kind.safety, role)
        fact = told.sort if role == "incident" else told.area
        if fact:
            yield ref, fact
