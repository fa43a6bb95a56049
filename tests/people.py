"""The cast of every story: the same people, with the same rights, in every test."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.accounts import roles, services
from zhijian.accounts.models import User
from zhijian.accounts.services import NewGrant, NewPerson
from zhijian.organizations.models import Unit

from . import factories
from .kept import kept

PASSWORD = "kaihe-tiandi-2026"

#: Name in stories → role; the outsider is signed in and holds none.
CAST = {
    "clerk": roles.DEPARTMENT_CLERK,
    "other_clerk": roles.DEPARTMENT_CLERK,
    "working_group": roles.WORKING_GROUP,
    "committee": roles.COMMITTEE,
    "inspector": roles.INSPECTOR,
    "leader": roles.LEADER,
    "auditor": roles.AUDITOR,
    "administrator": roles.ADMINISTRATOR,
    "security_administrator": roles.SECURITY_ADMINISTRATOR,
    "outsider": None,
}


@dataclass(frozen=True)
class People:
    """Everybody, and the two units the clerks work for."""

    clerk: User
    other_clerk: User
    working_group: User
    committee: User
    inspector: User
    leader: User
    auditor: User
    administrator: User
    security_administrator: User
    outsider: User
    unit: Unit
    other_unit: Unit


def make_person(name: str, role: str | None = None, unit: Unit | None = None) -> User:
    """Create one person with one role, through the services."""
    user, _ = services.create_person(
        actor=None, person=NewPerson(name, name.replace("_", " ")), password=PASSWORD
    )
    if role:
        grant = NewGrant(role, factories.LONG_AGO, unit_id=unit.pk if unit else None)
        services.grant_role(actor=None, user=user, grant=grant)
    return user


@kept
def make_people() -> People:
    """Create the whole cast: 市场经营部 has the clerk, 储运中心 the other clerk."""
    company = factories.make_unit(name="示例公司", code="C0", kind="company")
    units = {
        "clerk": factories.make_unit(name="市场经营部", code="D1", parent=company),
        "other_clerk": factories.make_unit(name="储运中心", code="D2", parent=company),
    }
    everybody = {name: make_person(name, role, units.get(name)) for name, role in CAST.items()}
    return People(**everybody, unit=units["clerk"], other_unit=units["other_clerk"])
