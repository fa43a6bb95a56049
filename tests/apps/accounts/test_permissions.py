"""The permission table, and who may do what for which units."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import factories
from tests.people import make_people, make_person
from zhijian.accounts import queries, roles, services
from zhijian.accounts.permissions import PERMISSIONS
from zhijian.accounts.services import GrantRefused, NewGrant
from zhijian.foundation import clock

pytestmark = pytest.mark.django_db

READING = {"desk.overview", "api.use", "outcomes.view_compensation", "outcomes.view_personal"}
WRITING = [name for name in PERMISSIONS if not name.endswith(".view") and name not in READING]


def test_every_rule_names_known_roles() -> None:
    for name, rule in PERMISSIONS.items():
        assert rule.everywhere | rule.own_units <= roles.ROLES.keys(), name
        assert not rule.everywhere & rule.own_units, name


@pytest.mark.req("SYS-11")
def test_a_clerk_enters_records_of_the_own_unit_only() -> None:
    people = make_people()
    assert queries.may(people.clerk, "records.enter", people.unit.pk)
    assert not queries.may(people.clerk, "records.enter", people.other_unit.pk)
    assert queries.units_allowed(people.clerk, "records.enter") == {people.unit.pk}
    assert queries.units_allowed(people.working_group, "records.enter") is queries.ALL


def test_a_grant_reaches_the_units_below_its_own() -> None:
    people = make_people()
    team = factories.make_unit(name="一班", kind="team", parent=people.unit)
    assert queries.may(people.clerk, "records.enter", team.pk)
    assert not queries.may(people.other_clerk, "records.enter", team.pk)


def test_nobody_may_anything() -> None:
    people = make_people()
    for permission in PERMISSIONS:
        assert not queries.may(AnonymousUser(), permission)
        assert not queries.may(people.outsider, permission)


def test_somebody_disabled_may_nothing() -> None:
    people = make_people()
    services.set_active(actor=people.administrator, user=people.committee, active=False)
    assert not queries.may(people.committee, "assessments.approve")


@pytest.mark.req("SYS-11")
def test_the_three_administrators_cannot_cover_for_each_other() -> None:
    people = make_people()
    assert not queries.may(people.administrator, "accounts.grant")
    assert not queries.may(people.security_administrator, "accounts.manage")
    assert not queries.may(people.security_administrator, "records.view")
    assert not queries.may(people.security_administrator, "audit.view")
    for permission in WRITING:
        assert not queries.may(people.auditor, permission), permission


@pytest.mark.parametrize("alone", sorted(roles.HELD_ALONE))
def test_an_administrators_role_is_held_alone(alone: str) -> None:
    people = make_people()
    user = make_person("newcomer", alone)
    for other in roles.ROLES.keys() - {alone}:
        with pytest.raises(GrantRefused) as refusal:
            services.grant_role(
                actor=people.security_administrator,
                user=user,
                grant=NewGrant(other, clock.today(), unit_id=people.unit.pk),
            )
        assert refusal.value.code == "accounts.roles_conflict"


def test_one_role_after_the_other_is_no_conflict() -> None:
    today = clock.today()
    user = make_person("newcomer")
    first = NewGrant(roles.AUDITOR, today - timedelta(30), today - timedelta(1))
    services.grant_role(actor=None, user=user, grant=first)
    services.grant_role(actor=None, user=user, grant=NewGrant(roles.WORKING_GROUP, today))
    assert queries.roles_of(user) == {roles.WORKING_GROUP}


def test_nobody_changes_their_own_roles() -> None:
    people = make_people()
    with pytest.raises(GrantRefused) as refusal:
        services.grant_role(
            actor=people.security_administrator,
            user=people.security_administrator,
            grant=NewGrant(roles.SECURITY_ADMINISTRATOR, clock.today(), unit_id=people.unit.pk),
        )
    assert refusal.value.code == "accounts.own_roles"
    own = queries.all_grants_of(people.security_administrator)[0]
    with pytest.raises(GrantRefused):
        services.end_grant(actor=people.security_administrator, grant_id=own.pk)


def test_the_administrator_cannot_grant() -> None:
    people = make_people()
    with pytest.raises(GrantRefused) as refusal:
        services.grant_role(
            actor=people.administrator,
            user=people.outsider,
            grant=NewGrant(roles.COMMITTEE, clock.today()),
        )
    assert refusal.value.code == "accounts.not_permitted"


@pytest.mark.parametrize(
    ("role", "days", "with_unit", "code"),
    [
        ("king", 0, False, "accounts.unknown_role"),
        (roles.DEPARTMENT_CLERK, 0, False, "accounts.unit_needed"),
        (roles.LEADER, -1, False, "accounts.grant_ends_before_start"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(
    role: str, days: int, with_unit: bool, code: str
) -> None:
    user, today = make_person("newcomer"), clock.today()
    grant = NewGrant(role, today, today + timedelta(days) if days else None)
    with pytest.raises(GrantRefused) as refusal:
        services.grant_role(actor=None, user=user, grant=grant)
    assert refusal.value.code == code
    assert not user.grants.exists()


def test_the_same_grant_twice_is_refused() -> None:
    user, today = make_person("newcomer", roles.LEADER), clock.today()
    with pytest.raises(GrantRefused) as refusal:
        services.grant_role(actor=None, user=user, grant=NewGrant(roles.LEADER, today))
    assert refusal.value.code == "accounts.grant_exists"


def test_a_grant_counts_from_its_first_to_its_last_day() -> None:
    today = clock.today()
    for name, starts, until, counts in [
        ("tomorrow", today + timedelta(1), None, False),
        ("today_only", today, today, True),
        ("until_yesterday", today - timedelta(9), today - timedelta(1), False),
    ]:
        user = make_person(name)
        grant = NewGrant(roles.LEADER, starts, until)
        services.grant_role(actor=None, user=user, grant=grant)
        assert queries.may(user, "desk.overview") is counts, name


def test_an_ended_grant_counts_no_more_and_stays_on_record() -> None:
    people = make_people()
    row = queries.all_grants_of(people.leader)[0]
    services.end_grant(actor=people.security_administrator, grant_id=row.pk)
    leader = queries.person(people.leader.pk)
    assert not queries.may(leader, "desk.overview")
    assert queries.all_grants_of(leader)[0].until == clock.today() - timedelta(1)
    with pytest.raises(GrantRefused) as refusal:
        services.end_grant(actor=people.security_administrator, grant_id=row.pk)
    assert refusal.value.code == "accounts.grant_over"


def test_people_are_found_by_role_and_unit() -> None:
    people = make_people()
    found = queries.people_with_role(roles.DEPARTMENT_CLERK, people.unit.pk)
    assert [each.username for each in found] == ["clerk"]
    assert len(queries.people_with_role(roles.DEPARTMENT_CLERK)) == 2
