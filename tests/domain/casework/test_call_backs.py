"""What a regulation says of calling back is read strictly."""

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import changed, problems, read
from zhijian.domain.regulation.difference import differences
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.wording import catalogue

RULES = """call_backs:
  - id: phone
    title: {zh: 电话回访, en: Call by phone}
    cites: 第三条
    due: [answered]
    by: [office]
    phone: mobile
    needs: [satisfied]
    may: [kind]
    satisfied: {satisfied: true}
    then: {satisfied: [verify], dissatisfied: [send_back], unreached: [give_up]}
    passing: [register]
    attempts: {count: 3, days: 2, hours: 2}
    hours: 09:00-20:00
    script: {zh: 您满意吗？, en: Are you satisfied?}
    checked:
      share: 10
      by: [office]
      cites: 第三条
      finding: {case: complaint, step: register, carries: {answer: call_back.number}}
  - id: first
    title: {zh: 抽查, en: Spot check}
    due: [closed]
    by: [office]
    needs: [kind]
    satisfied: {kind: 好}
    attempts: {count: 1, days: 1, hours: 0}
    drawn: {share: "20", by: [office], cites: 第三条}
  - id: again
    title: {zh: 复查, en: Recheck}
    way: visit
    due: [closed]
    by: [fact.manager]
    needs: [kind]
    satisfied: {kind: 好}
    attempts: {count: 1, days: 1, hours: 0}
    drawn: {share: "12.5", by: [manager], halves: first}
levels:
"""
FACTS = """facts:
  - {id: mobile, title: {zh: 电话, en: Phone}, type: text, personal: true}
  - {id: kind, title: {zh: 态度, en: Manners}, type: choice, options: [好, 差]}
  - {id: proof, title: {zh: 照片, en: Photo}, type: file}
"""
STEP = """steps:
  - id: give_up
    title: {zh: 联系不上, en: Give up}
    from: [answered]
    to: closed
    by: [office]
"""
PAIRS = (
    ("facts:\n", FACTS),
    ("levels:\n", RULES),
    ("steps:\n", STEP),
    ("may: [account, secret]", "may: [account, secret, mobile, proof]"),
)


def with_rules(*pairs: tuple[str, str]) -> dict[str, str]:
    return changed(*PAIRS, *pairs)


def test_what_is_said_of_calling_back_is_read() -> None:
    pack = read(with_rules())

    assert isinstance(pack, Pack), pack
    phone, first, again = pack.cases["complaint"].call_backs.values()
    assert (phone.due, phone.phone, phone.asks) == (("answered",), "mobile", ("satisfied", "kind"))
    assert phone.closing == ("verify", "send_back", "give_up")
    assert phone.clauses == ("第三条", "第三条")
    assert str(phone.hours) == "09:00-20:00"
    assert phone.asking.asks == phone.asks
    assert phone.checked is not None
    assert phone.checked.finding.carries == {"answer": "call_back.number"}
    assert (first.way, first.closing) == ("phone", ())
    assert again.drawn is not None
    assert (again.way, again.drawn.halves) == ("visit", "first")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("due: [answered]\n", "due: [away]\n", "casework.unknown_name"),
        ("    due: [answered]\n    by", "    due: []\n    by", "policy.key_missing"),
        ("    by: [office]\n    phone", "    by: [public]\n    phone", "casework.call_back_by"),
        ("    by: [office]\n    phone", "    by: []\n    phone", "policy.key_missing"),
        ("phone: mobile", "phone: answer", "casework.not_personal"),
        ("may: [kind]", "may: [proof]", "casework.call_back_file"),
        ("hours: 09:00-20:00", "hours: 20:00-09:00", "limit.bad_hours"),
        ("count: 3, days", "count: 0, days", "policy.out_of_range"),
        ("share: 10\n", "share: 0\n", "casework.call_back_share"),
        ("share: 10\n", 'share: "100.5"\n', "casework.call_back_share"),
        ("answer: call_back.number", "answer: call_back.phone", "casework.unknown_name"),
        ("satisfied: [verify]", "satisfied: [answer]", "casework.call_back_step"),
        ("satisfied: [verify]", "satisfied: [register]", "casework.call_back_leads"),
        ("unreached: [give_up]", "unreached: [verify]", "casework.call_back_leads"),
        ("halves: first", "halves: phone", "casework.call_back_halves"),
        ("halves: first", "halves: again", "casework.call_back_halves"),
        ("halves: first", "halves: nothing", "casework.call_back_halves"),
        ("satisfied: {satisfied: true}", "satisfied: {pleased: true}", "casework.unknown_fact"),
        ("passing: [register]", "passed: [register]", "policy.unknown_key"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, code: str) -> None:
    found = problems(with_rules((old, new)))

    assert [each for each, _ in found][:1] == [code]
    assert code in catalogue()


def test_a_share_may_be_a_parameter_and_holds_nothing_else() -> None:
    parameter = """id: percent
title: {zh: 比例, en: Share}
unit: percent
entries:
  - {starts: 2024-01-01, value: 20, cites: 第三条}
verified_until: 2026-12-31
"""
    files = with_rules(("share: 10\n", "share: parameter.percent\n"))

    assert problems({**files, "parameters/percent.yaml": parameter}) == []
    wrong = parameter.replace("value: 20", "value: 120")
    found = problems({**files, "parameters/percent.yaml": wrong})
    assert [code for code, _ in found] == ["casework.call_back_share"]


def test_a_call_back_that_changes_is_told() -> None:
    before, after = read(with_rules()), read(with_rules(("count: 3, days", "count: 5, days")))
    assert isinstance(before, Pack)
    assert isinstance(after, Pack)

    found = [each.code for each in differences(before, after)]

    assert found == ["difference.call_back_changed"]
    assert "difference.call_back_added" in [
        each.code
        for each in differences(read(changed()), after)  # type: ignore[arg-type]
    ]
