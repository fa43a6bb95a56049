"""The people of the sample organisation. They exist on a sample site only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhijian.accounts import roles
from zhijian.accounts.models import RoleGrant, SignedInSession, User
from zhijian.accounts.services.grants import NewGrant, grant_role
from zhijian.accounts.services.people import NewPerson, create_person

SAMPLE_PASSWORD = "shili-zhijian-2026"  # nosec B105 - shown on purpose


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample organisation and the roles they hold."""

    username: str
    display_name: str
    role: str
    unit_id: int | None = None


#: Everybody who does not work for one unit; clerks are added per unit by the caller.
SAMPLE_STAFF = (
    SamplePerson("weiyuan", "示例·韩委员", roles.COMMITTEE),
    # A correction takes two of the committee: who approved a result does not reopen it.
    SamplePerson("weiyuan2", "示例·曹委员", roles.COMMITTEE),
    SamplePerson("gongzuozu", "示例·沈工作组", roles.WORKING_GROUP),
    SamplePerson("dudao", "示例·冯督导", roles.INSPECTOR),
    SamplePerson("lingdao", "示例·陆领导", roles.LEADER),
    SamplePerson("shenji", "示例·严审计", roles.AUDITOR),
    SamplePerson("guanli", "示例·秦管理", roles.ADMINISTRATOR),
    SamplePerson("anquan", "示例·许安全", roles.SECURITY_ADMINISTRATOR),
)


@transaction.atomic
def ensure_sample_people(
    *, starts: date, clerks: Sequence[SamplePerson] = (), password: str = SAMPLE_PASSWORD
) -> list[User]:
    """Create the sample people that are missing, each with one role from ``starts`` on.

    Running it again changes nothing.
    """
    return [_ensure(person, starts, password) for person in (*SAMPLE_STAFF, *clerks)]


def _ensure(person: SamplePerson, starts: date, password: str) -> User:
    user = User.objects.filter(username=person.username).first()
    if user is None:
        new = NewPerson(person.username, person.display_name, is_sample=True)
        user, _ = create_person(actor=None, person=new, password=password)
    if not RoleGrant.objects.filter(user=user, role=person.role, unit_id=person.unit_id).exists():
        grant = NewGrant(person.role, starts, unit_id=person.unit_id)
        grant_role(actor=None, user=user, grant=grant)
    return user


@transaction.atomic
def remove_sample_people() -> int:
    """Remove the sample people, their roles and sessions; the audit trail stays.

    Rows of other apps that name them must be gone before: the database refuses otherwise.
    """
    people = User.objects.filter(is_sample=True)
    RoleGrant.objects.filter(user__in=people).delete()
    SignedInSession.objects.filter(user__in=people).delete()
    count = people.count()
    people.delete()
    return count
