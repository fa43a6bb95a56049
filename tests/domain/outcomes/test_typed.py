"""Amounts that the approver types: open until then, within limits, and counted only then."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.outcomes.test_outcomes import plan, proposed
from tests.domain.tiny import pack, parameter, problems
from zhijian.domain.explain.document import from_document, to_document
from zhijian.domain.outcomes.outcome import Proposal
from zhijian.domain.outcomes.typed import Limits, limits_of
from zhijian.packs.printing.regulation import regulation
from zhijian.packs.printing.steps import step_in_words
from zhijian.packs.printing.typed import limits_in_words

RULE = "{id: r, title: r, kind: %s, typed: %s, approver: committee}"


def only(points: str, rule: str, **files: str) -> Proposal:
    (found,) = proposed(points, rule, files=files).proposals
    assert isinstance(found, Proposal)
    return found


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("{}", "0", None),
        ("{at_least: '100'}", "100", None),
        ("{at_most: '5000'}", "0", "5000"),
        ("{at_least: half, at_most: parameter.most}", "20", "80.5"),
    ],
)
def test_the_limits_are_those_of_the_unit_and_the_day(
    typed: str, least: str, most: str | None
) -> None:
    proposal = only("60", RULE % ("reward", typed), **parameter("most", '"80.5"'))

    limits = Limits(Fraction(least), None if most is None else Fraction(most))
    assert proposal.limits == limits
    assert limits_of(from_document(to_document(proposal.working))) == limits
    assert (proposal.yuan, proposal.working.value, proposal.is_open) == (0, None, False)


@pytest.mark.parametrize("kind", ["reward", "penalty"])
def test_what_is_still_to_be_typed_neither_counts_nor_waits(kind: str) -> None:
    other = "{id: o, title: o, kind: reward, yuan: '70'}"

    assert proposed("60", RULE % (kind, "{at_most: '5000'}"), other).yuan == 70


def test_limits_that_lack_data_leave_the_amount_open() -> None:
    files = parameter("later", "5")
    files["parameters/later.yaml"] = files["parameters/later.yaml"].replace("2020", "2025")

    result = proposed("60", RULE % ("reward", "{at_most: parameter.later}"), files=files)

    (proposal,) = result.proposals
    assert (result.yuan, proposal.is_open, proposal.limits) == (None, True, None)
    assert proposal.working.reason == "parameter_not_yet"


def test_a_proposed_limit_colours_the_result() -> None:
    files = parameter("most", "5")
    text = files["parameters/most.yaml"].replace("第一条}", "第一条, proposed: true}")

    found = proposed("60", RULE % ("reward", "{at_most: parameter.most}"),
                     files={"parameters/most.yaml": text})  # fmt: skip

    assert found.unconfirmed == ("most",)


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("99.99", False),
        ("100", True),
        ("100.005", False),
        ("5000", True),
        ("5000.01", False),
        ("-100", False),
    ],
)
def test_what_may_be_typed(amount: str, fits: bool) -> None:
    refusal = Limits(Fraction(100), Fraction(5000)).refusal(Fraction(amount))

    assert (refusal is None) == fits
    if refusal is not None:
        facts = {"found": amount, "least": "100.00", "most": "5000.00"}
        assert (refusal.code, dict(refusal.facts)) == ("outcomes.typed_out_of_range", facts)


def test_without_upper_limit_there_is_still_an_end() -> None:
    limits = Limits(Fraction(0), None)

    assert limits.refusal(Fraction(10**10)) is None
    assert limits.refusal(Fraction(10**10 + 1)) is not None


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{id: r, title: r, kind: reward, typed: {}}", "policy.key_missing"),
        ("{id: r, title: r, kind: reward, typed: {}, approver: auditor}", "policy.unknown_word"),
        (RULE % ("measure", "{}, text: 谈"), "outcomes.typed_beside_amount"),
        (RULE % ("none", "{}"), "outcomes.typed_beside_amount"),
        (RULE % ("reward", "{}, yuan: '5'"), "outcomes.typed_beside_amount"),
        (RULE % ("reward", "{at_least: '-1'}"), "policy.out_of_range"),
        (RULE % ("reward", "{at_least: '9', at_most: '8'}"), "policy.out_of_range"),
        (RULE % ("reward", "{at_most: '99999999999'}"), "policy.out_of_range"),
        (RULE % ("reward", "{most: '8'}"), "policy.unknown_key"),
        (RULE % ("reward", "{at_most: y}"), "scoring.unknown_line"),
        (RULE % ("reward", "yes"), "policy.not_a_mapping"),
    ],
)
def test_a_rule_that_leaves_open_what_cannot_be_is_refused(rule: str, code: str) -> None:
    assert [each for each, _ in problems(plan(rule))] == [code]


def test_a_word_is_no_amount() -> None:
    files = parameter("mode", "a", "choice", "options: [a, b]\n")
    rule = "{id: r, title: r, kind: reward, yuan: parameter.mode}"

    result = proposed("60", rule, files=files)

    assert result.yuan is None
    assert result.proposals[0].working.reason == "wrong_kind"


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ("{}", "由审定人填写", "typed by the approver"),
        ("{at_least: '5'}", "由审定人填写，不少于 5 元", "typed by the approver, at least 5 yuan"),
        ("{at_most: '9'}", "由审定人填写，0 至 9 元", "typed by the approver, 0 to 9 yuan"),
    ],
)
def test_the_limits_are_said_in_both_languages(typed: str, chinese: str, english: str) -> None:
    files = plan(RULE % ("reward", typed))
    working = only("60", RULE % ("reward", typed)).working
    limits = limits_of(working)

    assert limits is not None
    assert limits_in_words(limits, "zh") == step_in_words(working, "zh") == chinese
    assert limits_in_words(limits, "en") == step_in_words(working, "en") == english
    assert chinese in regulation(pack(files), "", "zh")
    assert english in regulation(pack(files), "", "en")
