"""What many cases rest on, read once: regulations, the law of a day, units, the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.policy.law import Law
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs


@dataclass(slots=True)
class Library:
    """Lives as long as one piece of work: a request, a run of the sweep."""

    _packs: dict[int, Pack] = field(default_factory=dict)
    _laws: dict[tuple[int, date], Law] = field(default_factory=dict)
    _units: dict[int, Unit] = field(default_factory=dict)
    _calendar: WorkingCalendar | None = None

    def pack(self, version_id: int) -> Pack:
        """Return a version of a regulation; what people decided about values is in the law."""
        if version_id not in self._packs:
            self._packs[version_id] = packs.typed(version_id)
        return self._packs[version_id]

    def kind(self, version_id: int, kind: str) -> CaseKind:
        """Return a kind of case of a version."""
        return self.pack(version_id).cases[kind]

    def law(self, version_id: int, day: date) -> Law:
        """Return the law of a day."""
        key = (version_id, day)
        if key not in self._laws:
            self._laws[key] = packs.law_of(version_id, day)
        return self._laws[key]

    def unit(self, unit_id: int) -> Unit:
        """Return a unit as rules ask for it."""
        if unit_id not in self._units:
            found = organizations.unit(unit_id)
            if found is None:
                raise LookupError(f"there is no unit {unit_id}")
            self._units[unit_id] = Unit(found.name, found.group, found.attributes)
        return self._units[unit_id]

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar."""
        if self._calendar is None:
            self._calendar = packs.calendar()
        return self._calendar
