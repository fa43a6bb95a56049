"""Who signs a version: read strictly, in a fixed order."""

from __future__ import annotations

import pytest

from tests.domain import tiny
from zhijian.domain.policy.signing import SigningStep
from zhijian.domain.regulation.roles import unknown_roles
from zhijian.domain.words import Words

FRONT = tiny.FILES["pack.yaml"]
APPROVED = "{step: approved, by: {zh: 总经理, en: the general manager}, role: leader}"
REVIEWED = "{step: reviewed, by: 质量部, role: inspector}"


def front(more: str) -> dict[str, str]:
    return {"pack.yaml": f"{FRONT.rstrip()}\n        {more}\n"}


@pytest.mark.req("POL-13")
def test_a_regulation_says_who_approves_it_and_how_often_again() -> None:
    text = f"""signing: [{APPROVED}, {REVIEWED}]
        renew_months: 12
        issued_to: [销售管理部, 项目部]"""
    header = tiny.pack(front(text)).header

    assert header.signing.steps == (
        SigningStep("reviewed", Words("质量部"), "inspector"),
        SigningStep("approved", Words("总经理", "the general manager"), "leader"),
    )
    assert (header.signing.renew_months, header.signing.same_person) == (12, False)
    assert header.issued_to == (Words("销售管理部"), Words("项目部"))
    assert header.signing.step("approved") is header.signing.steps[1]


def test_a_regulation_may_leave_signing_to_whoever_publishes() -> None:
    signing = tiny.pack().header.signing

    assert (signing.steps, signing.renew_months, signing.step("approved")) == ((), 0, None)
    assert tiny.pack(front("same_person: true")).header.signing.same_person


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("renew_months: 12", "policy.key_missing"),
        (f"renew_months: 0\n        signing: [{APPROVED}]", "policy.out_of_range"),
        (f"signing: [{APPROVED}, {APPROVED}]", "policy.id_twice"),
        ("signing: [{step: sealed, by: 部, role: leader}]", "policy.unknown_word"),
        ("signing: [{step: approved, role: leader}]", "policy.key_missing"),
        ("signing: [{step: approved, by: 部}]", "policy.key_missing"),
        ("signing: [{step: approved, by: 部, role: leader, on: 1}]", "policy.unknown_key"),
    ],
)
def test_broken_signatures_are_told(more: str, problem: str) -> None:
    assert [code for code, _ in tiny.problems(front(more))] == [problem]


def test_nobody_could_sign_for_an_unknown_role() -> None:
    found = tiny.pack(front("signing: [{step: approved, by: 部, role: boss}]"))

    assert [each.where for each in unknown_roles(found)] == ["pack.yaml"]


@pytest.mark.req("POL-03")
def test_the_front_page_names_author_reviewer_approver_and_department() -> None:
    text = """code: JDKF-03-2012
        issued: 2013-12-16
        prepared_by: {zh: 人事部, en: Human resources}
        reviewed_by: 质量部
        approved_by: 总经理
        scope: 各岗位
        executed_by: 人事部"""
    header = tiny.pack(front(text)).header

    assert (header.code, header.version, header.title.zh) == ("JDKF-03-2012", "1.0", "小办法")
    assert header.named("zh") == "小办法 1.0"
    assert (header.prepared_by, header.reviewed_by, header.approved_by) == (
        Words("人事部", "Human resources"),
        Words("质量部"),
        Words("总经理"),
    )
    assert (header.scope, header.executed_by) == (Words("各岗位"), Words("人事部"))
    assert str(header.issued) == "2013-12-16"
