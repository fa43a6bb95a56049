"""Giving roles and ending them, so that nobody can cover for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from zhijian.accounts import queries
from zhijian.accounts.models import RoleGrant, User
from zhijian.accounts.roles import HELD_ALONE, NEEDS_UNIT, ROLES
from zhijian.accounts.services.people import subject
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.foundation.refusal import Refusal


class GrantRefused(Refusal):
    """A role that cannot be given or ended this way."""


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to be given: for one unit or for all, from a day on and until a day."""

    role: str
    starts: date
    until: date | None = None
    unit_id: int | None = None


@transaction.atomic
def grant_role(*, actor: User | None, user: User, grant: NewGrant) -> RoleGrant:
    """Give a role; refuse what conflicts with the roles held at the same time.

    The person's row is locked, so that two grants made at once see each other.
    ``actor=None`` is the program itself (commands on the server).
    """
    _require(actor, user)
    _check(grant)
    User.objects.select_for_update().get(pk=user.pk)
    _check_against(grant, _overlapping(user, grant))
    row = RoleGrant.objects.create(
        user=user,
        role=grant.role,
        unit_id=grant.unit_id,
        starts=grant.starts,
        until=grant.until,
        granted_by=actor,
    )
    queries.forget_grants(user)
    record(actor=actor, action="accounts.grant", subject=subject(user), after=_facts(row))
    return row


@transaction.atomic
def end_grant(*, actor: User | None, grant_id: int) -> RoleGrant:
    """Let a role end: it counts no more from now on, and stays on record.

    A role that began today or has not begun is taken back as if never given; the audit trail
    keeps that it was.
    """
    row = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant_id)
    _require(actor, row.user)
    before, today = _facts(row), clock.today()
    if row.until is not None and row.until < today:
        raise GrantRefused("accounts.grant_over", until=row.until)
    if row.starts >= today:
        row.delete()
        after = None
    else:
        row.until = today - timedelta(days=1)
        row.save(update_fields=["until"])
        after = _facts(row)
    queries.forget_grants(row.user)
    record(
        actor=actor,
        action="accounts.end_grant",
        subject=subject(row.user),
        before=before,
        after=after,
    )
    return row


def _require(actor: User | None, user: User) -> None:
    if actor is None:
        return
    if not queries.may(actor, "accounts.grant"):
        raise GrantRefused("accounts.not_permitted", permission="accounts.grant")
    if actor.pk == user.pk:
        raise GrantRefused("accounts.own_roles")


def _check(grant: NewGrant) -> None:
    if grant.role not in ROLES:
        raise GrantRefused("accounts.unknown_role", role=grant.role)
    if grant.role in NEEDS_UNIT and grant.unit_id is None:
        raise GrantRefused("accounts.unit_needed", role=ROLES[grant.role])
    if grant.until is not None and grant.until < grant.starts:
        raise GrantRefused(
            "accounts.grant_ends_before_start", starts=grant.starts, until=grant.until
        )


def _overlapping(user: User, grant: NewGrant) -> QuerySet[RoleGrant]:
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gte=grant.starts), user=user)
    return held if grant.until is None else held.filter(starts__lte=grant.until)


def _check_against(grant: NewGrant, held: QuerySet[RoleGrant]) -> None:
    for other in held:
        if other.role == grant.role and other.unit_id == grant.unit_id:
            raise GrantRefused("accounts.grant_exists", role=ROLES[grant.role])
        if other.role != grant.role and {other.role, grant.role} & HELD_ALONE:
            alone = grant.role if grant.role in HELD_ALONE else other.role
            second = other.role if alone == grant.role else grant.role
            raise GrantRefused("accounts.roles_conflict", role=ROLES[alone], other=ROLES[second])


def _facts(row: RoleGrant) -> dict[str, object]:
    return {"role": row.role, "unit_id": row.unit_id, "starts": row.starts, "until": row.until}
