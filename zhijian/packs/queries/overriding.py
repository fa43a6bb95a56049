"""Which regulations in force one prevails over, and which prevail over it (POL-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhijian.domain.regulation.overriding import Contrary, contraries, overrides
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.packs.queries.typed import contents, read, typed_at
from zhijian.packs.queries.versions import VersionRef, published_packs


@dataclass(frozen=True, slots=True)
class Override:
    """Another regulation of the same issuer, and where the two say different things.

    ``said`` is how the newer of the two says that it prevails; ``newer`` and ``older`` are the
    packs themselves, for whoever words a limit.
    """

    ref: VersionRef
    said: Words
    contraries: tuple[Contrary, ...]
    newer: Pack
    older: Pack


def overridden_by(ref: VersionRef, day: date | None = None) -> tuple[Override, ...]:
    """Return the regulations in force on ``day`` (today) that prevail over this one."""
    today, own = day or clock.today(), _pack(ref)
    if own is None:
        return ()
    return tuple(
        Override(other, newer.header.overrides, contraries(newer, own, today), newer, own)
        for other, newer in _others(ref, today)
        if overrides(newer, own)
    )


def overriding(ref: VersionRef, day: date | None = None) -> tuple[Override, ...]:
    """Return the regulations in force on ``day`` (today) that this one prevails over."""
    today, own = day or clock.today(), _pack(ref)
    if own is None:
        return ()
    return tuple(
        Override(other, own.header.overrides, contraries(own, older, today), own, older)
        for other, older in _others(ref, today)
        if overrides(own, older)
    )


def _pack(ref: VersionRef) -> Pack | None:
    answer = read(contents(ref.id))
    return answer if isinstance(answer, Pack) else None


def _others(ref: VersionRef, day: date) -> list[tuple[VersionRef, Pack]]:
    return [
        (each, typed_at(each.id, each.digest))
        for each in published_packs(day)
        if each.pack_id != ref.pack_id
    ]
