"""What the register reads of a kind, what counts in a control, and when it is too many."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.domain.casework.complaints import around, changed, problems, read
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.register import (
    ActionRule,
    found_on,
    is_counted,
    judged,
    span_of,
)
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.foundation.wording import catalogue
from zhijian.packs.printing.cases import cases

REGISTER = """register:
  definition: {zh: 低于规范的服务。, en: A service below its standard.}
  description: account
  found: new_time
  quick: register
  item: subject
controls:
  - id: tea
    title: {zh: 茶水, en: Tea}
    cites: 第一条
    counts: {subject: 茶水}
    each: [subject]
    span: month
    above: 2
    opens: {kind: complaint, step: again, count: times, text: told, carries: {subject: subject}}
  - id: all
    title: 全部
    span: year
    above: 0
    opens: {kind: complaint, step: again, count: times, text: told, carries: {subject: subject}}
action:
  sort: corrective
  plan: answer
  cause: answer
  measures: answer
  carried_out: [answer]
  verified: [verify]
levels:
"""
STEP = """steps:
  - id: again
    title: 多次
    to: open
    by: [office]
    needs: [times, subject]
    may: [told]
    level: small
    starts: [handling]
"""
FACTS = """facts:
  - {id: times, title: 次数, type: integer}
  - {id: told, title: 说明, type: text}
"""
PAIRS = (("levels:\n", REGISTER), ("steps:\n", STEP), ("facts:\n", FACTS))
AT = datetime.fromisoformat("2024-06-20T10:00:00+08:00")


def with_register(*pairs: tuple[str, str]) -> dict[str, str]:
    return changed(*PAIRS, *pairs)


def the_pack() -> Pack:
    found = read(with_register())
    assert isinstance(found, Pack), found
    return found


def kind() -> CaseKind:
    return the_pack().cases["complaint"]


def test_what_a_kind_gives_to_the_register_is_read() -> None:
    read_kind = kind()

    assert read_kind.listing is not None
    assert read_kind.listing.definition == Words(
        "低于规范的服务。", "A service below its standard."
    )
    assert (read_kind.listing.found, read_kind.listing.quick) == ("new_time", "register")
    assert read_kind.listing.aspects == {"item": "subject"}
    assert [each.id for each in read_kind.controls] == ["tea", "all"]
    assert read_kind.action == ActionRule(
        "corrective", "answer", "answer", "answer", ("answer",), ("verify",)
    )
    assert "第一条" in read_kind.clauses


def test_a_kind_without_any_is_in_no_register() -> None:
    found = read(changed())

    assert isinstance(found, Pack)
    plain = found.cases["complaint"]
    assert (plain.listing, plain.controls, plain.action) == (None, (), None)


def test_the_least_suffices() -> None:
    least = """register: {definition: 低于规范。, description: account}
action:
  sort: preventive
  plan: answer
  measures: answer
  carried_out: [answer]
  verified: [verify]
levels:
"""
    found = read(with_register((REGISTER, least)))

    assert isinstance(found, Pack), found
    read_kind = found.cases["complaint"]
    assert read_kind.listing is not None
    assert (read_kind.listing.found, read_kind.listing.quick) == ("", "")
    assert read_kind.action is not None
    assert read_kind.action.cause == ""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  description: account\n", "  description: injured\n", "casework.fact_type"),
        ("  found: new_time\n", "  found: subject\n", "casework.fact_type"),
        ("  quick: register\n", "  quick: answer\n", "casework.unknown_name"),
        ("  item: subject\n", "  item: account\n", "casework.listed_personal"),
        ("  item: subject\n", "  thing: subject\n", "policy.unknown_key"),
        ("    each: [subject]\n", "    each: [account]\n", "casework.listed_personal"),
        ("    span: month\n", "    span: day\n", "policy.unknown_word"),
        ("    above: 2\n", '    above: "2.5"\n', "policy.not_whole"),
        ("    above: 2\n", "    above: -1\n", "policy.out_of_range"),
        ("  - id: all\n", "  - id: tea\n", "policy.id_twice"),
        ("above: 0\n    opens: {kind: complaint, step: again, count: times",
         "above: 0\n    opens: {kind: other, step: again, count: times", "casework.unknown_name"),
        ("above: 0\n    opens: {kind: complaint, step: again, count: times",
         "above: 0\n    opens: {kind: complaint, step: answer, count: times",
         "casework.unknown_name"),
        ("count: times, text: told, carries: {subject: subject}}\nact",
         "count: told, text: times, carries: {subject: subject}}\nact", "casework.fact_type"),
        ("text: told, carries: {subject: subject}}\nact", "text: told}\nact",
         "casework.not_carried"),
        ("text: told, carries: {subject: subject}}\nact",
         "text: told, carries: {subject: answer}}\nact", "casework.fact_type"),
        ("  plan: answer\n", "  plan: nowhere\n", "casework.unknown_name"),
        ("  plan: answer\n", "  plan: verify\n", "casework.action_asks"),
        ("  sort: corrective\n", "  sort: other\n", "policy.unknown_word"),
        ("  carried_out: [answer]\n", "", "policy.key_missing"),
        ("  verified: [verify]\n", "", "policy.key_missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_code(old: str, new: str, code: str) -> None:
    found = problems(with_register((old, new)))

    assert code in {each for each, _where in found}, found
    assert code in catalogue()


def test_controls_need_a_register() -> None:
    start = REGISTER.index("controls:")
    found = problems(with_register((REGISTER[:start], "")))

    assert ("policy.key_missing", "cases/complaint.yaml:1") in [
        (code, where) for code, where in found
    ] or "policy.key_missing" in {code for code, _where in found}


def test_a_step_that_cannot_be_read_is_told_by_itself() -> None:
    found = problems(with_register(("    needs: [satisfied]", "    needs: [nothing]")))

    assert {code for code, _where in found} == {"casework.unknown_name"}


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({}, date(2024, 6, 20)),
        ({"new_time": AT}, date(2024, 6, 20)),
        ({"new_time": date(2024, 6, 1)}, date(2024, 6, 1)),
    ],
)
def test_it_was_found_when_it_is_told_else_when_it_was_opened(facts, day) -> None:
    listing = kind().listing

    assert listing is not None
    assert found_on(listing, facts, date(2024, 6, 20)) == day


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("week", date(2024, 12, 30), date(2025, 1, 5)),
        ("month", date(2024, 12, 1), date(2024, 12, 31)),
        ("quarter", date(2024, 10, 1), date(2024, 12, 31)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_spans_begin_and_end_where_the_calendar_says(span: str, first: date, last: date) -> None:
    assert span_of(span, date(2024, 12, 31)) == (first, last)
    if span != "week":
        assert span_of(span, date(2024, 12, 1)) == (first, last)
    assert span_of("month", date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert span_of("quarter", date(2024, 4, 1)) == (date(2024, 4, 1), date(2024, 6, 30))


@pytest.mark.parametrize(
    ("facts", "tea", "every"),
    [({"subject": "茶水"}, True, True), ({"subject": "态度"}, False, True), ({}, False, True)],
)
def test_a_case_counts_where_its_condition_holds_and_it_can_be_told(facts, tea, every) -> None:
    found = the_pack()
    read_kind = found.cases["complaint"]
    told = [
        is_counted(each, read_kind.facts, facts, "", around(found)) for each in read_kind.controls
    ]

    assert told == [tea, every]


def test_as_many_as_the_limit_are_in_order_and_one_more_is_too_many() -> None:
    found = the_pack()
    control = found.cases["complaint"].controls[0]
    steps = [judged(control, count, around(found)) for count in (0, 2, 3)]

    assert [each.value for each in steps] == [False, False, True]
    assert steps[2].because[0].value == Fraction(3)
    assert list(steps[2].lines()) == [
        "controls.tea = true  〔第一条〕",
        "  controls.tea.found = 3",
        "  2 = 2",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "每月、每个单位、同一事由：事由 为 茶水；超过 2 次的"),
        ("en", "more than 2 propose “Complaint of a guest”"),
    ],
)
def test_controls_are_printed(language: str, told: str) -> None:
    text = "\n".join(cases(the_pack(), language))

    assert ("低于规范" if language == "zh" else "below its standard") in text
    assert told.split("；")[-1] in text
