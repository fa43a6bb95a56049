"""Whether the cases that a regulation takes records from can give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhijian.domain.casework.recording import misfits
from zhijian.domain.problems import Problem
from zhijian.domain.records.source import CaseSource
from zhijian.domain.regulation.pack import Pack


def source_pack(pack: Pack, source: CaseSource) -> str:
    """Return the regulation whose cases a source means: the own one where it names none."""
    return source.pack or pack.id


def wrong_sources(pack: Pack, others: Mapping[str, Pack]) -> Iterator[Problem]:
    """Yield what keeps cases from giving records, of the own kinds of case and those of ``others``.

    A regulation that is not there is passed over: its cases are none yet.
    """
    known = {**others, pack.id: pack}
    for kind in pack.kinds.values():
        for source in kind.sources:
            holder = known.get(source_pack(pack, source))
            if holder is not None:
                yield from misfits(kind, source, holder.cases.get(source.case))
