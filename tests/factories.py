"""The smallest valid row of each kind."""

from __future__ import annotations

from datetime import date
from itertools import count

from zhijian.organizations import services as organizations
from zhijian.organizations.models import Unit
from zhijian.organizations.services import UnitFacts

LONG_AGO = date(2013, 7, 1)

_numbers = count(1)


def make_unit(
    *, name: str = "", code: str = "", kind: str = "department", parent: Unit | None = None
) -> Unit:
    """Create a unit; name and code are made up when they do not matter."""
    number = next(_numbers)
    facts = UnitFacts(code=code or f"U{number}", name=name or f"部门{number}", kind=kind)
    return organizations.create_unit(
        actor=None, facts=facts, parent_id=parent.pk if parent else None
    )
