"""What many cases rest on, read once: regulations, the law of a day, units, the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.policy.law import Law
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit
from zhijian.organizations import queries as organizations
from zhijian.organizations.queries import UnitRef
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.cases.models import Case


@dataclass(slots=True)
class Library:
    """Lives as long as one piece of work: a request, a run of the sweep."""

    _packs: dict[int, Pack] = field(default_factory=dict)
    _laws: dict[tuple[int, date], Law] = field(default_factory=dict)
    _in_force: dict[tuple[str, date], int | None] = field(default_factory=dict)
    _units: dict[int, UnitRef | None] = field(default_factory=dict)
    _calendar: WorkingCalendar | None = None

    @classmethod
    def around(cls, case: Case) -> Library:
        """Return one that holds what was read with a case: its regulation and its unit."""
        library = cls()
        library._packs[case.pack_version_id] = packs.typed_of(case.pack_version)
        library._units[case.unit_id] = organizations.ref_of(case.unit)
        return library

    def in_force(self, pack_id: str, day: date) -> int | None:
        """Return which version of a regulation counts on a day, if one does."""
        key = (pack_id, day)
        if key not in self._in_force:
            ref = packs.pack_in_force(pack_id, day)
            self._in_force[key] = ref.id if ref else None
            if ref:
                self._packs.setdefault(ref.id, packs.typed_ref(ref))
        return self._in_force[key]

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
            self._laws[key] = packs.law_of(version_id, day, self.pack(version_id))
        return self._laws[key]

    def unit(self, unit_id: int) -> Unit:
        """Return a unit as rules ask for it."""
        found = self.unit_ref(unit_id)
        if found is None:
            raise LookupError(f"there is no unit {unit_id}")
        return Unit(found.name, found.group, found.attributes)

    def unit_ref(self, unit_id: int) -> UnitRef | None:
        """Return a unit as other rooms know it, or nothing."""
        if unit_id not in self._units:
            self._units[unit_id] = organizations.unit(unit_id)
        return self._units[unit_id]

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar."""
        if self._calendar is None:
            self._calendar = packs.calendar()
        return self._calendar
