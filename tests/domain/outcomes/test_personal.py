"""Rewards and penalties of persons: which measure fits which ground, and what it may cost."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import pack, problems
from zhijian.domain.outcomes.personal import Decided, PersonalPlan, Proposed, objections
from zhijian.domain.regulation.difference import differences

STAFF = """
id: staff
title: 员工奖惩
cites: 第一条
objection_days: parameter.limit
measures:
  - {id: training, title: 培训, kind: training}
  - {id: warning, title: 警告, kind: penalty, yuan: may}
  - {id: fine, title: 罚款, kind: penalty, yuan: must}
  - {id: contribution, title: 乐捐, kind: penalty, yuan: fault}
grounds:
  - {id: breach, title: 违规}
  - {id: slight, title: 轻微, measures: [training, warning]}
  - {id: joint, title: 连带, offender: named}
  - {id: concealed, title: 隐瞒, offender: same}
"""
TRAINING = "  - {id: training, title: 培训, kind: training}\n"
WARNING = "  - {id: warning, title: 警告, kind: penalty, yuan: may}\n"


def plan(text: str = STAFF) -> PersonalPlan:
    return pack({"personal/staff.yaml": text}).personal["staff"]


def codes(ground: str, measure: str, yuan: str | None = None, **more: object) -> list[str]:
    amount = None if yuan is None else Fraction(yuan)
    found = objections(plan(), Proposed(ground, measure, amount, **more))  # type: ignore[arg-type]
    return [each.code for each in found]


def test_a_plan_is_read_with_its_measures_from_light_to_grave() -> None:
    read = plan()

    assert list(read.measures) == ["training", "warning", "fine", "contribution"]
    assert read.grounds["breach"].measures == tuple(read.measures)
    assert read.grounds["slight"].measures == ("training", "warning")
    assert (read.objection_days, read.cites) == ("limit", "第一条")


@pytest.mark.parametrize(
    ("ground", "measure", "yuan", "found"),
    [
        ("breach", "training", None, []),
        ("breach", "training", "1", ["outcomes.amount_not_asked"]),
        ("breach", "warning", None, []),
        ("breach", "warning", "0.01", []),
        ("breach", "warning", "0", ["outcomes.amount_not_positive"]),
        ("breach", "warning", "-5", ["outcomes.amount_not_positive"]),
        ("breach", "warning", "0.005", ["outcomes.amount_not_positive"]),
        ("breach", "fine", None, ["outcomes.amount_needed"]),
        ("breach", "fine", "500", []),
        ("slight", "warning", None, []),
        ("slight", "fine", "5", ["outcomes.measure_not_for_ground"]),
        ("unheard", "fine", "5", ["policy.unknown_word"]),
        ("breach", "unheard", "5", ["policy.unknown_word"]),
    ],
)
def test_a_measure_fits_its_ground_and_its_money(
    ground: str, measure: str, yuan: str | None, found: list[str]
) -> None:
    assert codes(ground, measure, yuan) == found


@pytest.mark.parametrize(
    ("yuan", "fine", "found"),
    [
        ("30", "30", []),
        ("30", "50", ["outcomes.not_the_fine"]),
        ("30", None, ["outcomes.not_the_fine"]),
        (None, "30", ["outcomes.amount_needed"]),
    ],
)
def test_the_amount_of_a_fault_is_not_a_matter_of_choice(
    yuan: str | None, fine: str | None, found: list[str]
) -> None:
    assert codes("breach", "contribution", yuan, fine=fine and Fraction(fine)) == found


@pytest.mark.parametrize(
    ("ground", "offender", "found"),
    [
        ("breach", None, []),
        ("breach", Decided("warning"), ["outcomes.offender_not_asked"]),
        ("joint", None, ["outcomes.offender_needed"]),
        ("joint", Decided("fine", Fraction(500)), []),
        ("concealed", None, ["outcomes.offender_needed"]),
        ("concealed", Decided("warning"), []),
        ("concealed", Decided("training"), ["outcomes.not_as_offender"]),
        ("concealed", Decided("warning", Fraction(5)), ["outcomes.not_as_offender"]),
        ("concealed", Decided("measure_of_an_older_version"), ["outcomes.not_as_offender"]),
    ],
)
def test_whoever_conceals_is_treated_as_the_offender(
    ground: str, offender: Decided | None, found: list[str]
) -> None:
    assert codes(ground, "warning", offender=offender) == found


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("measures: [training, warning]", "measures: [training, shout]", "policy.unknown_word"),
        ("kind: training", "kind: praise", "policy.unknown_word"),
        ("yuan: may", "yuan: maybe", "policy.unknown_word"),
        ("offender: same", "offender: alike", "policy.unknown_word"),
        ("{id: fine,", "{id: warning,", "policy.id_twice"),
        ("{id: slight,", "{id: breach,", "policy.id_twice"),
        ("parameter.limit", "parameter.unheard", "scoring.unknown_parameter"),
        ("cites: 第一条", "cites: 第九条", "policy.unknown_article"),
        (STAFF[STAFF.index("measures:") : STAFF.index("grounds:")], "", "policy.key_missing"),
        (STAFF[STAFF.index("grounds:") :], "", "policy.key_missing"),
    ],
)
def test_what_cannot_be_a_plan_is_refused(old: str, new: str, code: str) -> None:
    found = problems({"personal/staff.yaml": STAFF.replace(old, new, 1)})

    assert [each[0] for each in found] == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: 员工奖惩", "title: 奖惩", "difference.personal_changed"),
        ("title: 警告", "title: 口头警告", "difference.measure_changed"),
        ("title: 违规", "title: 违章", "difference.ground_changed"),
        ("  - {id: joint, title: 连带, offender: named}\n", "", "difference.ground_removed"),
        (TRAINING + WARNING, WARNING + TRAINING, "difference.measures_reordered"),
    ],
)
def test_versions_are_compared_by_measure_and_ground(old: str, new: str, code: str) -> None:
    before = pack({"personal/staff.yaml": STAFF})
    after = pack({"personal/staff.yaml": STAFF.replace(old, new, 1)})

    assert code in [each.code for each in differences(before, after)]
    assert [each.code for each in differences(pack(), before)] == ["difference.personal_added"]
