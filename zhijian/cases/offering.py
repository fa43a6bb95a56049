"""What forms offer to choose from: people who may act in cases, and units."""

from __future__ import annotations

from functools import cache
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.cases.queries import KindRef
from zhijian.cases.step_forms import Choices, Offered
from zhijian.domain.casework.step import CaseStep
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

_PERMISSION = "cases.act"


def people() -> Choices:
    """Return everybody who may act in cases of some unit."""
    found = accounts.people_by_id(accounts.who_may(_PERMISSION)).values()
    return [
        (str(each.id), each.display_name) for each in sorted(found, key=lambda one: one.username)
    ]


def offered(user: Any) -> Offered:
    """Return what the forms of a person offer; each list is read once, and only if it is shown."""

    def units() -> Choices:
        refs = organizations.unit_refs(user, _PERMISSION)
        return [(str(each.id), each.name) for each in refs]

    return Offered(cache(people), cache(units))


def openings(user: Any, ref: KindRef) -> tuple[CaseStep, ...]:
    """Return the steps by which a person may open a case of a kind, in some unit."""
    pack = packs.typed(ref.version_id)
    roles = {body.id: body.role for body in pack.header.bodies}
    held = accounts.roles_of(user)
    return tuple(
        step
        for step in ref.kind.steps_from("")
        if any(
            each.word == "anyone" or (each.word == "body" and roles.get(each.name) in held)
            for each in step.by
        )
    )
