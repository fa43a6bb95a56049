"""A kind of case is read strictly: what cannot be is found at its line, with nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.domain.casework.complaints import CASE, FILES, changed, problems, read
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.wording import catalogue

HERE = Path(__file__).parent
REFUSED = yaml.safe_load((HERE / "refused.yaml").read_text(encoding="utf-8"))
UNSOUND = yaml.safe_load((HERE / "unsound.yaml").read_text(encoding="utf-8"))
LATE = "charged: [{who: owner}]"


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text begins."""
    return text[: text.index(part)].count("\n") + 1


def test_the_kind_of_the_handbook_reads_well() -> None:
    assert problems(FILES) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case['code']} {case['at']}")
def test_what_cannot_be_is_found_at_its_line(case: dict[str, str]) -> None:
    files = changed((case["old"], case["new"]))

    found = problems(files)

    assert found[:1] == [(case["code"], f"{CASE}:{line_of(files[CASE], case['at'])}")]
    assert case["code"] in catalogue()


@pytest.mark.parametrize("case", UNSOUND, ids=lambda case: " ".join(case["codes"]) or "sound")
def test_what_a_kind_must_keep_as_a_whole(case: dict[str, Any]) -> None:
    files = changed(*((each["old"], each["new"]) for each in case["pairs"]))

    assert [code for code, _ in problems(files)] == case["codes"]


def test_a_clock_without_levels_has_a_limit_of_its_own() -> None:
    text = FILES[CASE]
    levels = text[text.index("levels:\n") : text.index("clocks:\n")]
    without = [(levels, ""), ("    level: proposed\n", "")]

    assert [code for code, _ in problems(changed(*without))] == ["casework.clock_without_limit"]
    own = ("title: {zh: 办理时限, en: Time to handle}", "title: 办理时限, limit: small")
    assert problems(changed(*without, own)) == []
    decides = (
        "    assigns: {owner: manager}\n",
        "    assigns: {owner: manager}\n    level: small\n",
    )
    assert [code for code, _ in problems(changed(*without, own, decides))] == ["casework.no_levels"]


def test_a_body_cannot_be_called_what_means_somebody_else() -> None:
    front = FILES["pack.yaml"].replace("id: waiter", "id: owner")

    found = problems({**changed(("by: [waiter, ", "by: [owner, ")), "pack.yaml": front})

    assert [code for code, _ in found] == ["casework.name_taken"]


def test_what_only_follows_from_a_broken_part_is_not_told() -> None:
    broken = changed(
        ("{id: injured, title: {zh: 有人受伤, en: Somebody was hurt}, type: flag}", "{id: injured}")
    )
    assert [code for code, _ in problems(broken)] == ["policy.key_missing"]

    limit = {**FILES, "limits/small.yaml": FILES["limits/small.yaml"].replace("same_day", "daily")}
    assert [code for code, _ in problems(limit)] == ["policy.unknown_word"]

    step = changed(("    needs: [answer]\n    stops", "    needs: 5\n    stops"))
    assert [code for code, _ in problems(step)] == ["policy.not_a_list"]


def test_an_entry_that_is_no_mapping_is_told_once() -> None:
    assert [c for c, _ in problems(changed(("steps:\n", "steps:\n  - 5\n")))] == [
        "policy.not_a_mapping"
    ]


def test_two_kinds_of_one_name_are_refused() -> None:
    files = {**FILES, "cases/other.yaml": FILES[CASE]}

    assert problems(files) == [("policy.id_twice", "cases/other.yaml:1")]


FINES = """
id: fines
title: 罚款
kind: table
entries: [{starts: 2024-01-01, value: {店长: {过失: 50}}, cites: 第四条}]
verified_until: 2030-12-31
"""
RANK = ("facts:\n", "facts:\n  - {id: rank, title: 级别, type: choice, options: [%s]}\n")
ASKED = ("may: [account, secret]", "may: [account, secret, rank]")
FINED = ("    overdue: [handling]\n", "    overdue: [handling]\n    fine: parameter.fines\n")
RANKED = (LATE, "charged: [{who: owner, rank: rank}]")


def with_fines(options: str, *pairs: tuple[str, str]) -> list[str]:
    rank = (RANK[0], RANK[1] % options)
    files = changed(rank, ASKED, FINED, *pairs, parameters__fines=FINES)
    return [code for code, _ in problems(files)]


def test_a_fine_has_a_number_for_every_rank_and_fault() -> None:
    assert with_fines("店长", RANKED) == []
    assert with_fines("店长") == ["policy.key_missing"]
    assert with_fines("店长, 店员", RANKED) == ["scoring.unknown_cell"]
    assert with_fines("店长", RANKED, ("fault: {zh: 过失, en: Fault}", "fault: 大过")) == [
        "scoring.unknown_cell"
    ]
    assert with_fines("店长", RANKED, ("fault: {zh: 过失, en: Fault}", "fault: fact.rank")) == [
        "scoring.unknown_cell"
    ]


NEXT = """
id: next
title: 后续
number: {prefix: HX}
facts:
  - {id: what, title: 事由, type: %s}
  - {id: more, title: 补充, type: text}
states:
  - {id: open, title: 待办}
  - {id: closed, title: 办结, ends: closed}
steps:
  - {id: start, title: 立案, to: open, by: [%s], needs: [what], may: [more]}
  - {id: finish, title: 办结, from: [open], to: closed, by: [anyone]}
"""
CHOICE = "choice, options: [茶水, 态度]"
OPENS = "    needs: [satisfied]\n    opens: [{kind: %s, step: %s, carries: {%s}}]\n"


@pytest.mark.parametrize(
    ("opens", "type_", "by", "codes"),
    [
        (("next", "start", "what: subject"), CHOICE, "case", []),
        (("last", "start", "what: subject"), CHOICE, "case", ["casework.unknown_name"]),
        (("next", "finish", "what: subject"), CHOICE, "case", ["casework.unknown_name"]),
        (("next", "start", "what: subject"), CHOICE, "anyone", ["casework.unknown_name"]),
        (("next", "start", "which: subject"), CHOICE, "case", ["casework.unknown_name"]),
        (("next", "start", "what: subject"), "text", "case", ["casework.fact_type"]),
        (("next", "start", "more: account"), CHOICE, "case", ["casework.not_carried"]),
    ],
)
def test_a_case_is_opened_with_all_it_needs(
    opens: tuple[str, str, str], type_: str, by: str, codes: list[str]
) -> None:
    step = ("    needs: [satisfied]\n", OPENS % opens)

    found = problems(changed(step, cases__next=NEXT % (type_, by)))

    assert [code for code, _ in found] == codes


def test_a_step_waits_for_a_kind_that_exists() -> None:
    waits = ("    needs: [satisfied]\n", "    needs: [satisfied]\n    waits_for: [next]\n")

    assert problems(changed(waits, cases__next=NEXT % (CHOICE, "case"))) == []
    assert [code for code, _ in problems(changed(waits))] == ["casework.unknown_name"]


def test_forms_are_named_by_steps_and_count_as_citing() -> None:
    forms = "forms:\n  - {id: sheet, title: 投诉单, number: TS-1, cites: 第四条}\n"
    named = ("    needs: [satisfied]\n", "    needs: [satisfied]\n    form: sheet\n")

    found = read(changed(("forms:\n", forms), named))

    assert isinstance(found, Pack)
    kind = found.cases["complaint"]
    assert (kind.forms["sheet"].number, kind.steps["verify"].form) == ("TS-1", "sheet")
    assert {"第一条", "第二条", "第三条", "第四条"} <= set(kind.clauses)
    wrong = (named[0], named[1].replace("sheet", "paper"))
    assert [code for code, _ in problems(changed(("forms:\n", forms), wrong))] == [
        "casework.unknown_name"
    ]


def test_a_step_may_start_and_stop_a_clock_at_once() -> None:
    at_once = "    starts: [handling]\n    stops: [handling]\n    assigns"

    assert problems(changed(("    starts: [handling]\n    assigns", at_once))) == []


TERMS = """
id: %s
title: 时限
cites: 第二条
kind: natural_day
count: 3
pauses: {days: whole, reasons: [{id: waiting, title: 等候, consent: true}, {id: rain, title: 雨}]}
"""
PAUSE = "pauses: [{clock: handling, reason: %s}]"


@pytest.mark.parametrize(
    ("reason", "codes"),
    [
        ("waiting", ["casework.consent_never_given"]),
        ("waiting, consent: consent", []),
        ("rain", []),
        ("snow", ["casework.limit_without_term"]),
    ],
)
def test_a_pause_has_a_reason_of_the_limit_and_its_consent(reason: str, codes: list[str]) -> None:
    agrees = "agrees: [{clock: handling, until: new_time, consent: consent}]"
    limits = {f"limits__{name}": TERMS % name for name in ("small", "grave")}

    found = problems(changed((agrees, PAUSE % reason), **limits))

    assert [code for code, _ in found] == codes


ELAPSED = """
id: small
title: 一小时
cites: 第二条
kind: elapsed
unit: hour
count: 1
agreed: {}
"""


@pytest.mark.parametrize(
    ("type_", "codes"), [("date", ["casework.clock_needs_moment"]), ("moment", [])]
)
def test_a_limit_to_the_minute_counts_from_a_moment(type_: str, codes: list[str]) -> None:
    files = changed(
        ("facts:\n", f"facts:\n  - {{id: heard, title: 听到, type: {type_}}}\n"),
        ("may: [account, secret]", "may: [account, secret, heard]"),
        (
            "    starts: [handling]\n    assigns",
            "    starts: [{clock: handling, from: heard}]\n    assigns",
        ),
        limits__small=ELAPSED,
    )

    assert [code for code, _ in problems(files)] == codes
