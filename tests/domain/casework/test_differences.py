"""What differs between two versions of a kind of case, in plain words."""
# ruff: noqa: E501 -- rows of expected sentences read better whole

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import CASE, FILES, changed, read
from zhijian.domain.regulation.difference import differences
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.wording import say

OLD = read(FILES)
NOTE = "  - {id: note, title: {zh: 备注, en: Note}, type: text}\n"
PLAIN = """
id: plain
title: {zh: 简单, en: Plain}
number: {prefix: JD}
states: [{id: done, title: 办结, ends: closed}]
steps: [{id: note, title: 登记, to: done, by: [anyone]}]
"""


def told(new: dict[str, str], language: str = "zh") -> list[str]:
    found = read(new)
    assert isinstance(found, Pack), found
    assert isinstance(OLD, Pack)
    return [say(each.code, dict(each.facts), language) for each in differences(OLD, found)]


def test_nothing_differs_but_the_lines_of_the_file() -> None:
    assert told({**FILES, CASE: "# moved\n\n" + FILES[CASE]}) == []


@pytest.mark.parametrize(
    ("pairs", "zh", "en"),
    [
        ([("raises: grave", "raises: small")],
         "案件种类“顾客投诉”有变：repeats.1.raises: grave → small。",
         "The kind of case “Complaint of a guest” differs, as repeats.1.raises: grave → small."),
        ([("when: {injured: true}", "when: {injured: false}")],
         "“顾客投诉”的等级“严重”有变：when.clauses.1.comparisons.1.operands.1: true → false。",
         "The level “Grave” of “Complaint of a guest” differs, "
         "as when.clauses.1.comparisons.1.operands.1: true → false."),
        ([("    reason: true\n    starts", "    starts")],
         "“顾客投诉”的办理节点“退回重办”有变：reason: true → false。",
         "The step “Send back” of “Complaint of a guest” differs, as reason: true → false."),
        ([("facts:\n", "facts:\n" + NOTE), ("may: [account, secret]", "may: [account, secret, note]")],
         "“顾客投诉”新增事实“备注”。|“顾客投诉”的办理节点“登记”有变：may: account, secret → account, secret, note。",
         "New fact “Note” of “Complaint of a guest”.|The step “Register” of “Complaint of a guest” "
         "differs, as may: account, secret → account, secret, note."),
        ([("{zh: 待核实, en: To be verified}", "{zh: 待回访, en: To be called back}")],
         "“顾客投诉”的状态“待回访”有变：title: 待核实 / To be verified → 待回访 / To be called back。",
         "The state “To be called back” of “Complaint of a guest” differs, "
         "as title: 待核实 / To be verified → 待回访 / To be called back."),
        ([("number: CG-01", "number: CG-02")],
         "“顾客投诉”的表单“投诉处理单”有变：number: CG-01 → CG-02。",
         "The form “Complaint sheet” of “Complaint of a guest” differs, as number: CG-01 → CG-02."),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_both_languages(pairs, zh: str, en: str) -> None:
    assert "|".join(told(changed(*pairs))) == zh
    assert "|".join(told(changed(*pairs), "en")) == en


def test_kinds_and_their_parts_come_and_go() -> None:
    assert told({**FILES, "cases/plain.yaml": PLAIN}) == ["新增案件种类“简单”。"]
    gone = {path: text for path, text in FILES.items() if path != CASE}
    assert told(gone) == ["删除案件种类“顾客投诉”。"]
    step = FILES[CASE][FILES[CASE].index("  - id: reopen") : FILES[CASE].index("consequences:")]
    assert told(changed((step, ""))) == ["“顾客投诉”删除办理节点“重新办理”。"]
