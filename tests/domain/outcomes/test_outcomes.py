"""Money and measures that follow from a result, and the budget that limits them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.regulation.department import department, situation
from tests.domain.tiny import QUARTER, assess, pack, parameter, problems, record, scheme
from zhijian.domain.outcomes.budget import Balance, spend
from zhijian.domain.outcomes.outcome import total_yuan
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.assess import Assessor

PLAN = """
id: main
title: 奖惩
scheme: main
lines: [{id: half, title: 半, divide: [x, "3"]}]
rules:
"""
GRADED = scheme(
    "- {id: x, title: 得, mean: check.points}",
    "grade: {of: x, bands: [{at_least: '60', is: 好}, {below: '60', is: 差}]}\n",
)


def plan(*rules: str, head: str = PLAN) -> dict[str, str]:
    return {**GRADED, "outcomes/main.yaml": head + "".join(f"  - {rule}\n" for rule in rules)}


def proposed(points: str, *rules: str, files: dict[str, str] | None = None) -> Any:
    found = pack({**plan(*rules), **(files or {})})
    return assess(found, record("check", points=Fraction(points)))


@pytest.mark.parametrize(
    ("points", "rule", "yuan"),
    [
        # Money is rounded to the fen once, at the end; half a fen goes up.
        ("100", "{id: r, title: r, kind: reward, yuan: half}", "33.33"),
        ("0.015", "{id: r, title: r, kind: reward, yuan: half}", "0.01"),
        ("0.015", "{id: r, title: r, kind: penalty, yuan: half}", "-0.01"),
        ("5", "{id: r, title: r, kind: penalty, yuan: '500'}", "-500"),
        ("5", "{id: r, title: r, kind: penalty, text: 通报}", "0"),
        ("5", "{id: r, title: r, kind: measure, text: 约谈, days: '7'}", "0"),
        ("5", "{id: r, title: r, kind: none}", "0"),
    ],
)
def test_money_of_a_rule(points: str, rule: str, yuan: str) -> None:
    result = proposed(points, rule)

    assert [each.yuan for each in result.proposals] == [Fraction(yuan)]
    assert result.yuan == total_yuan(result.proposals) == Fraction(yuan)
    assert result.proposals[0].working.value == Fraction(yuan)


def test_only_rules_whose_condition_holds_apply() -> None:
    rules = (
        "{id: good, title: g, kind: reward, when: {grade: 好}, yuan: '1'}",
        "{id: bad, title: b, kind: penalty, when: {grade: 差}, yuan: '2'}",
        "{id: low, title: l, kind: measure, when: {x: {below: '30'}}, text: 整改, days: '10'}",
    )

    told = [
        [each.rule for each in proposed(points, *rules).proposals]
        for points in ("60", "59.99", "30", "29.99")
    ]

    assert told == [["good"], ["bad"], ["bad"], ["bad", "low"]]
    assert proposed("29.99", *rules).proposals[1].days == 10
    assert proposed("29.99", *rules).proposals[0].days is None


def test_an_unconfirmed_amount_colours_the_proposal_and_the_result() -> None:
    text = """
        id: fine
        title: 罚
        entries: [{starts: 2020-01-01, value: 5, cites: 第一条, proposed: true}]
        verified_until: 2030-12-31
        """
    rule = "{id: r, title: r, kind: penalty, yuan: parameter.fine}"

    result = proposed("5", rule, files={"parameters/fine.yaml": text})

    assert result.proposals[0].working.unconfirmed
    assert result.unconfirmed == ("fine",)
    assert not result.sheet.unconfirmed


def test_an_amount_without_value_is_told() -> None:
    lines = PLAN.replace('divide: [x, "3"]', "mean: accident.points")
    rule = "{id: r, title: r, kind: penalty, yuan: half}"
    found = pack(plan(rule, head=lines))

    proposal = assess(found, record("check", points=Fraction(5))).proposals[0]

    assert (proposal.yuan, proposal.working.status) == (0, "not_assessed")
    assert proposal.working.reason == "no_records"


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        (["{id: r, title: r, kind: measure}"], ["policy.key_missing"]),
        (["{id: r, title: r, kind: penalty}"], ["policy.key_missing"]),
        (["{id: r, title: r, kind: gift}"], ["policy.unknown_word"]),
        (["{id: r, title: r, kind: none}", "{id: r, title: r, kind: none}"], ["policy.id_twice"]),
        (["{id: r, title: r, kind: none, when: {y: '1'}}"], ["scoring.unknown_line"]),
    ],
)
def test_a_rule_that_means_nothing_is_refused(rules: list[str], codes: list[str]) -> None:
    assert [code for code, _ in problems(plan(*rules))] == codes


@pytest.mark.parametrize("of", ["half", "grade", "y"])
def test_a_promise_is_about_a_line_of_the_scheme(of: str) -> None:
    files = plan(head=PLAN.replace("rules:\n", f"monotone: {{of: {of}}}\n"))

    assert [code for code, _ in problems(files)] == ["scoring.unknown_line"]


def test_a_plan_of_an_unknown_scheme_is_refused() -> None:
    files = plan(head=PLAN.replace("scheme: main", "scheme: other"))

    assert [code for code, _ in problems(files)] == ["policy.unknown_word"]


def test_what_is_only_told_is_left_out_while_its_data_are_missing() -> None:
    waits = "when: {half: {at_least: '1'}}"
    head = PLAN.replace('divide: [x, "3"]', "sum: complaint.points")
    found = pack(plan(f"{{id: t, title: t, kind: none, {waits}}}", head=head))

    result = assess(found, record("check", points=Fraction(90)))

    assert (result.proposals, result.yuan) == ((), 0)


def test_a_streak_counts_grades_that_the_scheme_has() -> None:
    head = PLAN.replace('divide: [x, "3"]', "streak: {grades: [%s]}")
    rule = "{id: r, title: r, kind: measure, text: 约谈, when: {half: {at_least: '1'}}}"

    found = pack(plan(rule, head=head % "差"))

    assert len(assess(found, record("check", points=Fraction(5))).proposals) == 1
    assert len(assess(found, record("check", points=Fraction(60))).proposals) == 0
    assert [code for code, _ in problems(plan(rule, head=head % "末"))] == ["scoring.unknown_grade"]


def test_all_measures_of_score_and_outcomes_are_known() -> None:
    found = pack(
        plan(
            "{id: r, title: r, kind: none}",
            head=PLAN.replace('divide: [x, "3"]', "count: accident"),
        )
    )

    measures = Assessor.of(found).measures(found.law(QUARTER.last))

    assert [(each.statistic, each.kind) for each in measures] == [
        ("mean", "check"),
        ("count", "accident"),
    ]
    assert len(Assessor.of(pack()).measures(found.law(QUARTER.last))) == 1


@pytest.mark.parametrize(
    ("points", "yuan"),
    [("0", -5000), ("83.33", -5000), ("91.66666", 0), ("100", 10_000)],
)
def test_money_of_the_departments(points: str, yuan: int) -> None:
    found = department()

    assert Assessor.of(found).assess(situation(found, points)).yuan == yuan


# --- budget --------------------------------------------------------------------------------------

BOOK = {
    **parameter("fund", '"30000"'),
    "budgets/fund.yaml": "id: fund\ntitle: 经费\nlimit: parameter.fund\nper: year\nholder: 组\n",
}


@pytest.mark.parametrize(
    ("spent", "amount", "left"),
    [("0", "30000", "0"), ("29999.99", "0.01", "0"), ("100", "50.5", "29849.5")],
)
def test_spending_up_to_the_limit(spent: str, amount: str, left: str) -> None:
    found = pack(BOOK)

    answer = spend(
        found.budgets["fund"], found.law(QUARTER.last), QUARTER, Fraction(spent), Fraction(amount)
    )

    assert isinstance(answer, Balance)
    assert answer.left == Fraction(left)
    assert answer.spent + answer.left == answer.limit == 30000
    assert not answer.unconfirmed


@pytest.mark.parametrize(
    ("spent", "amount", "code"),
    [
        ("29999.99", "0.02", "outcomes.over_budget"),
        ("0", "30000.01", "outcomes.over_budget"),
        ("0", "0", "outcomes.amount_not_positive"),
        ("0", "-5", "outcomes.amount_not_positive"),
        ("0", "0.001", "outcomes.amount_not_positive"),
    ],
)
def test_what_exceeds_the_limit_is_refused(spent: str, amount: str, code: str) -> None:
    found = pack(BOOK)

    answer = spend(
        found.budgets["fund"], found.law(QUARTER.last), QUARTER, Fraction(spent), Fraction(amount)
    )

    assert isinstance(answer, Problem)
    assert answer.code == code
    if code == "outcomes.over_budget":
        assert answer.fact("over") == "0.01"


def test_a_limit_that_is_not_in_force_refuses() -> None:
    found = pack(BOOK)

    answer = spend(
        found.budgets["fund"],
        found.law(QUARTER.last.replace(year=2019)),
        QUARTER,
        Fraction(0),
        Fraction(1),
    )

    assert isinstance(answer, Problem)
    assert answer.code == "parameter.not_yet"


def test_a_limit_holds_a_number() -> None:
    found = pack(BOOK)

    with pytest.raises(TypeError):
        spend(
            found.budgets["fund"],
            found.law(QUARTER.last, replaced={"fund": "many"}),
            QUARTER,
            Fraction(0),
            Fraction(1),
        )


def test_an_amount_that_waits_for_data_is_no_zero() -> None:
    waits = PLAN.replace("lines: [", "lines: [{id: before, title: 上期, previous: {of: x}}, ")
    rules = "  - {id: r, title: r, kind: penalty, yuan: before}\n"
    rules += "  - {id: s, title: s, kind: reward, yuan: half}\n"

    result = assess(
        pack({**GRADED, "outcomes/main.yaml": waits + rules}), record("check", points=Fraction(90))
    )

    assert [each.is_open for each in result.proposals] == [True, False]
    assert result.proposals[0].working.value is None
    assert result.yuan is None


def test_a_rule_whose_condition_waits_for_data_does_not_lapse() -> None:
    lines = "lines: [{id: fault, title: 过失, count: {of: complaint}}]\n"
    rules = (
        "rules: [{id: fine, title: 罚款, kind: penalty, "
        "when: {fault: {above: '0'}}, yuan: '100'}]\n"
    )
    plan = f"id: main\ntitle: 处理\n{lines}{rules}"
    files = {**GRADED, "outcomes/main.yaml": plan}
    points = record("check", points=Fraction(90))

    unknown = assess(pack(files), points)
    clear = assess(pack(files), points, record("confirmation"))

    assert [(each.rule, each.is_open) for each in unknown.proposals] == [("fine", True)]
    assert (unknown.yuan, clear.yuan) == (None, 0)
