"""Cases give records: what reading refuses, what does not fit, and what one case gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.casework.complaints import COMPLAINT, FILES, around, at, read
from zhijian.domain.casework.course import Happened, replay
from zhijian.domain.casework.recording import IN_CASE, SECRET, Given, Telling, given, misfits
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.records.source import CaseSource
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.sources import wrong_sources
from zhijian.foundation.wording import catalogue

KIND = "records/complaint.yaml"
TEXT = """\
id: complaint
title: {zh: 投诉, en: Complaint}
cites: 第一条
dated: day
unique: [number]
same: [unit, on, subject]
by_hand: true
from_cases:
  - case: complaint
    on: case.opened
    fields:
      number: case.number
      subject: fact.subject
      answer: fact.answer
      grave: level
      hurt: fact.injured
      due: clock.handling.due
      done: clock.handling.done
      answered: step.answer
      agreed: fact.new_time
      ended: case.ended
      named: case.title
    states:
      - {in: [open, answered], pending: true, sets: {validity: 待定, points: "1"}}
      - {in: [closed], sets: {validity: 有效, points: "2"}}
      - {in: [withdrawn], gives: nothing}
fields:
  - {id: number, title: 编号, type: text, required: true}
  - {id: subject, title: 事由, type: choice, options: [茶水, 态度], required: true}
  - {id: answer, title: 结果, type: text}
  - {id: grave, title: 等级, type: choice, options: [一般, 严重]}
  - {id: hurt, title: 受伤, type: flag}
  - {id: due, title: 应办日, type: date}
  - {id: done, title: 办结日, type: date}
  - {id: answered, title: 办理日, type: date}
  - {id: agreed, title: 约定日, type: date}
  - {id: ended, title: 结案日, type: date}
  - {id: named, title: 标题, type: text}
  - {id: validity, title: 是否有效, type: choice, options: [有效, 无效, 待定], required: true}
  - {id: points, title: 分, type: decimal, required: true}
"""


def files(*pairs: tuple[str, str]) -> dict[str, str]:
    """The files of the handbook with a kind of record, parts of which are replaced."""
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {**FILES, KIND: text}


def pack(*pairs: tuple[str, str]) -> Pack:
    found = read(files(*pairs))
    assert isinstance(found, Pack), found
    return found


def source(of: Pack) -> CaseSource:
    return of.kinds["complaint"].sources[0]


def telling(of: Pack, *steps: tuple[str, str, dict[str, Any]]) -> Telling:
    happened = [
        Happened(seq, step, "li", frozenset(), at(when), facts, level="small" if seq == 1 else "")
        for seq, (step, when, facts) in enumerate(steps, 1)
    ]
    course = replay(of.cases["complaint"], happened)
    read_clocks = clocks(course, around(of), happened[-1].at)
    started = {name: each for name, each in read_clocks.items() if isinstance(each, Clock)}
    assert not any(isinstance(each, NotInForce) for each in read_clocks.values())
    return Telling("TS20240001", "茶凉", course, started)


REGISTERED = ("register", "2024-06-21T10:00", COMPLAINT)
ANSWERED = ("answer", "2024-06-22T09:00", {"answer": "换茶"})
CLOSED = ("verify", "2024-06-24T09:00", {"satisfied": True})


def told(of: Pack, *steps: tuple[str, str, dict[str, Any]]) -> Given:
    return given(source(of), of.kinds["complaint"], telling(of, *steps))


def test_the_kind_reads_well_and_fits() -> None:
    found = pack()

    assert found.kinds["complaint"].by_hand
    assert list(wrong_sources(found, {})) == []
    assert source(found).rule("nowhere") is None


def test_without_a_word_people_enter_nothing_where_cases_give_records() -> None:
    assert not pack(("by_hand: true\n", "")).kinds["complaint"].by_hand


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("records.not_in_a_case", "case.opened", "case.moved"),
        ("records.not_in_a_case", "case.opened", "clock.handling"),
        ("records.not_in_a_case", "case.opened", "case"),
        ("records.not_in_a_case", "grave: level", "grave: level.small"),
        (
            "records.not_in_a_case",
            "    on: case.opened\n",
            "    on: case.opened\n    unit: level\n",
        ),
        ("policy.key_missing", "in: [closed], ", ""),
        ("policy.id_twice", "in: [closed]", "in: [closed, open]"),
        ("records.state_gives_nothing", "gives: nothing", "gives: nothing, sets: {answer: 无}"),
        ("policy.unknown_word", "gives: nothing", "gives: none"),
        ("records.cases_have_days", "dated: day", "dated: period"),
        ("records.cases_have_days", "dated: day", "register: true"),
        ("records.unknown_field", "same: [unit, on, subject]", "same: [topic]"),
        ("records.unknown_field", "      answer: fact.answer", "      reply: fact.answer"),
        ("records.unknown_field", "{validity: 有效, points", "{worth: 有效, points"),
        ("records.field_from_nowhere", "{validity: 有效, points", "{points"),
    ],
)
def test_what_cannot_be_read_is_refused(code: str, old: str, new: str) -> None:
    found = read(files((old, new)))

    assert not isinstance(found, Pack)
    assert [each.code for each in found][:1] == [code]
    assert code in catalogue()


def test_what_says_nothing_without_cases_is_refused() -> None:
    kept = TEXT.index("fields:\n  - {id: number")
    head = TEXT[: TEXT.index("from_cases:")]
    for rest in (head, head.replace("same: [unit, on, subject]\n", "")):
        found = read({**FILES, KIND: rest + TEXT[kept:]})
        assert not isinstance(found, Pack)
        assert [each.code for each in found] == ["policy.key_missing"]


def test_a_kind_of_case_stands_there_once_and_says_something_of_states() -> None:
    twice = TEXT[TEXT.index("  - case: complaint") : TEXT.index("fields:\n  - {id: number")]
    found = read(files(("fields:\n  - {id: number", twice + "fields:\n  - {id: number")))
    assert not isinstance(found, Pack)
    assert [each.code for each in found] == ["policy.id_twice"]

    states = TEXT[TEXT.index("      - {in: [open") : TEXT.index("fields:\n  - {id: number")]
    found = read(files((f"    states:\n{states}", "    states: []\n")))
    assert not isinstance(found, Pack)
    assert [each.code for each in found] == ["policy.empty_list"]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("records.no_such_case", "case: complaint\n", "case: grumble\n"),
        ("records.no_such_state", "in: [closed]", "in: [closed, shut]"),
        ("records.state_left_out", "      - {in: [withdrawn], gives: nothing}\n", ""),
        ("records.not_of_this_case", "fact.answer", "fact.reply"),
        ("records.not_of_this_case", "step.answer", "step.reply"),
        ("records.not_of_this_case", "clock.handling.due", "clock.thinking.due"),
        ("records.case_type", "hurt: fact.injured", "hurt: fact.subject"),
        ("records.case_type", "answer: fact.answer", "answer: fact.manager"),
        ("records.case_options", "options: [茶水, 态度]", "options: [茶水]"),
        ("records.case_options", "options: [一般, 严重]", "options: [一般]"),
        (
            "records.case_longer",
            "title: 结果, type: text",
            "title: 结果, type: text, max_length: 9",
        ),
        ("records.state_sets", 'points: "2"', "points: 二"),
        ("records.state_sets", "validity: 有效, points", "validity: 也许, points"),
        (
            "records.not_of_this_case",
            "    fields:\n      n",
            "    unit: fact.subject\n    fields:\n      n",
        ),
    ],
)
def test_what_does_not_fit_the_case_is_found(code: str, old: str, new: str) -> None:
    found = pack((old, new))

    assert code in [each.code for each in wrong_sources(found, {})]
    assert code in [each.code for each in check_pack(found, around(found).calendar)[0]]
    assert code in catalogue()


def test_a_case_without_levels_has_none_to_give() -> None:
    found = pack()
    plain = replace(found.cases["complaint"], levels={})

    codes = [each.code for each in misfits(found.kinds["complaint"], source(found), plain)]

    assert codes == ["records.not_of_this_case"]


def test_states_set_flags_and_texts_too() -> None:
    sets = 'sets: {validity: 有效, points: "2", hurt: 是, answer: 无, '
    good = pack(('sets: {validity: 有效, points: "2"', sets.rstrip(", ")))
    assert list(wrong_sources(good, {})) == []
    bad = pack(('sets: {validity: 有效, points: "2"', sets + "done: 今日"))
    assert [each.code for each in wrong_sources(bad, {})] == ["records.state_sets"]


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ("{injured: true}", True),
        ("{subject: 茶水}", True),
        ("{manager: {empty: false}}", True),
        ("{injured: 是}", False),
        ("{manager: wang}", False),
        ("{topic: 茶水}", False),
        ("{subject: {line: other}}", False),
    ],
)
def test_a_test_that_could_never_hold_is_found(where: str, fits: bool) -> None:
    found = pack(("    fields:\n      n", f"    where: {where}\n    fields:\n      n"))

    codes = [each.code for each in wrong_sources(found, {})]

    assert codes == ([] if fits else ["records.not_of_this_case"])


def test_cases_of_another_regulation_are_asked_where_it_is_there() -> None:
    abroad = pack(("  - case: complaint", "  - pack: elsewhere\n    case: complaint"))

    assert list(wrong_sources(abroad, {})) == []
    assert list(wrong_sources(abroad, {"elsewhere": pack()})) == []
    empty = replace(pack(), cases={})
    assert [e.code for e in wrong_sources(abroad, {"elsewhere": empty})] == ["records.no_such_case"]


@pytest.mark.req("CMP-12")
def test_a_case_gives_what_is_known_of_it() -> None:
    found = told(pack(), REGISTERED)

    assert (found.gives, found.pending, found.on) == ("record", True, date(2024, 6, 21))
    assert {name: value for name, value in found.cells.items() if value is not None} == {
        "number": "TS20240001", "named": "茶凉", "subject": "茶水", "hurt": False, "grave": "一般",
        "due": date(2024, 6, 21), "validity": "待定", "points": "1",
    }  # fmt: skip

    ended = told(pack(), REGISTERED, ANSWERED, CLOSED)
    assert (ended.pending, ended.cells["validity"], ended.cells["points"]) == (False, "有效", "2")
    assert ended.cells["ended"] == date(2024, 6, 24)
    assert ended.cells["answered"] == ended.cells["done"] == date(2024, 6, 22)
    assert ended.cells["answer"] == "换茶"


def test_a_case_in_a_state_that_does_not_count_gives_nothing() -> None:
    withdrawn = ("withdraw", "2024-06-21T11:00", {})

    assert told(pack(), REGISTERED, withdrawn) == Given("nothing", on=date(2024, 6, 21))


def test_what_is_still_to_be_decided_may_give_nothing_yet_and_stands_somewhere() -> None:
    later = ("in: [open, answered], pending: true, sets: {validity: 待定, points: \"1\"}",
             "in: [open, answered], pending: true, gives: nothing")  # fmt: skip
    found = pack(later, ("on: case.opened", "on: fact.new_time"))

    assert told(found, REGISTERED) == Given("nothing", True, date(2024, 6, 21))
    agreed = ("agree", "2024-06-21T11:00", {"new_time": at("2024-07-01T10:00"), "consent": True})
    assert told(found, REGISTERED, agreed).on == date(2024, 7, 1)


def test_a_record_without_a_day_says_so() -> None:
    found = pack(("on: case.opened", "on: fact.new_time"))

    assert told(found, REGISTERED).on is None


def test_only_cases_that_pass_count() -> None:
    found = pack(("    fields:\n      n", "    where: {injured: true}\n    fields:\n      n"))

    assert told(found, REGISTERED) == Given("nothing")
    hurt = ("register", "2024-06-21T10:00", {**COMPLAINT, "injured": True})
    assert told(found, hurt).gives == "record"
    when = pack(
        ("    fields:\n      n", "    where: {new_time: {empty: true}}\n    fields:\n      n")
    )
    agreed = ("agree", "2024-06-21T11:00", {"new_time": at("2024-07-01T10:00"), "consent": True})
    assert told(when, REGISTERED, agreed).gives == "nothing"


def test_the_texts_of_a_confidential_case_stay_in_it() -> None:
    secret = ("register", "2024-06-21T10:00", {**COMPLAINT, "secret": True})
    found = told(pack(), secret, ANSWERED)

    assert (found.cells["answer"], found.cells["named"]) == (SECRET, SECRET)
    assert (found.cells["number"], found.cells["subject"]) == ("TS20240001", "茶水")
    assert told(pack(), secret).cells["answer"] is None


def test_personal_facts_stay_in_the_case() -> None:
    found = pack(("answer: fact.answer", "answer: fact.account"))
    registered = ("register", "2024-06-21T10:00", {**COMPLAINT, "account": "王女士来电"})

    assert told(found, registered).cells["answer"] == IN_CASE
    assert told(found, REGISTERED).cells["answer"] is None
    case = found.cases["complaint"]
    hurt = case.facts["injured"]
    personal = replace(hurt, field=replace(hurt.field, personal=True))
    one = telling(found, REGISTERED)
    kind = replace(case, facts={**case.facts, "injured": personal})
    cells = given(
        source(found),
        found.kinds["complaint"],
        replace(one, course=replace(one.course, kind=kind)),
    ).cells
    assert cells["hurt"] is None


def test_the_unit_is_that_of_a_fact_where_one_is_named() -> None:
    fact = "facts:\n  - {id: house, title: 门店, type: unit}\n"
    text = FILES["cases/complaint.yaml"].replace("facts:\n", fact, 1)
    asking = {"cases/complaint.yaml": text.replace("[account, secret]", "[account, secret, house]")}
    unit = ("    fields:\n      n", "    unit: fact.house\n    fields:\n      n")
    asked = read({**files(unit), **asking})
    assert isinstance(asked, Pack)

    told_unit = told(asked, ("register", "2024-06-21T10:00", {**COMPLAINT, "house": "7"}))

    assert told_unit.unit == "7"


def test_numbers_and_moments_are_written_where_a_text_is_wanted() -> None:
    found = pack()
    kind, own = found.kinds["complaint"], source(found)
    numbered = replace(own.fields["answer"], name="cups")
    case = found.cases["complaint"]
    cups = replace(case.facts["answer"], field=replace(case.facts["answer"].field, type="integer"))
    with_cups = replace(case, facts={**case.facts, "cups": cups})
    telling_ = telling(found, REGISTERED)
    course = replace(
        telling_.course, kind=with_cups, facts={**telling_.course.facts, "cups": Fraction(2)}
    )
    asked = replace(own, fields={"answer": numbered, "agreed": own.fields["agreed"]})

    cells = given(asked, kind, replace(telling_, course=course)).cells

    assert cells["answer"] == "2"
    moment = {**course.facts, "new_time": datetime.fromisoformat("2024-07-01T10:00")}
    later = replace(telling_, course=replace(course, facts=moment))
    assert given(asked, kind, later).cells["agreed"] == date(2024, 7, 1)


def test_a_clock_that_never_started_or_stands_without_a_due_moment_gives_nothing() -> None:
    found = pack()
    without = replace(telling(found, REGISTERED), clocks={})

    cells = given(source(found), found.kinds["complaint"], without).cells

    assert (cells["due"], cells["done"]) == (None, None)
    legless = replace(telling(found, REGISTERED).clocks["handling"], legs=())
    waiting = replace(without, clocks={"handling": legless})
    assert given(source(found), found.kinds["complaint"], waiting).cells["due"] is None


def test_a_case_without_level_or_with_files_says_nothing_there() -> None:
    found = pack()
    one = telling(found, REGISTERED)
    course = replace(one.course, level="", facts={**one.course.facts, "answer": ("a" * 64,)})

    cells = given(source(found), found.kinds["complaint"], replace(one, course=course)).cells

    assert (cells["grave"], cells["answer"]) == (None, None)
