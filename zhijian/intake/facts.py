"""The facts of a period over the database: few grouped queries, however many units there are.

A kind with few records is read and measured by ``MemoryFacts``, which defines every statistic.
A kind with many is measured by grouped aggregates over whole numbers; what those cannot say
(medians, trimmed means, look-ups in tables) is measured from the columns of the kind, read once.
Both ways give the same numbers; evidence of a kind with many records names how many, not which.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import Any

from django.db import OperationalError
from django.db.models import Count, Q

from zhijian.domain.dates.period import Period
from zhijian.domain.records.measure import Facts, Measure, Measured
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.records.record import Record, word_of
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.engine import is_postgresql
from zhijian.intake import queries, slots, to_domain
from zhijian.intake.aggregates import Plan, plan_of
from zhijian.intake.book import month_text
from zhijian.intake.combining import Part, combined, latest_ids, latest_of
from zhijian.intake.names import UnitNames
from zhijian.intake.slots import Slot

#: A kind with more records than this in the period is measured by the engine.
FEW = 5000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records are measured: of which pack, period and units."""

    pack: Pack
    period: Period
    names: UnitNames
    unit_ids: frozenset[int] | None
    few: int = FEW


def facts(
    pack: Pack,
    period: Period,
    measures: Iterable[Measure],
    unit_ids: Collection[int] | None = None,
) -> Facts:
    """Return the facts of a period for the given measures, prefetched.

    Units are named as ``UnitNames`` names them. ``unit_ids`` limits the work to some units; which
    kinds count as large is decided by the whole period all the same.
    """
    return SqlFacts(scope_of(pack, period, unit_ids), tuple(measures))


def scope_of(
    pack: Pack, period: Period, unit_ids: Collection[int] | None = None, few: int = FEW
) -> Scope:
    """Return what facts are about; ``few`` says from where on a kind counts as large."""
    only = None if unit_ids is None else frozenset(unit_ids)
    return Scope(pack, period, UnitNames.load(), only, few)


def facts_from(records: Iterable[Record], as_of: date, few: int = FEW) -> Facts:
    """Return facts over records in hand (a snapshot) that answer exactly as ``facts`` does."""
    held = list(records)
    often = Counter(record.kind for record in held)
    large = frozenset(kind for kind, count in often.items() if count > few)
    return _ShortEvidence(MemoryFacts(held, as_of), large)


@dataclass(frozen=True, slots=True)
class _ShortEvidence:
    """Facts whose evidence of large kinds names no records."""

    facts: MemoryFacts
    large: frozenset[str]

    def present(self, unit: str, kind: str) -> int:
        """Return how many records of ``kind`` the unit has."""
        return self.facts.present(unit, kind)

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        """Measure the records of ``unit``."""
        found = self.facts.measure(unit, measure, key)
        return short(found, measure) if measure.kind in self.large else found


def short(found: Measured, measure: Measure) -> Measured:
    """Leave out which records were counted, unless the measure is about a single one."""
    if measure.statistic == "latest" or not found.evidence.keys:
        return found
    return found._replace(evidence=replace(found.evidence, keys=()))


@dataclass
class SqlFacts:
    """Facts of a period over the database. Everything is read when it is made."""

    scope: Scope
    measures: tuple[Measure, ...]
    _memory: MemoryFacts = field(init=False)
    _present: Counter[tuple[str, int | None]] = field(init=False, default_factory=Counter)
    _parts: dict[Measure, dict[tuple[int | None, str], list[Part]]] = field(
        init=False, default_factory=dict
    )
    _latest: dict[int, Record] = field(init=False, default_factory=dict)
    _units: dict[Measure, Fraction] = field(init=False, default_factory=dict)
    _rows: dict[str, MemoryFacts] = field(init=False, default_factory=dict)
    _small: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        kinds = self._kinds()
        large = [kind for kind in kinds if self._is_large(kind)]
        self._small = frozenset(kinds) - frozenset(large)
        self._memory = MemoryFacts(self._few_records(), self.scope.period.last)
        if large:
            self._prefetch(large)

    def present(self, unit: str, kind: str) -> int:
        """Return how many records of ``kind`` the unit has."""
        if kind not in self._small:
            return self._present[kind, self._owner(unit, kind)]
        return self._memory.present(unit, kind)

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        """Measure the records of ``unit``; the measure must be one of those prefetched."""
        if measure.kind in self._small:
            return self._memory.measure(unit, measure, key)
        if measure not in self._parts:
            return short(self._rows[measure.kind].measure(unit, measure, key), measure)
        where = (self._owner(unit, measure.kind), key if measure.keyed_by else "")
        parts = self._parts[measure].get(where, [])
        if measure.statistic == "latest":
            return latest_of(measure, parts, self._latest)
        return combined(measure, parts, self._units[measure])

    def _kinds(self) -> list[str]:
        """Return the kinds that may be asked about: of registers, only what is measured."""
        kinds = self.scope.pack.kinds
        asked = {name for each in self.measures for name in (each.kind, kinds[each.kind].absence)}
        return [each.id for each in kinds.values() if not each.is_register or each.id in asked]

    def _owner(self, unit: str, kind: str) -> int | None:
        """Return whose records answer for a unit; those of a register belong to none."""
        if self.scope.pack.kinds[kind].is_register:
            return None
        return self.scope.names.id(unit) or 0

    def _is_large(self, kind: str) -> bool:
        rows = queries.in_force(self.scope.pack.id, self.scope.period).filter(kind=kind)
        # In the order of the index, so that it alone is walked, and only so far.
        beyond = rows.order_by("month").values("month")[self.scope.few : self.scope.few + 1]
        return len(beyond) > 0

    def _of(self, kinds: Collection[str]) -> Any:
        rows = queries.in_force(self.scope.pack.id, self.scope.period).filter(kind__in=kinds)
        if self.scope.unit_ids is None:
            return rows
        own = Q(unit__in=self.scope.unit_ids)
        shared = any(self.scope.pack.kinds[kind].is_register for kind in kinds)
        return rows.filter(own | Q(unit=None) if shared else own)

    def _few_records(self) -> Iterator[Record]:
        # Sorted here: asked for by id, PostgreSQL walks the whole table along its key.
        rows = self._of(self._small).order_by().values_list(*to_domain.SHAPE)
        rows = sorted(rows, key=itemgetter(0))
        return to_domain.records_of(rows, self.scope.pack.kinds, self.scope.names)

    def _records(self, kinds: Collection[str]) -> Iterator[Record]:
        rows = self._of(kinds).order_by("pk").values_list(*to_domain.SHAPE)
        return to_domain.records_of(rows.iterator(5000), self.scope.pack.kinds, self.scope.names)

    def _prefetch(self, kinds: list[str]) -> None:
        columns = {kind: self._columns(kind) for kind in kinds}
        by_rows: defaultdict[str, list[Measure]] = defaultdict(list)
        plans: list[Plan] = []
        for measure in dict.fromkeys(self.measures):
            if measure.kind not in columns:
                continue
            plan = plan_of(measure, columns[measure.kind], self.scope.period.last)
            if plan is None:
                by_rows[measure.kind].append(measure)
            else:
                plans.append(plan)
        for measure in self._aggregate(kinds, plans):
            by_rows[measure.kind].append(measure)
        for kind, measures in by_rows.items():
            self._rows[kind] = self._measured_by_rows(kind, columns[kind], measures)

    def _columns(self, kind: str) -> dict[str, Slot]:
        """Return the columns of a kind that still hold what the pack says now."""
        given = queries.slots(self.scope.pack.id, [kind]).get(kind, {})
        fields = {field.id: slots.holds(field) for field in self.scope.pack.kinds[kind].fields}
        return {name: slot for name, slot in given.items() if fields.get(name) == slot.holds}

    def _aggregate(self, kinds: list[str], plans: list[Plan]) -> list[Measure]:
        """Take the plans with one query for each way of grouping; return what overflowed."""
        scans = [
            (own, None, [plan for plan in plans if plan.group is None and plan.measure.kind in own])
            for own in _scanned_together(kinds)
        ]
        grouped: dict[tuple[str, Slot], list[Plan]] = defaultdict(list)
        for plan in plans:
            if plan.group is not None:
                grouped[plan.measure.kind, plan.group].append(plan)
        scans += [([kind], group, own) for (kind, group), own in grouped.items()]
        failed: list[Measure] = []
        for own, group, together in scans:
            try:
                self._take(own, group, together)
            except OperationalError as error:
                # SQLite says so when a sum leaves 64 bits; the records still fit in memory.
                if "overflow" not in str(error):
                    raise
                failed += [plan.measure for plan in together]
        self._read_latest()
        return failed

    def _take(self, kinds: list[str], group: Slot | None, plans: list[Plan]) -> None:
        """Aggregate kinds in one scan; of each row only the plans of its own kind are taken."""
        by = ["kind", "month", "unit_id"] + ([group.column] if group else [])
        asked: dict[str, Any] = {"present": Count("*")}
        places: dict[str, list[tuple[Plan, int, int | None]]] = {kind: [] for kind in kinds}
        for number, plan in enumerate(plans):
            count = len(by) + len(asked)
            asked[f"c{number}"] = plan.count
            if plan.value is not None:
                asked[f"v{number}"] = plan.value
            place = (plan, count, None if plan.value is None else count + 1)
            places[plan.measure.kind].append(place)
        rows = self._of(kinds).order_by().values(*dict.fromkeys(by)).annotate(**asked)
        taken: dict[Measure, dict[tuple[int | None, str], list[Part]]] = {
            plan.measure: defaultdict(list) for plan in plans
        }
        # Fetched at once: behind a cursor PostgreSQL plans without parallel workers.
        for row in rows.values_list(*by, *asked):
            kind, month, unit_id = row[0], month_text(row[1]), row[2]
            if group is None:
                self._present[kind, unit_id] += row[len(by)]
            key = _key(group, row[3]) if group else ""
            for plan, count, value in places[kind]:
                if row[count]:
                    part = Part(month, row[count], None if value is None else row[value])
                    taken[plan.measure][unit_id, key].append(part)
        self._parts.update(taken)
        self._units.update((plan.measure, plan.unit) for plan in plans)

    def _read_latest(self) -> None:
        """Read the records that are the last of their unit."""
        wanted = sorted(latest_ids(self._parts) - self._latest.keys())
        for start in range(0, len(wanted), 30_000):
            rows = self._of(list(self.scope.pack.kinds)).filter(
                pk__in=wanted[start : start + 30_000]
            )
            shaped = rows.values_list(*to_domain.SHAPE)
            kinds = self.scope.pack.kinds
            for record in to_domain.records_of(shaped, kinds, self.scope.names):
                self._latest[int(record.key.removeprefix("record:"))] = record

    def _measured_by_rows(
        self, kind: str, columns: dict[str, Slot], measures: Iterable[Measure]
    ) -> MemoryFacts:
        wanted = {name for each in measures for name in slots.fields_of(each)} - {"month", "on"}
        if not wanted <= columns.keys():
            return MemoryFacts(self._records([kind]), self.scope.period.last)
        names = sorted(wanted)
        rows = self._of([kind]).order_by("pk")
        shaped = rows.values_list("pk", "unit_id", "on", *(columns[name].column for name in names))
        return MemoryFacts(
            _from_columns(kind, shaped.iterator(5000), [(n, columns[n]) for n in names],
                          self.scope.names),
            self.scope.period.last,
        )  # fmt: skip


def _from_columns(
    kind: str, rows: Iterable[Any], columns: list[tuple[str, Slot]], names: UnitNames
) -> Iterator[Record]:
    for pk, unit_id, on, *stored in rows:
        values = {
            name: slot.decode(each) for (name, slot), each in zip(columns, stored, strict=True)
        }
        yield Record(f"record:{pk}", kind, names.name(unit_id), on, values)


def _scanned_together(kinds: list[str]) -> list[list[str]]:
    """Return which kinds one query aggregates.

    PostgreSQL walks the whole table for a kind that fills much of it, and so once for all kinds.
    SQLite walks the index of each kind in the order of its groups.
    """
    return [kinds] if is_postgresql() else [[kind] for kind in kinds]


def _key(group: Slot, stored: Any) -> str:
    if group.holds == "month":
        return month_text(stored)
    return word_of(stored if group.holds == "day" else group.decode(stored))
