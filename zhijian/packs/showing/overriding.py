"""Which rules of an older regulation a newer one sets aside, in words (POL-09)."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.regulation.overriding import Contrary
from zhijian.domain.words import Words
from zhijian.packs.printing.limits import limit_in_words
from zhijian.packs.printing.naming import Namer
from zhijian.packs.queries.overriding import Override
from zhijian.packs.queries.versions import VersionRef


@dataclass(frozen=True, slots=True)
class ShownContrary:
    """One rule as the two regulations have it."""

    title: Words
    older: str
    newer: str


@dataclass(frozen=True, slots=True)
class ShownOverride:
    """Another regulation that prevails or is prevailed over, with the rules that differ."""

    ref: VersionRef
    said: Words
    rows: tuple[ShownContrary, ...]


def shown_overrides(found: tuple[Override, ...], language: str) -> tuple[ShownOverride, ...]:
    """Return what is shown of each."""
    return tuple(
        ShownOverride(
            each.ref, each.said, tuple(_contrary(row, each, language) for row in each.contraries)
        )
        for each in found
    )


def _contrary(row: Contrary, found: Override, language: str) -> ShownContrary:
    if row.kind == "parameter":
        return ShownContrary(row.title, row.older, row.newer)
    older, newer = (
        limit_in_words(pack.limits[row.id], Namer.of(pack, language))
        for pack in (found.older, found.newer)
    )
    return ShownContrary(row.title, older, newer)
