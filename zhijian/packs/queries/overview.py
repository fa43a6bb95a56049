"""The list of regulations: each with its version, coverage, open values and review."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.packs.queries.coverage import Coverage, coverage_of
from zhijian.packs.queries.laws import unconfirmed
from zhijian.packs.queries.reviews import ReviewDue, review_due
from zhijian.packs.queries.typed import contents, read
from zhijian.packs.queries.versions import VersionRef, all_versions, versions


@dataclass(frozen=True, slots=True)
class PackLine:
    """One regulation in the list; ``shown`` is the version in force, else the newest one."""

    shown: VersionRef
    is_in_force: bool
    drafts: tuple[VersionRef, ...]
    coverage: Coverage | None
    unconfirmed: int
    review: ReviewDue | None


def pack_lines() -> tuple[PackLine, ...]:
    """Return every regulation, by the name of the pack."""
    found = groupby(all_versions(), key=lambda ref: ref.pack_id)
    return tuple(_line(tuple(refs)) for _pack_id, refs in found)


def pack_line(pack_id: str) -> PackLine | None:
    """Return one regulation, or nothing."""
    refs = versions(pack_id)
    return _line(refs) if refs else None


def _line(refs: tuple[VersionRef, ...]) -> PackLine:
    today = clock.today()
    in_force = next((ref for ref in refs if ref.is_in_force(today)), None)
    published = next((ref for ref in reversed(refs) if ref.is_published), None)
    shown = in_force or published or refs[0]
    pack = read(contents(shown.id))
    return PackLine(
        shown=shown,
        is_in_force=in_force is not None,
        drafts=tuple(ref for ref in refs if not ref.is_published),
        coverage=coverage_of(pack) if isinstance(pack, Pack) else None,
        unconfirmed=len(unconfirmed(shown.id)) if isinstance(pack, Pack) else 0,
        review=review_due(in_force) if in_force else None,
    )
