"""Lists of cases: filtered, the one due first in front, quick among millions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from zhijian.accounts import queries as accounts
from zhijian.cases.models import Case
from zhijian.cases.queries.search import search
from zhijian.cases.visibility import seen_by
from zhijian.domain.casework.kind import CaseKind
from zhijian.foundation.language import language
from zhijian.packs import queries as packs

OPEN, ENDED, OVERDUE, ALL = "open", "ended", "overdue", "all"
SHOWN = (OPEN, OVERDUE, ENDED, ALL)
MINE = "me"
COUNTED = 1000
"""More than so many are not counted, and not paged through: a filter finds them sooner."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases somebody looks for; empty fields do not restrict.

    ``kind`` is a regulation and a kind of it, joined by a colon.
    """

    shown: str = OPEN
    kind: str = ""
    state: str = ""
    level: str = ""
    unit: int | None = None
    owner: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class KindRef:
    """A kind of case that a regulation in force has."""

    pack_id: str
    version_id: int
    kind: CaseKind

    @property
    def id(self) -> str:
        """The name by which a list is filtered."""
        return f"{self.pack_id}:{self.kind.id}"

    @property
    def label(self) -> str:
        """The kind and its regulation, in the language of the page."""
        regulation = packs.typed(self.version_id).header.title
        return f"{self.kind.title.to(language())} · {regulation.to(language())}"


class FewCounted(Paginator):
    """Pages that count no further than they lead."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, up to the limit; in which order makes no difference."""
        return self.object_list.order_by()[:COUNTED].count()  # type: ignore[union-attr,index,no-any-return]

    @property
    def is_more(self) -> bool:
        """Tell whether there may be more than can be paged through."""
        return self.count >= COUNTED


def kinds_in_force() -> tuple[KindRef, ...]:
    """Return every kind of case of the regulations in force today."""
    return tuple(
        KindRef(ref.pack_id, ref.id, kind)
        for ref in packs.published_packs()
        for kind in packs.typed_ref(ref).cases.values()
    )


def cases_seen(user: Any, sought: Sought, now: datetime) -> QuerySet[Case]:
    """Return the cases that match and that a person may see.

    Open ones come with the one due first in front, all others the latest first.
    """
    rows = _filtered(seen_by(user), sought, user)
    if sought.shown in (OPEN, OVERDUE):
        rows = rows.filter(ends="")
        if sought.shown == OVERDUE:
            rows = rows.filter(sorts_at__lt=now)
        rows = rows.order_by("sorts_at", "pk")
    else:
        rows = rows.exclude(ends="") if sought.shown == ENDED else rows
        rows = rows.order_by("-opened_at", "-pk")
    return with_names(rows)


def of_kinds(kinds: Iterable[tuple[str, str]]) -> QuerySet[Case]:
    """Return all cases of some kinds, named by regulation and kind; for work nobody looks at."""
    wanted = Q(pk__in=())
    for pack_id, kind in kinds:
        wanted |= Q(pack_id=pack_id, kind=kind)
    return Case.objects.filter(wanted)


def with_ids(ids: Iterable[int]) -> QuerySet[Case]:
    """Return cases by their ids; for work nobody looks at."""
    return with_names(Case.objects.filter(pk__in=ids).order_by("pk"))


def with_names(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Return rows with what a line of a list needs, without a query for each."""
    return rows.select_related("unit", "owner", "pack_version").defer("pack_version__files")


def _filtered(rows: QuerySet[Case], sought: Sought, user: Any) -> QuerySet[Case]:
    pack_id, _, kind = sought.kind.partition(":")
    if kind:
        rows = rows.filter(pack_id=pack_id, kind=kind)
        named = {"state": sought.state, "level": sought.level}
        rows = rows.filter(**{name: value for name, value in named.items() if value})
    if sought.unit:
        rows = rows.filter(unit_id=sought.unit)
    if sought.owner == MINE:
        rows = rows.filter(owner_id=user.pk)
    return search(rows, sought.text, user) if sought.text else rows


def to_do(user: Any, most: int) -> list[Case]:
    """Return the open cases that a person owns, the one due first in front."""
    own = Case.objects.filter(owner_id=user.pk, ends="").order_by("sorts_at", "pk")
    return list(with_names(own)[:most])


def waiting_for(user: Any, kinds: Iterable[KindRef], most: int) -> list[Case]:
    """Return the open cases that wait for a step of one of the bodies that a person acts for.

    Whether they may take it is told on the page of the case; here it is looked up without reading
    any case.
    """
    places = _places(user, kinds)
    if not places:
        return []
    rows = seen_by(user).filter(places, ends="").exclude(owner_id=user.pk)
    return list(with_names(rows.order_by("sorts_at", "pk"))[:most])


def _places(user: Any, kinds: Iterable[KindRef]) -> Q:
    """The states from which a body may act, in the units in which the person acts for it."""
    found = Q()
    for ref in kinds:
        roles = {body.id: body.role for body in packs.typed(ref.version_id).header.bodies}
        for state in ref.kind.states.values():
            acting = {
                roles[each.name]
                for step in ref.kind.steps_from(state.id)
                for each in step.by
                if each.word == "body" and roles.get(each.name)
            }
            for role in sorted(acting):
                units = accounts.units_of_role(user, role)
                if not units:
                    continue
                place = Q(pack_id=ref.pack_id, kind=ref.kind.id, state=state.id)
                found |= place if units is accounts.ALL else place & Q(unit_id__in=units)
    return found


def kind_of(case: Case) -> CaseKind:
    """Return what kind of case it is, under its own version of the regulation."""
    return packs.typed(case.pack_version_id).cases[case.kind]


@dataclass(frozen=True, slots=True)
class CaseWords:
    """A case of a list in the language of the page."""

    kind: str
    state: str
    level: str


def words_of(row: Case) -> CaseWords:
    """Return what a case of a list is called; its row was read ``with_names``."""
    kind, lang = packs.typed_of(row.pack_version).cases[row.kind], language()
    level = kind.levels[row.level].title.to(lang) if row.level else ""
    return CaseWords(kind.title.to(lang), kind.states[row.state].title.to(lang), level)
