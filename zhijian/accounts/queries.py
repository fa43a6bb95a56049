"""Who somebody is and what they may do. Other apps ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Literal

from django.db.models import Q, QuerySet

from zhijian.accounts.models import ApiToken, RoleGrant, SignedInSession, User
from zhijian.accounts.permissions import PERMISSIONS
from zhijian.accounts.roles import NEEDS_UNIT
from zhijian.foundation import clock, reach


class AllUnits(Enum):
    """The answer "every unit", told apart from any set of units."""

    ALL = "all"


ALL: Final = AllUnits.ALL
UnitsAllowed = frozenset[int] | Literal[AllUnits.ALL]

_REMEMBERED = "_grants_on"
_REACHED = "_units_reached"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role as it counts today."""

    role: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who holds a permission; without a unit, everywhere."""

    user_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as other apps may know them."""

    id: int
    username: str
    display_name: str
    is_sample: bool


def may(user: Any, permission: str, unit_id: int | None = None) -> bool:
    """Tell whether ``user`` holds ``permission`` today.

    With ``unit_id`` the answer is for that unit; without, whether there is any unit at all for
    which they hold it. An unknown permission is a fault of the program and raises ``KeyError``.
    """
    allowed = units_allowed(user, permission)
    if allowed is ALL:
        return True
    return bool(allowed) if unit_id is None else unit_id in allowed


def units_allowed(user: Any, permission: str) -> UnitsAllowed:
    """Return the units for which ``user`` holds ``permission`` today: ``ALL`` or their ids.

    A grant of a unit counts for that unit and everything below it, whatever the role; a grant
    without a unit counts everywhere when the role holds the permission everywhere.
    """
    rule = PERMISSIONS[permission]
    named: set[int] = set()
    for grant in grants_of(user):
        if grant.role not in rule.everywhere | rule.own_units:
            continue
        if grant.unit_id is not None:
            named.add(grant.unit_id)
        elif grant.role in rule.everywhere:
            return ALL
    return _reached(user, frozenset(named))


def _reached(user: Any, named: frozenset[int]) -> frozenset[int]:
    """The units at or below some units; remembered beside the grants of the user."""
    if not named:
        return named
    remembered: dict[frozenset[int], frozenset[int]] = user.__dict__.setdefault(_REACHED, {})
    if named not in remembered:
        remembered[named] = reach.at_or_below(named)
    return remembered[named]


def grants_of(user: Any) -> tuple[Grant, ...]:
    """Return the roles ``user`` holds today; nobody signed in holds none.

    The answer is remembered on the user object, which lives for one request.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    today = clock.today()
    remembered: tuple[date, tuple[Grant, ...]] | None = getattr(user, _REMEMBERED, None)
    if remembered is None or remembered[0] != today:
        rows = active_grants(today).filter(user_id=user.pk).order_by("pk")
        remembered = (today, tuple(Grant(row.role, row.unit_id) for row in rows))
        setattr(user, _REMEMBERED, remembered)
    return remembered[1]


def forget_grants(user: Any) -> None:
    """Make the next question about ``user`` read the grants again."""
    user.__dict__.pop(_REMEMBERED, None)
    user.__dict__.pop(_REACHED, None)


def roles_of(user: Any) -> frozenset[str]:
    """Return the names of the roles ``user`` holds today."""
    return frozenset(grant.role for grant in grants_of(user))


def roles_in(user: Any, unit_id: int) -> frozenset[str]:
    """Return the roles in which ``user`` acts today for one unit."""
    held = {grant.role: units_of_role(user, grant.role) for grant in grants_of(user)}
    return frozenset(role for role, units in held.items() if units is ALL or unit_id in units)


def units_of_role(user: Any, role: str) -> UnitsAllowed:
    """Return the units for which ``user`` acts in a role today: ``ALL`` or their ids.

    A grant of a unit reaches the units below it; one without a unit reaches all, unless people of
    that role work for named units only.
    """
    grants = [grant.unit_id for grant in grants_of(user) if grant.role == role]
    if None in grants and role not in NEEDS_UNIT:
        return ALL
    return _reached(user, frozenset(each for each in grants if each is not None))


def active_grants(on: date) -> QuerySet[RoleGrant]:
    """Return the grants that count on a day."""
    return RoleGrant.objects.filter(Q(until=None) | Q(until__gte=on), starts__lte=on)


def people_with_role(role: str, unit_id: int | None = None) -> list[PersonRef]:
    """Return the active people who hold ``role`` today, for ``unit_id`` when one is named."""
    grants = active_grants(clock.today()).filter(role=role)
    if unit_id is not None:
        grants = grants.filter(Q(unit_id=unit_id) | Q(unit=None))
    people = User.objects.filter(is_active=True, pk__in=grants.values("user_id"))
    return [_ref(user) for user in people.order_by("username")]


def who_may(permission: str) -> tuple[int, ...]:
    """Return the ids of the active people who hold ``permission`` today, for some unit or all."""
    return tuple(dict.fromkeys(holding.user_id for holding in holdings(permission)))


def holdings(permission: str) -> tuple[Holding, ...]:
    """Return who holds ``permission`` today by which grant: for all units, or for a named one."""
    rule = PERMISSIONS[permission]
    grants = active_grants(clock.today()).filter(
        Q(role__in=rule.everywhere) | Q(role__in=rule.own_units, unit__isnull=False),
        user__is_active=True,
    )
    return tuple(Holding(*pair) for pair in grants.order_by("pk").values_list("user_id", "unit_id"))


def people_by_id(ids: Iterable[int]) -> dict[int, PersonRef]:
    """Return people by their ids, also those who left."""
    return {user.pk: _ref(user) for user in User.objects.filter(pk__in=set(ids))}


def _ref(user: User) -> PersonRef:
    return PersonRef(user.pk, user.username, user.display_name, user.is_sample)


def people(text: str = "") -> QuerySet[User]:
    """Return everybody whose name or user name contains ``text``, with their grants."""
    rows = User.objects.order_by("username").prefetch_related("grants__unit")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    return rows


def person(user_id: int) -> User | None:
    """Return one person, or nothing."""
    return User.objects.filter(pk=user_id).first()


def all_grants_of(user: User) -> QuerySet[RoleGrant]:
    """Return every grant a person has, had or will have, latest first."""
    return user.grants.select_related("unit", "granted_by").order_by("-starts", "-pk")


def sessions_of(user: User) -> QuerySet[SignedInSession]:
    """Return the browsers in which a person is signed in, latest used first."""
    return SignedInSession.objects.filter(user=user).order_by("-last_seen_at")


def sample_people() -> list[User]:
    """Return the active people of the sample organisation."""
    rows = User.objects.filter(is_sample=True, is_active=True).order_by("pk")
    return list(rows.prefetch_related("grants"))


def has_grant(grant_id: int) -> bool:
    """Tell whether there is such a grant."""
    return RoleGrant.objects.filter(pk=grant_id).exists()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return every token a person made, latest first."""
    return ApiToken.objects.filter(user=user).order_by("-pk")


def token_in_force(digest: str, at: datetime) -> ApiToken | None:
    """Return the token with this digest if it still opens anything and its maker may sign in."""
    rows = ApiToken.objects.select_related("user").filter(
        digest=digest, revoked_at=None, expires_at__gt=at, user__is_active=True
    )
    return rows.first()
