"""A pack as a whole: its promises hold, its citations exist, its automatic articles work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.regulation.department import FEWER
from tests.domain.regulation.test_examples import CALENDAR, FILES, PACK
from tests.domain.tiny import pack
from zhijian.domain.regulation.checks import check_pack, citations

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
