"""Kinds of case in words: on the page of their regulation, and printed with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import make_people
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.foundation import clock
from zhijian.packs import services
from zhijian.packs.files import parse, read_folder
from zhijian.packs.printing.regulation import regulation

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "golden" / "case_pack"

EVERYTHING = """
id: everything
title: {zh: 各种写法, en: All there is}
number: {prefix: QB}
note: {zh: 样例, en: Sample}
facts:
  - {id: amount, title: {zh: 金额, en: Amount}, type: decimal, at_least: "0", at_most: "9"}
  - {id: bad, title: {zh: 严重, en: Grave}, type: flag, lasting: true, note: {zh: 注, en: Note}}
  - {id: name, title: {zh: 姓名, en: Name}, type: text, names_reporter: true}
  - {id: until, title: {zh: 至, en: Until}, type: moment}
  - {id: days, title: {zh: 天数, en: Days}, type: integer}
  - {id: house, title: {zh: 门店, en: House}, type: unit}
  - {id: what, title: {zh: 过失程度, en: How bad}, type: choice, options: [{zh: 过失, en: Fault}]}
clocks:
  - {id: main, title: {zh: 主时限, en: Main time}, limit: own}
forms:
  - {id: paper, title: {zh: 登记单, en: Sheet}, number: QB-1}
states:
  - {id: open, title: {zh: 待办, en: Open}}
  - {id: other, title: {zh: 转出, en: Handed on}, ends: referred}
  - {id: done, title: {zh: 办结, en: Done}, ends: closed}
steps:
  - id: start
    title: {zh: 立案, en: Start}
    to: open
    by: [anyone, case]
    anonymous: may
    may: [amount, bad, name, house, what]
    form: paper
    starts: [main]
    assigns: {owner: actor, unit: house}
  - id: pause
    title: {zh: 暂停, en: Pause}
    from: [open]
    by: [owner]
    needs: [until]
    once: true
    pauses: [{clock: main, reason: wait, until: until}]
  - {id: resume, title: {zh: 恢复, en: Resume}, from: [open], by: [owner], resumes: [main]}
  - id: ask
    title: {zh: 申请, en: Ask}
    from: [open]
    by: [step.pause]
    needs: [days]
    requests: [{clock: main, count: days}]
  - {id: grant, title: {zh: 批准, en: Grant}, from: [open], by: [office], grants: [main]}
  - {id: refuse, title: {zh: 驳回, en: Refuse}, from: [open], by: [office], refuses: [main]}
  - id: climb
    title: {zh: 升级, en: Climb}
    from: [open]
    to: other
    by: [platform]
    overdue: [main]
  - id: finish
    title: {zh: 办结, en: Finish}
    from: [open]
    to: done
    by: [office]
    not_by: [owner]
    verifies: [ask]
    alone: true
    when: {bad: true}
    in_time: [main]
    waits_for: [complaint]
    stops: [main]
    opens: [{kind: everything, step: start, when: {amount: {above: 3}}, carries: {amount: amount}}]
consequences:
  - id: late
    title: {zh: 逾期, en: Late}
    fault: fact.what
    charged: [{who: owner}]
    overdue: [main]
    steps: [climb]
"""
LIMIT = """
id: own
title: {zh: 三日, en: Three days}
cites: 第二条
kind: natural_day
count: 3
pauses: {days: whole, reasons: [{id: wait, title: {zh: 等候, en: Waiting}}]}
extension: {kind: natural_day, most: 2, times: 1}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    files = dict(read_folder(FOLDER)[0])
    files["cases/everything.yaml"] = parse(EVERYTHING.encode(), "cases/everything.yaml")
    files["limits/own.yaml"] = parse(LIMIT.encode(), "limits/own.yaml")
    found = read_pack(files)
    assert isinstance(found, Pack), found
    return found


@pytest.mark.parametrize(
    "line",
    [
        "## 案件：各种写法 `everything`",
        "- **金额**: 数字；≥ 0；≤ 9",
        "- **严重**: 是/否；一经设定不能取消；注",
        "- **姓名**: 文字；匿名时留空",
        "- **过失程度**: 选项：过失",
        "- **主时限**: 三日",
        "- **转出**: 转其他程序",
        "- **立案**: [立案 → 待办] 任何人、来源案件；可以匿名；"
        "可填金额、严重、姓名、门店、过失程度；《登记单》；启动“主时限”；由办理人承办；交门店",
        "- **暂停**: [待办 → 不变] 承办人；只办一次；填写至；暂停“主时限”",
        "- **恢复**: [待办 → 不变] 承办人；恢复“主时限”",
        "- **申请**: [待办 → 不变] 办理“暂停”的人；填写天数；申请延长“主时限”",
        "- **批准**: [待办 → 不变] 总部；批准延长“主时限”",
        "- **驳回**: [待办 → 不变] 总部；不批准延长“主时限”",
        "- **升级**: [待办 → 转出] 系统；“主时限”逾期后",
        "- **办结**: [待办 → 办结] 总部；验证“申请”，可由本人；不得由承办人；限于 “严重” 为 是；"
        "“主时限”逾期前；关联的“顾客投诉”办结后；停止“主时限”；“金额” > 3 → 打开“各种写法”",
        "- **逾期**: “主时限”逾期 或 办理“升级” → 承办人各计过失程度一次",
        "- **登记单**: QB-1",
    ],
)
def test_every_part_of_a_kind_is_said(pack: Pack, line: str) -> None:
    assert line in regulation(pack, "0" * 64).splitlines()


def test_it_is_said_in_english_as_well(pack: Pack) -> None:
    told = regulation(pack, "0" * 64, "en").splitlines()

    assert "## Cases: All there is `everything`" in told
    assert (
        "- **Finish**: [Open → Done] Head office; verifies “Ask”, also one's own; "
        "not by the owner of the case; only if “Grave” is yes; until “Main time” is overdue; "
        "once linked “Complaint of a guest” has ended; stops “Main time”; "
        "“Amount” > 3 → opens “All there is”" in told
    )
    late = "“Main time” overdue or “Climb” taken → to each of the owner of the case: How bad"
    assert f"- **Late**: {late}" in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", ["案件种类", "顾客投诉", "办理节点", "验证“办理”，不得由本人"]),
        (
            "en",
            ["Kinds of case", "Complaint of a guest", "verifies “Handle”, never one&#x27;s own"],
        ),
    ],
)
def test_the_page_of_a_regulation_shows_its_kinds_of_case(language: str, told: list[str]) -> None:
    people = make_people()
    row = services.load_from_folder(FOLDER, None, clock.now())
    client = Client(headers={"accept-language": language})
    client.force_login(people.committee)

    text = client.get(reverse("packs:version", kwargs={"version_id": row.pk})).content.decode()

    assert 'id="case-complaint"' in text
    assert "#case-complaint" in text
    assert [each for each in told if each not in text] == []
