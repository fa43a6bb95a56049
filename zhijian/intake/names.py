"""Units as the domain and workbooks name them, and the rows behind the names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from zhijian.organizations import queries as organizations
from zhijian.organizations.queries import UnitRef


class UnitNames:
    """Names ↔ ids. A name that occurs under two parents gives way to the unit's code."""

    def __init__(self, units: Iterable[UnitRef]) -> None:
        self.refs = {unit.id: unit for unit in units}
        often = Counter(unit.name for unit in self.refs.values())
        self._names = {
            unit.id: unit.name if often[unit.name] == 1 else unit.code
            for unit in self.refs.values()
        }
        self._ids = {name: unit_id for unit_id, name in self._names.items()}

    @classmethod
    def load(cls) -> UnitNames:
        """Read every active unit."""
        return cls(organizations.all_units())

    def name(self, unit_id: int | None) -> str:
        """Return the name of a unit, also of one that was closed; registers have none."""
        if unit_id is None:
            return ""
        if unit_id not in self._names:
            closed = organizations.units_by_id([unit_id]).get(unit_id)
            self._names[unit_id] = closed.name if closed else str(unit_id)
        return self._names[unit_id]

    def id(self, name: str) -> int | None:
        """Return the id behind a name, or nothing."""
        return self._ids.get(name)

    def names(self, unit_ids: Iterable[int] | None = None) -> frozenset[str]:
        """Return the names of the given units, or of all."""
        if unit_ids is None:
            return frozenset(self._ids)
        return frozenset(self._names[each] for each in unit_ids if each in self.refs)
