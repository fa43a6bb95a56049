"""A hazard never stands without somebody who follows it (INC-07).

Who follows it may leave, or may no longer act for the unit. Then the next in the line that the
regulation names takes over, and is told; where there is nobody, the office is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases import services as casework
from zhijian.cases.queries import KindRef
from zhijian.incidents.queries.kinds import kinds
from zhijian.packs import queries as packs

_ACT = "cases.act"


def keep_owners(*, at: datetime) -> int:
    """Give every hazard whose owner is gone to the next in line; return how many were given."""
    return sum(_kept(ref, case, at) for ref in kinds("hazard") for case in _open(ref))


def _open(ref: KindRef) -> Iterator[Any]:
    rows = cases.of_kind(ref.pack_id, ref.kind.id).filter(ends="").order_by("pk")
    return iter(cases.with_ids(rows.values_list("pk", flat=True)))


def _kept(ref: KindRef, case: Any, at: datetime) -> bool:
    if _can_act(case.owner_id, case.unit_id):
        return False
    heir = next(_line(ref, case), None)
    if heir is None:
        return False
    casework.pass_on(case_id=case.pk, to_id=heir, at=at)
    return True


def _line(ref: KindRef, case: Any) -> Iterator[int]:
    """Yield who may take over, nearest first: the bodies of the regulation in their order."""
    roles = {body.id: body.role for body in packs.typed(ref.version_id).header.bodies}
    rule = ref.kind.safety.hazard if ref.kind.safety else None
    for body in rule.line if rule else ():
        role = roles.get(body)
        people = accounts.people_with_role(role, case.unit_id) if role else []
        yield from (each.id for each in people if _can_act(each.id, case.unit_id))


def _can_act(person_id: int | None, unit_id: int) -> bool:
    person = accounts.person(person_id) if person_id else None
    return person is not None and person.is_active and accounts.may(person, _ACT, unit_id)
