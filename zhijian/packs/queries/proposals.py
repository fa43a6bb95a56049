"""The proposed values of a version with what was decided, ready for the page that decides."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.parameter import Entry, Parameter
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.entries import entry_texts
from zhijian.packs.queries.laws import Decision, confirmed_pack, latest_decisions, proposed
from zhijian.packs.queries.typed import contents, typed


@dataclass(frozen=True, slots=True)
class ProposedValue:
    """A parameter with a proposed entry; ``counting`` is what counts now in its place."""

    parameter: Parameter
    entry: Entry
    counting: Entry
    decision: Decision | None
    entry_text: str


def proposed_values(version_id: int) -> tuple[ProposedValue, ...]:
    """Return every proposed value of a version in the order of the files."""
    pack, counting = typed(version_id), confirmed_pack(version_id)
    decided = {each.parameter: each for each in latest_decisions(version_id)}
    texts = entry_texts(contents(version_id), "proposed")
    return tuple(
        _proposed(pack, counting, name, decided.get(name), texts.get(name, ""))
        for name in proposed(pack)
    )


def _proposed(
    pack: Pack, counting: Pack, name: str, decision: Decision | None, text: str
) -> ProposedValue:
    entries = pack.parameters[name].entries
    place = max(index for index, entry in enumerate(entries) if entry.proposed)
    return ProposedValue(
        parameter=pack.parameters[name],
        entry=entries[place],
        counting=counting.parameters[name].entries[place],
        decision=decision,
        entry_text=decision.value if decision and decision.value else text,
    )
