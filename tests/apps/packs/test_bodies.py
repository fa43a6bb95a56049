"""The bodies a regulation names, and what the roles that act for them may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijian.accounts.permissions import PERMISSIONS
from zhijian.accounts.roles import COMMITTEE, DEPARTMENT_CLERK, LEADER, WORKING_GROUP
from zhijian.domain.policy.header import Body
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.files import load_pack

PACKS = Path(__file__).parents[3] / "packs"


def pack(name: str) -> Pack:
    found = load_pack(PACKS / name)
    assert isinstance(found, Pack)
    return found


def bodies(name: str) -> dict[str, Body]:
    return {each.title.zh: each for each in pack(name).header.bodies}


def alone(permission: str) -> frozenset[str]:
    """Who holds a permission, for all units or for their own."""
    rule = PERMISSIONS[permission]
    return rule.everywhere | rule.own_units


@pytest.mark.req("ORG-04")
def test_the_committee_decides_the_method_and_approves_the_quarter() -> None:
    committee = bodies("quarterly-service-quality")["质量管理委员会"]

    assert committee.role == COMMITTEE
    assert [each.zh for each in committee.duties] == [
        "制定质量管控建设规划",
        "制定工作目标、步骤及考核办法",
        "指导工作小组并审定季度考核结果",
    ]
    # method and values of the regulation, and the results of the quarter
    for permission in (
        "packs.publish",
        "packs.confirm_default",
        "assessments.decide_objection",
        "assessments.approve",
    ):
        assert alone(permission) == {COMMITTEE}, permission


@pytest.mark.req("ORG-05")
def test_the_working_group_sits_in_human_resources_and_has_its_four_duties() -> None:
    regulation = pack("quarterly-service-quality")
    group = bodies("quarterly-service-quality")["质量管理工作小组"]

    assert "人力资源部" in regulation.header.executed_by.zh
    assert (group.role, len(group.duties)) == (WORKING_GROUP, 4)
    # drafts; collects, checks and surveys; meets and assesses; follows complaints
    for permission in ("packs.draft", "assessments.compute", "reports.write", "reports.deliver"):
        assert alone(permission) == {WORKING_GROUP}, permission
    assert WORKING_GROUP in PERMISSIONS["records.import"].everywhere
    for kind in ("office_sample", "questionnaire", "complaint", "key_customer"):
        assert WORKING_GROUP in regulation.kinds[kind].entered_by, kind
        assert DEPARTMENT_CLERK not in regulation.kinds[kind].entered_by, kind


@pytest.mark.req("ORG-07")
def test_the_committee_supervises_the_office_carries_out_heads_answer_first() -> None:
    found = bodies("unit-service-quality")
    committee, office, head = (
        found[name] for name in ("服务质量管理委员会", "服务质量管理部门", "部门负责人")
    )

    assert (committee.role, office.role, head.role) == (COMMITTEE, WORKING_GROUP, LEADER)
    assert "制定、实施和监督本制度" in {each.zh for each in committee.duties}
    assert "具体实施和监督服务质量管理工作" in {each.zh for each in office.duties}
    assert "第一责任人" in head.duties[0].zh
    # who makes the regulation does not carry it out, and the other way round
    assert alone("packs.publish").isdisjoint(alone("assessments.compute"))


CASES = sorted(path.parent.name for path in PACKS.glob("nonconformity-*/cases"))


@pytest.mark.req("ORG-45")
@pytest.mark.parametrize("name", CASES)
def test_the_roles_of_nonconformities_are_those_of_the_regulation(name: str) -> None:
    regulation = pack(name)
    own = {each.id for each in regulation.header.bodies}
    acting = {
        actor.name
        for kind in regulation.cases.values()
        for step in kind.steps.values()
        for actor in step.by
        if actor.word == "body"
    }

    assert acting
    assert acting <= own
    assert all(each.role for each in regulation.header.bodies)


@pytest.mark.req("ORG-45")
def test_each_regulation_has_bodies_of_its_own() -> None:
    assert "管理者代表" in bodies("nonconformity-by-check")
    assert "物业管理部" in bodies("nonconformity-by-check")
    assert "公司领导" in bodies("nonconformity-three-levels")
    assert "最高管理层" in bodies("nonconformity-review-form")
    assert "管理者代表" not in bodies("nonconformity-three-levels")
