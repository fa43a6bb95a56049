"""Golden examples: green when everything that is stated is found, red with each difference."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.domain.regulation.department import FEWER, files
from tests.domain.tiny import FILES as TINY
from tests.domain.tiny import pack, parameter, raws, scheme
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.regulation.checks import check_pack, citations
from zhijian.domain.regulation.examples import Verdict, run_example, run_examples
from zhijian.domain.regulation.pack import Pack

CALENDAR = WorkingCalendar(published_years=frozenset({2024}))
ATTRIBUTES = {
    "pack.yaml": TINY["pack.yaml"].replace(
        "attributes: [",
        "attributes: [{id: level, title: 等级, type: choice, options: ['1', 低]}, "
        "{id: open, title: 对外, type: flag}, ",
    )
}
FILES = {
    **files(),
    **ATTRIBUTES,
    **parameter("mode", "a", "choice", "options: [a, b]\n"),
    **parameter("fund", '"100"'),
    "budgets/fund.yaml": "id: fund\ntitle: 经费\nlimit: parameter.fund\nper: year\n",
    "limits/reply.yaml": "id: reply\ntitle: 答复\ncites: 第一条\nkind: natural_day\ncount: 5\n",
    "limits/later.yaml": """
        id: later
        title: 后
        cites: 第一条
        kind: natural_day
        count: parameter.days
        """,
    "parameters/days.yaml": """
        id: days
        title: 天
        entries: [{starts: 2025-01-01, value: 3, cites: 第一条}]
        verified_until: 2030-12-31
        """,
    "records/customer.yaml": """
        id: customer
        title: 客户
        register: true
        dated: period
        fields: [{id: name, title: 名称, type: text}]
        """,
    "records/form.yaml": """
        id: form
        title: 问卷
        fields: [{id: who, title: 客户, type: reference, to: customer.name}]
        """,
}
PACK = pack(FILES)


def verdict(text: str, of: Pack = PACK) -> Verdict:
    raw = raws({"examples/x.yaml": dedent(text)})["examples/x.yaml"]
    return run_example(of, raw, CALENDAR)


GOOD = """
name: 甲得 97 分
ask: assess
req: [X-1]
given:
  period: 2024Q1
  records:
    check: [{on: 2024-01-05, points: "95"}]
expect: %s
"""


@pytest.mark.parametrize(
    "expect",
    [
        "{status: assessed, score: '97.00', grade: 优秀, amount: 4000, outcomes: reward}",
        "{lines: {check: 95, safety: '100', accidents: 0}, unconfirmed: none, problems: none}",
        "{outcomes: [reward]}",
    ],
)
def test_an_example_compares_only_what_it_states(expect: str) -> None:
    assert verdict(GOOD % expect).is_green


@pytest.mark.parametrize(
    ("expect", "key", "expected", "found"),
    [
        ("{grade: 合格}", "grade", "合格", "优秀"),
        ("{score: '97.01'}", "score", "97.01", "97"),
        ("{lines: {total: 97}}", "lines.total", "97", "—"),
        ("{amount: null}", "amount", "none", "4000.00"),
        ("{status: true}", "status", "true", "assessed"),
        ("{status: 2024-01-01}", "status", "2024-01-01", "assessed"),
    ],
)
def test_a_red_example_says_what_differs(expect: str, key: str, expected: str, found: str) -> None:
    problems = verdict(GOOD % expect).problems

    assert [each.code for each in problems] == ["examples.differs"]
    told = problems[0]
    assert (told.fact("key"), told.fact("expected"), told.fact("found")) == (key, expected, found)
    assert told.fact("name") == "甲得 97 分"


def test_what_could_not_be_assessed_is_told_with_its_reason() -> None:
    text = """
        name: 无检查
        ask: assess
        given: {period: 2024Q1}
        expect: {status: not_assessed, score: none, amount: none, reasons: {check: no_records}}
        """

    assert verdict(text).is_green


def test_lines_parameters_past_and_attributes_may_be_given() -> None:
    text = """
        name: 给定
        ask: assess
        given:
          period: 2024Q1
          unit: 丙
          group: 后勤
          attributes: {kind: 快递, size: "5"}
          lines: {check: "100"}
          parameters: {weights: {check: "50", safety: "50"}, mode: b}
          past: [{period: 2023Q4, grade: 优秀, lines: {check: "99", safety: "98"}}]
          scheme: main
          units: [丁]
          records: {accident: [{on: 2024-01-03}, {on: 2024-01-04, unit: 丁}]}
        expect: {score: "95", grade: 合格, amount: "0.00", outcomes: none}
        """

    assert verdict(text.replace("outcomes: none", "outcomes: [none]")).is_green


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{period: 2024Q5}", "records.bad_period"),
        ("{period: 2024Q1, lines: {chek: '5'}}", "scoring.unknown_line"),
        ("{period: 2024Q1, scheme: other}", "scoring.unknown_scheme"),
        ("{period: 2024Q1, parameters: {wieghts: 5}}", "scoring.unknown_parameter"),
        ("{period: 2024Q1, parameters: {mode: c}}", "policy.unknown_word"),
        ("{period: 2024Q1, parameters: {weights: {check: '50'}}}", "policy.weights_do_not_add_up"),
        ("{period: 2024Q1, records: {chek: []}}", "scoring.unknown_kind"),
        ("{period: 2024Q1, colour: 红}", "policy.unknown_key"),
        ("{period: 2024Q1, past: [{period: 2024Q1}]}", "examples.past_misplaced"),
        ("{period: 2024Q1, past: [{period: 2023-12}]}", "examples.past_misplaced"),
        (
            "{period: 2024Q1, past: [{period: 2023Q4}, {period: 2023Q4}]}",
            "examples.past_misplaced",
        ),
        ("{period: 2024Q1, past: [{period: 2023Q4, grade: 优}]}", "scoring.unknown_grade"),
        ("{period: 2024Q1, past: [{period: 2023Q4, lines: {chek: 1}}]}", "scoring.unknown_line"),
        ("{period: 2024-01}", "examples.other_period"),
        ("{period: 2024Q1, attributes: {colour: 红}}", "scoring.unknown_attribute"),
        ("{period: 2024Q1, attributes: {level: 中}}", "policy.unknown_word"),
        ("{period: 2024Q1, attributes: {level: true}}", "policy.not_a_text"),
        ("{}", "policy.key_missing"),
    ],
)
def test_what_is_given_is_read_strictly(given: str, code: str) -> None:
    found = verdict(f"name: x\nask: assess\ngiven: {given}\nexpect: {{problems: none}}\n")

    assert [(each.code, each.where) for each in found.problems] == [(code, "examples/x.yaml:3")]


def test_an_attribute_is_of_its_type() -> None:
    # A word that looks like a number stays a word where the attribute holds words.
    line = "- {id: x, title: 得, if: {when: {unit.level: '1', unit.open: true}, then: 5, else: 0}}"
    found = pack({**scheme(line), **ATTRIBUTES})
    text = """
        name: 一级且对外开放
        ask: assess
        given: {period: 2024Q1, attributes: {level: %s, open: %s}}
        expect: {score: %s}
        """

    assert verdict(text % ("1", "true", "5"), found).is_green
    assert verdict(text % ("1", "false", "0"), found).is_green
    assert verdict(text % ("低", "true", "0"), found).is_green


def test_an_example_that_expects_nothing_proves_nothing() -> None:
    found = verdict(GOOD % "{lines: {}}").problems

    assert [(each.code, each.where) for each in found] == [
        ("examples.proves_nothing", "examples/x.yaml:9")
    ]


def test_an_example_that_cannot_be_read_is_red() -> None:
    assert not verdict("name: x").is_green


def test_records_are_checked_with_their_registers() -> None:
    text = """
        name: 名单之外
        ask: records
        given:
          period: 2024Q1
          records:
            form: [{on: 2024-01-05, who: 甲公司}, {on: 2024-01-05, who: 乙公司}]
            customer: [{name: 甲公司}]
            check: [{on: 2024-01-05, good: true, points: null}]
        expect: {problems: records.not_in_register, accepted: "3"}
        """

    assert verdict(text).is_green


def test_a_pack_without_a_scheme_can_only_check_records() -> None:
    bare = pack({"scoring/main.yaml": ""})

    assert verdict(
        "name: x\nask: records\ngiven: {period: 2024}\nexpect: {problems: none}", bare
    ).is_green
    found = verdict("name: x\nask: assess\ngiven: {period: 2024Q1}\nexpect: {}", bare)
    assert [each.code for each in found.problems] == ["scoring.unknown_scheme"]


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("{budget: fund, period: 2024-01-01..2024-12-31, amount: 100}", "{left: 0, spent: 100}"),
        ("{budget: fund, period: 2024Q1, amount: 1, spent: 100}",
         "{refused: outcomes.over_budget}"),
    ],
)  # fmt: skip
def test_asking_a_budget(given: str, expect: str) -> None:
    assert verdict(f"name: x\nask: budget\ngiven: {given}\nexpect: {expect}").is_green


@pytest.mark.parametrize(
    ("ask", "given"),
    [
        ("budget", "{budget: other, period: 2024Q1, amount: 1}"),
        ("due", "{limit: other, from: x}"),
        ("personal", "{plan: other}"),
    ],
)
def test_asking_what_is_not_there(ask: str, given: str) -> None:
    found = verdict(f"name: x\nask: {ask}\ngiven: {given}\nexpect: {{}}")

    assert [(each.code, each.fact("found")) for each in found.problems] == [
        ("policy.unknown_word", "other")
    ]


@pytest.mark.parametrize(
    ("limit", "expect"),
    [
        ("reply", "{on: 2024-01-10, provisional: false}"),
        ("later", "{refused: not_yet}"),
    ],
)
def test_asking_for_a_deadline(limit: str, expect: str) -> None:
    text = f"name: x\nask: due\ngiven: {{limit: {limit}, from: 2024-01-05}}\nexpect: {expect}"

    assert verdict(text).is_green


def test_all_examples_of_a_pack_are_run() -> None:
    text = "- {name: a, ask: records, given: {period: 2024}, expect: {accepted: 0}}\n- {name: b}\n"
    found = pack({**FILES, "examples/x.yaml": text})

    assert [each.is_green for each in run_examples(found, CALENDAR)] == [True, False]


# --- the pack as a whole ------------------------------------------------------------------------


PLAN = FILES["outcomes/main.yaml"]


def codes(changed: dict[str, str]) -> list[str]:
    problems, _ = check_pack(pack({**FILES, **FEWER, **changed}), CALENDAR)
    # Most of these small packs use few of the parameters.
    return [each.code for each in problems if each.code != "policy.parameter_unused"]


@pytest.mark.no_cover
def test_a_sound_pack_has_no_problem() -> None:
    assert codes({"outcomes/main.yaml": PLAN}) == []
    places = {Path(place).parts[0] for place, _ in citations(PACK)}
    assert places == {"parameters", "records", "scoring", "outcomes", "budgets", "limits"}


def test_a_value_that_rests_on_another_document_cites_no_article_of_this_one() -> None:
    other = FILES["parameters/pass.yaml"].replace(
        "cites: 第一条", "cites: {document: 通知, clause: 第九条}"
    )

    assert codes({"parameters/pass.yaml": other}) == []


def test_a_plan_without_promise_promises_nothing() -> None:
    plan = PLAN.replace("monotone: {of: x}", "")

    assert codes({"outcomes/main.yaml": plan}) == []


def test_an_automatic_article_must_be_carried_out() -> None:
    article = "- {number: 第一条, title: 一, text: 一。, coverage: automatic}\n"
    second = "- {number: 第二条, title: 二, text: 二。, coverage: automatic%s}\n"

    assert codes({"articles.yaml": article}) == []
    assert codes({"articles.yaml": article + second % ""}) == ["policy.article_not_carried_out"]
    assert codes({"articles.yaml": article + second % ", by: 页面"}) == []


def test_two_examples_of_one_name_are_told() -> None:
    text = "- {name: a, ask: records, given: {period: 2024}, expect: {accepted: 0}}\n"

    problems, _ = check_pack(pack({**FILES, **FEWER, "examples/x.yaml": text + text}), CALENDAR)

    assert [(each.code, each.where) for each in problems if each.code.startswith("examples")] == [
        ("examples.name_twice", "examples/x.yaml:2")
    ]


def test_a_citation_of_no_article_is_found() -> None:
    outline = "id: o\ntitle: 报告\ncites: 第九条\nparts: [{id: a, title: 一, cites: 第一条}]\n"

    assert codes({"reports/o.yaml": outline}) == ["policy.unknown_article"]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("subtract: [x, parameter.pass]", 'subtract: ["100", x]', ["outcomes.not_monotone"]),
        ('multiply: [above, "2000"]', 'multiply: [above, "-2000"]', ["outcomes.negative_amount"]),
        ("monotone: {of: x}", "monotone: {of: x, direction: falls}", ["outcomes.not_monotone"]),
        ("monotone: {of: x}", "monotone: {of: x, from: '90', to: '96'}", []),
    ],
)
def test_a_promise_about_money_is_checked_hundredth_by_hundredth(
    old: str, new: str, expected: list[str]
) -> None:
    assert codes({"outcomes/main.yaml": PLAN.replace(old, new)}) == expected


def test_a_promise_between_two_scores_is_checked_there() -> None:
    negative = FEWER["outcomes/main.yaml"].replace('[above, "2000"]', '[above, "-2000"]')

    assert codes({"outcomes/main.yaml": negative}) == ["outcomes.negative_amount"]


@pytest.mark.no_cover
def test_a_veto_that_waits_for_data_does_not_hide_a_broken_promise() -> None:
    veto = '\n  vetoes: [{id: v, title: v, when: {check: {below: "1"}}, at_most: 合格}]\n'
    changed = {
        "scoring/main.yaml": FILES["scoring/main.yaml"] + veto,
        "outcomes/main.yaml": PLAN.replace("subtract: [x, parameter.pass]", 'subtract: ["100", x]'),
    }

    assert codes(changed) == ["outcomes.not_monotone"]


def test_a_promise_without_grades_is_checked_as_well() -> None:
    scoring = FILES["scoring/main.yaml"].partition("grade:")[0]
    plan = """
        id: main
        title: 奖
        lines: [{id: y, title: 奖, subtract: ["100", x]}]
        rules: [{id: r, title: 奖, kind: reward, yuan: y}]
        monotone: {of: x}
        """

    assert codes({"scoring/main.yaml": scoring, "outcomes/main.yaml": plan}) == [
        "outcomes.not_monotone"
    ]


def test_an_amount_typed_for_no_open_rule_is_told() -> None:
    found = verdict(
        """
        name: 无此规则
        ask: assess
        given: {period: 2024Q1, unit: 甲, records: {}, typed: {nobody: "5"}}
        expect: {open_amounts: none}
        """
    )

    assert [each.code for each in found.problems] == ["policy.unknown_word"]


@pytest.mark.parametrize(
    ("kind", "typed", "expect"),
    [
        ("reward", "3000", "{amount: 3000, open_amounts: none, refused: none}"),
        ("penalty", "3000", "{amount: -3000, open_amounts: none, refused: none}"),
        (
            "reward",
            "-0.01",
            "{amount: 0, open_amounts: open, refused: outcomes.typed_out_of_range}",
        ),
    ],
)
def test_a_typed_amount_counts_within_its_limits(kind: str, typed: str, expect: str) -> None:
    plan = f"""
        id: main
        title: 奖惩
        rules: [{{id: open, title: 待填, kind: {kind}, typed: {{}}, approver: committee}}]
        """
    text = f"""
        name: 填写
        ask: assess
        given: {{period: 2024Q1, lines: {{check: "100"}}, typed: {{open: "{typed}"}}}}
        expect: {expect}
        """

    assert verdict(text, pack({**FILES, "outcomes/main.yaml": plan})).is_green
