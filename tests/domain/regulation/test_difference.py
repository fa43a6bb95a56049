"""Two versions of a pack, told apart entry by entry in plain words."""
# ruff: noqa: E501 -- rows of expected sentences read better whole

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from tests.domain.regulation.department import GRADE, LINES, OUTCOMES, files
from tests.domain.tiny import FILES, pack, parameter
from zhijian.domain.policy.telling import told
from zhijian.domain.policy.values import Weights
from zhijian.domain.regulation.changes import changes
from zhijian.domain.regulation.difference import differences
from zhijian.foundation.wording import say

BASE = {
    **FILES,
    **files(),
    "budgets/fund.yaml": "id: fund\ntitle: 经费\nlimit: parameter.limit\nper: year\n",
    "limits/reply.yaml": "id: reply\ntitle: 答复\nkind: working_day\ncount: 5\ncites: 第一条\n",
    "reports/main.yaml": "id: main\ntitle: 报告\nparts: [{id: a, title: 一}]\n",
    "examples/main.yaml": "- {name: 一例, ask: records, given: {period: 2024Q1}, expect: {}}\n",
}
Change = Callable[[str], str]


def put(path: str, old: str, new: str) -> dict[str, str]:
    assert old in BASE[path], (path, old)
    return {path: BASE[path].replace(old, new)}


def told_apart(changed: dict[str, str], language: str = "zh") -> list[str]:
    old = pack(BASE)
    new = pack({**BASE, **changed})
    return [say(each.code, dict(each.facts), language) for each in differences(old, new)]


def test_the_same_pack_differs_in_nothing() -> None:
    assert told_apart({}) == []


def test_where_a_line_stands_in_its_file_is_no_difference() -> None:
    path = "parameters/limit.yaml"

    assert told_apart({path: f"# a comment\n\n{BASE[path]}".replace("\n        ", "\n")}) == []


CASES: list[tuple[dict[str, str], str, str]] = [
    (put("pack.yaml", '"1.0"', '"1.1"'), "封面信息 version 有变：1.0 → 1.1。",
     "The front page differs in version, as 1.0 → 1.1."),
    (put("pack.yaml", "2020-01-01", "2021-01-01"), "封面信息 effective 有变：2020-01-01 → 2021-01-01。",
     "The front page differs in effective, as 2020-01-01 → 2021-01-01."),
    (put("pack.yaml", "[甲, 乙]", "[甲, 乙, 丙]"), "被考核单位增加“丙”。",
     "The unit “丙” is now assessed."),
    (put("pack.yaml", "[甲, 乙]", "[甲]"), "被考核单位去掉“乙”。",
     "The unit “乙” is no longer assessed."),
    (put("articles.yaml", "coverage: manual", "coverage: not_covered"),
     "条款“第一条 考核”有变：coverage: manual → not_covered。",
     "The article “第一条 考核” differs, as coverage: manual → not_covered."),
    ({"articles.yaml": BASE["articles.yaml"].rstrip(" ")
      + "        - {number: 第二条, title: {zh: 奖惩, en: Money}, text: 二。, coverage: manual}\n"},
     "新增条款“第二条 奖惩”。", "New article “第二条 Money”."),
    (put("parameters/pass.yaml", '"95"', '"96"'),
     "参数“pass”自 2020-01-01 起由 95 改为 96。",
     "The parameter “pass” goes from 95 to 96 with effect from 2020-01-01."),
    (put("parameters/weights.yaml", '{check: "60", safety: "40"}', '{check: "50", safety: "50"}'),
     "参数“weights”自 2020-01-01 起由 check 60; safety 40 改为 check 50; safety 50。",
     "The parameter “weights” goes from check 60; safety 40 to check 50; safety 50 "
     "with effect from 2020-01-01."),
    (put("parameters/pass.yaml", "verified_until: 2030-12-31", "verified_until: 2031-12-31"),
     "参数“pass”有变：verified_until: 2030-12-31 → 2031-12-31。",
     "The parameter “pass” differs, as verified_until: 2030-12-31 → 2031-12-31."),
    (put("parameters/pass.yaml", "cites: 第一条}", "cites: 第一条, proposed: true}"),
     "参数“pass”自 2020-01-01 起的取值 95改为建议值，须经确认。",
     "The value 95 of the parameter “pass” from 2020-01-01 is now only proposed and must be "
     "confirmed."),
    (put("parameters/pass.yaml", "cites: 第一条}", "cites: 第二条}"),
     "参数“pass”自 2020-01-01 起的取值的依据由 第一条 改为 第二条。",
     "The value of the parameter “pass” from 2020-01-01 rests on 第二条 instead of 第一条."),
    (put("parameters/pass.yaml", "verified_until", "  - {starts: 2025-01-01, value: 97, cites: 第一条}\n"
                                                   "verified_until"),
     "参数“pass”自 2025-01-01 起新增取值 97。",
     "The parameter “pass” has a new value from 2025-01-01, which is 97."),
    (put("parameters/pass.yaml", "cites: 第一条}", "cites: 第一条, for_units: {乙: 90}}"),
     "参数“pass”自 2020-01-01 起由 95 改为 95 | 乙: 90。",
     "The parameter “pass” goes from 95 to 95 | 乙: 90 with effect from 2020-01-01."),
    (parameter("extra", "5"), "新增参数“extra”。", "New parameter “extra”."),
    ({"parameters/limit.yaml": "", "budgets/fund.yaml": ""}, "删除参数“上限”。",
     "The parameter “上限” is gone."),
    (put("records/check.yaml", "title: 得分", "title: 分数"), "“检查”的字段“分数”有变：title: 得分 → 分数。",
     "The field “分数” of “检查” differs, as title: 得分 → 分数."),
    (put("records/check.yaml", "- {id: note, title: 说明, type: text}", ""),
     "“检查”删除字段“说明”。", "The field “说明” of “检查” is gone."),
    (put("records/check.yaml", "dated: day", "dated: month"),
     "记录种类“检查”有变：dated: day → month。",
     "The kind of record “检查” differs, as dated: day → month."),
    (put("scoring/main.yaml", "100", "120"), "“考核”的计算行“安全”有变：start: 100 → 120。",
     "The line “Safety” of “考核” differs, as start: 100 → 120."),
    (put("scoring/main.yaml", 'floor: "0"', 'cap: "100"'),
     "“考核”的计算行“安全”有变：floor: 0 → —; cap: — → 100。",
     "The line “Safety” of “考核” differs, as floor: 0 → —; cap: — → 100."),
    (put("scoring/main.yaml", "mean: check.points", "median: check.points"),
     "“考核”的计算行“检查”有变：name: mean → median; measure.statistic: mean → median。",
     "The line “Check” of “考核” differs, as name: mean → median; measure.statistic: mean → median."),
    (put("scoring/main.yaml", "mean: check.points", 'value: "1"'),
     "“考核”的计算行“检查”有变：name: mean → value。",
     "The line “Check” of “考核” differs, as name: mean → value."),
    (put("scoring/main.yaml", 'exactly: "95"', 'exactly: "95.0"'), "", ""),
    ({"scoring/main.yaml": BASE["scoring/main.yaml"].replace('"95"', '"96"')},
     "“考核”的分数档由 (-∞, 95) → 不合格; [95, 95] → 合格; (95, +∞) → 优秀 改为 "
     "(-∞, 96) → 不合格; [96, 96] → 合格; (96, +∞) → 优秀。",
     "The bands of “考核” go from (-∞, 95) → 不合格; [95, 95] → 合格; (95, +∞) → 优秀 to "
     "(-∞, 96) → 不合格; [96, 96] → 合格; (96, +∞) → 优秀."),
    (put("scoring/main.yaml", "grade:\n", "grade:\n  needs_person: true\n"),
     "“考核”的等次划分有变：needs_person: false → true。",
     "The grades of “考核” differ, as needs_person: false → true."),
    (put("outcomes/main.yaml", '"2000"', '"2500"'), "“奖惩”的计算行“奖”有变：operands.2: 2000 → 2500。",
     "The line “奖” of “奖惩” differs, as operands.2: 2000 → 2500."),
    (put("outcomes/main.yaml", "yuan: reward_yuan", "yuan: '500'"),
     "“奖惩”的奖惩规则“奖”有变：yuan: reward_yuan → 500。",
     "The rule “奖” of “奖惩” differs, as yuan: reward_yuan → 500."),
    (put("outcomes/main.yaml", "- {id: none, title: 无, kind: none, when: {grade: 合格}}", ""),
     "“奖惩”删除奖惩规则“无”。", "The rule “无” of “奖惩” is gone."),
    (put("budgets/fund.yaml", "per: year", "per: quarter"), "额度“经费”有变：per: year → quarter。",
     "The budget “经费” differs, as per: year → quarter."),
    (put("limits/reply.yaml", "5", "5\nhours: ['09:00-12:00']\n"
         "reminders: [{before: 2, kind: working_time, unit: hour}]"),
     "时限“答复”有变：hours: — → 09:00-12:00; "
     "reminders: — → before kind working_time count 2 unit hour。",
     "The limit “答复” differs, as hours: — → 09:00-12:00; "
     "reminders: — → before kind working_time count 2 unit hour."),
    (put("limits/reply.yaml", "5", "7"), "时限“答复”有变：count: 5 → 7。",
     "The limit “答复” differs, as count: 5 → 7."),
    (put("reports/main.yaml", "title: 一", "title: 二"), "报告“报告”有变：parts.1.title: 一 → 二。",
     "The report “报告” differs, as parts.1.title: 一 → 二."),
    ({"reports/main.yaml": ""}, "删除报告“报告”。", "The report “报告” is gone."),
    (put("examples/main.yaml", "2024Q1", "2024Q2"), "样例“一例”有变。", "The example “一例” differs."),
    (put("examples/main.yaml", "expect: {}", "req: [a]"), "样例“一例”有变。",
     "The example “一例” differs."),
    (put("pack.yaml", "title: 小办法", "title: 小办法\n        principles: [公开]"),
     "封面信息 principles 有变：— → 公开。", "The front page differs in principles, as — → 公开."),
    (put("examples/main.yaml", "一例", "二例"), "新增样例“二例”。|删除样例“一例”。",
     "New example “二例”.|The example “一例” is gone."),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "zh", "en"), CASES, ids=[each[2] or "-" for each in CASES])
def test_a_difference_in_plain_words(changed: dict[str, str], zh: str, en: str) -> None:
    assert "|".join(told_apart(changed)).replace("|删除额度“经费”。", "") == zh
    english = "|".join(told_apart(changed, "en"))
    assert english.replace("|The budget “经费” is gone.", "") == en


def test_proposed_values_that_are_settled_are_told() -> None:
    settled = put("parameters/pass.yaml", "cites: 第一条}", "cites: 第一条, proposed: true}")
    old, new = pack({**BASE, **settled}), pack(BASE)

    assert [each.code for each in differences(old, new)] == ["difference.value_settled"]


def test_a_value_that_is_gone_is_told() -> None:
    later = "  - {starts: 2025-01-01, repealed: true, cites: 第一条}\nverified_until"
    old = pack({**BASE, **put("parameters/pass.yaml", "verified_until", later)})

    found = differences(old, pack(BASE))

    assert [each.code for each in found] == ["difference.value_removed"]
    assert dict(found[0].facts)["value"] == "—"


def test_the_order_of_lines_is_part_of_the_rule() -> None:
    lines = LINES.strip().splitlines()
    turned = "\n".join([lines[1], lines[0], *lines[2:]])

    assert told_apart(files(lines=turned)) == ["“考核”的计算行改变了先后顺序。"]


def test_grades_may_come_and_go() -> None:
    without = {"scoring/main.yaml": BASE["scoring/main.yaml"].replace(GRADE, ""),
               "outcomes/main.yaml": ""}  # fmt: skip
    old, new = pack({**BASE, **without}), pack({**BASE, "outcomes/main.yaml": ""})

    assert [each.code for each in differences(old, new)] == ["difference.grading_added"]
    assert [each.code for each in differences(new, old)] == ["difference.grading_removed"]


def test_bands_that_become_a_parameter_are_told() -> None:
    bands = "  bands:" + GRADE.partition("  bands:")[2]
    text = BASE["scoring/main.yaml"].replace(bands, "  bands: parameter.cut\n")
    cut = parameter("cut", "[{at_least: '60', is: 好}, {below: '60', is: 差}]", "bands")
    other = BASE["outcomes/main.yaml"]
    plain = {"outcomes/main.yaml": ""}

    found = differences(
        pack({**BASE, **plain}), pack({**BASE, **plain, **cut, "scoring/main.yaml": text})
    )

    assert [each.code for each in found] == [
        "difference.parameter_added",
        "difference.bands_changed",
        "difference.grading_changed",
    ]
    assert other == OUTCOMES["outcomes/main.yaml"]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("table", "{甲: {轻: 1, 重: 停}, 乙: {轻: 2}}", "甲 × 轻 → 1; 甲 × 重 → 停; 乙 × 轻 → 2"),
        ("table", "{甲: 1}", "甲 → 1"),
        ("points", "[['0', '1'], ['2', '3']]", "(0, 1); (2, 3)"),
        ("bands", "[{below: '1', is: a}]", "(-∞, 1) → a"),
        ("choice", "a", "a"),
        ("weights", "{a: 60, b: 40}", "a 60; b 40"),
    ],
)
def test_values_are_told_in_one_line(kind: str, value: str, text: str) -> None:
    more = "options: [a]\n" if kind == "choice" else ""
    found = pack(parameter("p", value, kind, more)).parameters["p"]

    assert told(found.values()[0]) == text
    assert told(None) == "—"


def test_what_is_long_is_cut_and_what_is_nested_is_named() -> None:
    assert changes("a" * 300, "b") == [f"{'a' * 200}… → b"]
    assert changes(("a", "b"), ("a",), "x") == ["x: a, b → a"]
    assert changes(Weights((("a", Fraction(1)),)), None, "w") == ["w: a 1 → —"]
    assert changes(Fraction(1, 2), None, "n") == ["n: 0.5 → —"]
    assert changes(date(2024, 1, 2), None, "d") == ["d: 2024-01-02 → —"]
    assert changes({"a": True}, {"a": None}, "x") == ["x: a: true → a: —"]
    assert changes(pack().schemes["main"].lines[0], None)[0].startswith("id score title 得分")
