"""The tree of units."""

from __future__ import annotations

import pytest

from tests.factories import make_unit
from tests.people import make_people
from zhijian.foundation.audit import queries as audit
from zhijian.organizations import queries, services
from zhijian.organizations.services import UnitFacts, UnitRefused

pytestmark = pytest.mark.django_db


@pytest.mark.req("ORG-01")
def test_a_chain_of_four_kinds_and_another_chain() -> None:
    company = make_unit(name="公司", code="A", kind="company")
    second = make_unit(name="二级机构", code="A1", kind="secondary", parent=company)
    project = make_unit(name="项目", code="A11", kind="project", parent=second)
    make_unit(name="班组", code="A111", kind="team", parent=project)
    branch = make_unit(name="分行", code="B", kind="branch")
    make_unit(name="网点", code="B1", kind="outlet", parent=branch)

    lines = [(line.unit.name, line.depth) for line in queries.tree()]

    assert lines == [
        ("公司", 0), ("二级机构", 1), ("项目", 2), ("班组", 3), ("分行", 0), ("网点", 1),
    ]  # fmt: skip
    assert [ref.name for ref in queries.subtree(second.pk)] == ["二级机构", "项目", "班组"]


def test_units_are_seen_by_right() -> None:
    people = make_people()
    assert [ref.name for ref in queries.unit_refs(people.clerk, "records.enter")] == ["市场经营部"]
    assert len(queries.unit_refs(people.working_group, "records.enter")) == 3
    assert queries.unit_refs(people.outsider, "records.enter") == ()


def test_a_name_under_two_parents_is_found_twice() -> None:
    for code in "AB":
        make_unit(name="客服部", parent=make_unit(name=code, code=code))
    assert len(queries.units_by_name(["客服部", "没有"])["客服部"]) == 2
    assert queries.units_by_name(["没有"]) == {}


def _refused(act, code: str) -> None:
    with pytest.raises(UnitRefused) as refusal:
        act()
    assert refusal.value.code == code


def test_what_does_not_fit_the_tree_is_refused() -> None:
    top = make_unit(name="公司", code="A", kind="company")
    below = make_unit(name="部门", code="A1", parent=top)

    def create(name: str = "新部门", code: str = "N", kind: str = "department", parent=top):
        facts = UnitFacts(code=code, name=name, kind=kind)
        return services.create_unit(
            actor=None, facts=facts, parent_id=parent.pk if parent else None
        )

    _refused(lambda: create(name="部门"), "organizations.name_taken")
    _refused(lambda: create(name="公司", parent=None), "organizations.name_taken")
    _refused(lambda: create(code="A1"), "organizations.code_taken")
    _refused(lambda: create(kind="星系"), "organizations.unknown_kind")
    _refused(
        lambda: services.move_unit(actor=None, unit_id=top.pk, parent_id=below.pk),
        "organizations.moves_below_itself",
    )
    _refused(
        lambda: services.deactivate_unit(actor=None, unit_id=top.pk),
        "organizations.has_active_units",
    )


def test_a_unit_out_of_use_is_not_offered_and_comes_back() -> None:
    unit = make_unit(name="旧部门")
    services.deactivate_unit(actor=None, unit_id=unit.pk)
    assert queries.all_units() == ()
    with pytest.raises(UnitRefused) as refusal:
        make_unit(name="新班组", parent=unit)
    assert refusal.value.code == "organizations.parent_inactive"
    services.activate_unit(actor=None, unit_id=unit.pk)
    assert len(queries.all_units()) == 1


def test_only_the_administrator_changes_the_tree() -> None:
    people = make_people()
    facts = UnitFacts(code="N", name="新部门", kind="department")
    for somebody in (people.working_group, people.security_administrator, people.auditor):
        _refused(
            lambda who=somebody: services.create_unit(actor=who, facts=facts),
            "accounts.not_permitted",
        )
    unit = services.create_unit(actor=people.administrator, facts=facts)
    services.move_unit(actor=people.administrator, unit_id=unit.pk, parent_id=people.unit.pk)

    told = audit.of_subject("organizations.unit", str(unit.pk))

    assert [entry.action for entry in told] == ["organizations.create", "organizations.move"]
    assert told[1].before["parent_id"] is None
    assert told[1].after["parent_id"] == people.unit.pk
    assert told[1].actor == "administrator"
