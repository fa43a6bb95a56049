from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijian.domain.explain.document import from_document, to_document
from zhijian.domain.explain.step import Evidence, Step, WrongKind, shown
from zhijian.domain.problems import Problem
from zhijian.domain.words import Words

VALUES = st.one_of(st.none(), st.booleans(), st.text(max_size=5), st.fractions(max_denominator=99))
EVIDENCE = st.builds(
    Evidence,
    st.just("check"),
    st.integers(0, 9),
    st.lists(st.text(max_size=3), max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(["2024-01", "2024-02"]), st.fractions(max_denominator=7)).map(
        lambda months: tuple(months.items())
    ),
)


def steps(names: st.SearchStrategy[str], because: st.SearchStrategy[tuple[Step, ...]]):
    return st.builds(
        Step,
        id=names,
        op=st.sampled_from(["sum", "parameter"]),
        value=VALUES,
        title=st.builds(Words, st.text(max_size=3), st.text(max_size=3)),
        cites=st.text(max_size=3),
        because=because,
        given=st.dictionaries(st.text(max_size=3), st.text(max_size=3)).map(
            lambda pairs: tuple(pairs.items())
        ),
        evidence=st.none() | EVIDENCE,
        status=st.just("assessed"),
        reason=st.just(""),
        unconfirmed=st.booleans(),
    )


# Lines have names of their own; only the same line stands in two places.
LEAVES = [steps(st.just(name), st.just(())) for name in "abc"]
TREES = st.tuples(*LEAVES).flatmap(
    lambda leaves: steps(st.just("d"), st.just(leaves)).flatmap(
        lambda inner: steps(st.just("e"), st.just((inner, *leaves, inner)))
    )
)


@settings(
    derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(TREES)
def test_a_working_out_comes_back_as_it_was(step: Step) -> None:
    text = json.dumps(to_document(step), ensure_ascii=False)

    assert from_document(json.loads(text)) == step


def test_numbers_that_do_not_end_keep_their_exact_value() -> None:
    step = Step(
        "x", "mean", Fraction(2, 3), evidence=Evidence("k", 2, (), (("m", Fraction(1, 3)),))
    )

    document = to_document(step)

    assert (document["value"], document["exact"]) == ("0.6666666667", "2/3")
    assert (document["months"], document["exact_months"]) == ({"m": "0.3333333333"}, {"m": "1/3"})
    assert from_document(document) == step


def test_missing_values_say_why_and_proposed_ones_that_they_are() -> None:
    step = Step("x", "mean", None, status="blocked", reason="no_records", unconfirmed=True)

    document = to_document(step)

    assert (document["value"], document["status"], document["reason"]) == (
        None,
        "blocked",
        "no_records",
    )
    assert document["unconfirmed"] is True
    assert from_document(document) == step


def test_a_line_that_is_used_twice_is_written_once() -> None:
    leaf = Step("a", "constant", Fraction(1))
    line = Step("b", "value", Fraction(1), because=(leaf,))
    total = Step("c", "add", Fraction(2), because=(line, line))

    document = to_document(total)

    assert document["because"][1] == {"id": "b", "value": "1", "see": True}
    assert [step.id for step in total.walk()] == ["c", "b", "a"]
    assert list(total.lines()) == ["c = 2", "  b = 1", "    a = 1", "  b = 1", "    a = 1"]


def test_a_cited_line_shows_its_article() -> None:
    assert next(Step("x", "sum", "甲", cites="第九条").lines()) == "x = 甲  〔第九条〕"


def test_a_word_is_no_number() -> None:
    assert Step("x", "sum", Fraction(2)).number == 2
    with pytest.raises(WrongKind):
        _ = Step("x", "latest", "甲").number


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (True, "true"), (False, "false"), ("甲", "甲"), (Fraction(5, 2), "2.50")],
)
def test_values_are_shown(value: object, text: str) -> None:
    assert shown(value, 2) == text  # type: ignore[arg-type]


def test_titles_speak_both_languages() -> None:
    assert Words("得分", "Score").to("en") == "Score"
    assert Words("得分").to("en-gb") == "得分"
    assert Words("得分", "Score").to("zh-hans") == str(Words("得分")) == "得分"


def test_problems_know_their_facts() -> None:
    problem = Problem.at("x.yaml:3", "policy.key_missing", key="id")

    assert problem.fact("key") == "id"
    assert problem.fact("other") == ""
