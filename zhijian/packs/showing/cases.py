"""Kinds of case in words, for the page of a regulation."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.printing.cases import Told, namer_of, parts_in_words


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A kind of case: its headings, each with its parts."""

    kind: CaseKind
    parts: tuple[tuple[str, tuple[Told, ...]], ...]


def shown_cases(pack: Pack, language: str) -> tuple[ShownCase, ...]:
    """Return every kind of case of a regulation."""
    return tuple(
        ShownCase(kind, tuple(parts_in_words(kind, pack, namer_of(pack, kind, language))))
        for kind in pack.cases.values()
    )
