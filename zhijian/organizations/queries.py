"""Reading the tree of units. Other apps get frozen values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.organizations.models import Contact, Unit


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as other apps may know it."""

    id: int
    code: str
    name: str
    kind: str
    group: str
    attributes: Mapping[str, Any] = field(hash=False)
    parent_id: int | None = None
    is_active: bool = True
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of the printed tree."""

    unit: UnitRef
    kind_name: str
    depth: int

    @property
    def indent(self) -> range:
        """Return one step for each level above, for a template to repeat something."""
        return range(self.depth)


def unit_refs(user: Any, permission: str) -> tuple[UnitRef, ...]:
    """Return the active units for which ``user`` holds ``permission``, in the order of lists."""
    allowed = accounts.units_allowed(user, permission)
    rows = _active()
    if allowed is not accounts.ALL:
        rows = rows.filter(pk__in=allowed)
    return tuple(ref_of(row) for row in rows)


def all_units() -> tuple[UnitRef, ...]:
    """Return every active unit."""
    return tuple(ref_of(row) for row in _active())


def unit(unit_id: int) -> UnitRef | None:
    """Return one unit, active or not, or nothing."""
    row = Unit.objects.filter(pk=unit_id).first()
    return ref_of(row) if row else None


def units_by_id(ids: Iterable[int]) -> dict[int, UnitRef]:
    """Return units by their ids, active or not."""
    return {row.pk: ref_of(row) for row in Unit.objects.filter(pk__in=set(ids))}


def units_by_name(names: Iterable[str]) -> dict[str, tuple[UnitRef, ...]]:
    """Return the active units with each name; several when a name occurs under two parents.

    A name that nobody has is absent from the answer.
    """
    found: dict[str, list[UnitRef]] = defaultdict(list)
    for row in _active().filter(name__in=set(names)):
        found[row.name].append(ref_of(row))
    return {name: tuple(refs) for name, refs in found.items()}


def units_by_code(codes: Iterable[str]) -> dict[str, UnitRef]:
    """Return the active units with the given codes."""
    return {row.code: ref_of(row) for row in _active().filter(code__in=set(codes))}


def subtree(unit_id: int) -> tuple[UnitRef, ...]:
    """Return a unit and every active unit below it."""
    ids = at_or_below(frozenset({unit_id}))
    return tuple(ref_of(row) for row in _active().filter(pk__in=ids))


def at_or_below(unit_ids: frozenset[int]) -> frozenset[int]:
    """Return the ids of the given units and of all units below them.

    One query for the whole tree: at the planned 10 000 units that is a few milliseconds and
    needs no engine-specific recursion.
    """
    children = _children_of(Unit.objects.values_list("pk", "parent_id"))
    reached: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(children.get(current, ()))
    return frozenset(reached)


def who_looks_after(permission: str, unit_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return for each unit the people who hold ``permission`` by a grant that names it.

    A grant reaches the units below it. Whoever holds the permission everywhere looks after no unit
    in particular and is left out. Two queries, however many units there are.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for holding in accounts.holdings(permission):
        if holding.unit_id is not None:
            holders[holding.unit_id].append(holding.user_id)
    parents = dict(Unit.objects.values_list("pk", "parent_id")) if holders else {}
    return {unit_id: _holders_above(unit_id, parents, holders) for unit_id in set(unit_ids)}


def tree() -> tuple[TreeLine, ...]:
    """Return every unit, active or not, each below its parent."""
    rows = list(Unit.objects.order_by("position", "code"))
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    return tuple(_walk(below, None, 0))


def choices() -> list[tuple[int, str]]:
    """Return the active units as choices of a form, indented by their depth."""
    indent = "\u3000"
    return [
        (line.unit.id, indent * line.depth + line.unit.name)
        for line in tree()
        if line.unit.is_active
    ]


def row(unit_id: int) -> Unit | None:
    """Return the row of a unit for a form of this app."""
    return Unit.objects.filter(pk=unit_id).first()


def possible_parents() -> QuerySet[Unit]:
    """Return the rows a form offers as parents."""
    return _active()


def _walk(
    below: dict[int | None, list[Unit]], parent: int | None, depth: int
) -> Iterator[TreeLine]:
    for row in below.get(parent, ()):
        yield TreeLine(ref_of(row), row.kind_name, depth)
        yield from _walk(below, row.pk, depth + 1)


def _active() -> QuerySet[Unit]:
    return Unit.objects.filter(is_active=True).order_by("position", "code")


def _holders_above(
    unit_id: int, parents: dict[int, int | None], holders: dict[int, list[int]]
) -> tuple[int, ...]:
    found: list[int] = []
    at: int | None = unit_id
    while at is not None:
        found += holders.get(at, ())
        at = parents.get(at)
    return tuple(dict.fromkeys(found))


def _children_of(pairs: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in pairs:
        if parent is not None:
            children[parent].append(child)
    return children


def ref_of(row: Unit) -> UnitRef:
    """Return a unit whose row was read already."""
    return UnitRef(
        row.pk,
        row.code,
        row.name,
        row.kind,
        row.group,
        row.attributes,
        row.parent_id,
        row.is_active,
        row.is_sample,
    )


def rows_seen(user: Any) -> QuerySet[Unit]:
    """Return the rows of the units a person may look at, active or not."""
    allowed = accounts.units_allowed(user, "organizations.view")
    return Unit.objects.all() if allowed is accounts.ALL else Unit.objects.filter(pk__in=allowed)


def contact_of(unit_id: int) -> Contact | None:
    """Return how a unit is reached, or nothing while that was never told."""
    return Contact.objects.filter(unit_id=unit_id).select_related("checked_by").first()


def units_without_contact(user: Any) -> tuple[UnitRef, ...]:
    """Return the active units for which ``user`` keeps the contact data and has told none yet.

    Whoever may do so for all units is not asked unit by unit.
    """
    allowed = accounts.units_allowed(user, "organizations.contact")
    if allowed is accounts.ALL or not allowed:
        return ()
    return tuple(ref_of(row) for row in _active().filter(pk__in=allowed, contact=None))
