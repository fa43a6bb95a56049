"""What would change the grade, found by assessing again with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.domain.regulation.department import GRADE, department, files, situation
from tests.domain.tiny import context, pack, record
from zhijian.domain.records.measure import Measure, Measured
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.regulation.impact import Impact, Neighbor, impact
from zhijian.domain.scoring.context import Context

PACK = department()
ASSESSOR = Assessor.of(PACK)


def found(points: str, accidents: int = 0, **more: object) -> Impact:
    answer = impact(ASSESSOR, situation(PACK, points, accidents), **more)  # type: ignore[arg-type]
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("points", "better", "worse"),
    [
        # 0.6 × 90 + 40 = 94: one point short of a pass, and nothing is worse.
        ("90", ("合格", "95", "1"), None),
        # 0.6 × 91.65 + 40 = 94.99
        ("91.65", ("合格", "95", "0.01"), None),
        # 95 exactly: the next hundredth is better, the one before is worse.
        ("91.66666", ("优秀", "95.01", "0.01"), ("不合格", "94.99", "0.01")),
        # 0.6 × 95 + 40 = 97
        ("95", None, ("合格", "95", "2")),
    ],
)
def test_how_far_it_is_to_the_next_grade(
    points: str, better: tuple[str, str, str] | None, worse: tuple[str, str, str] | None
) -> None:
    answer = found(points)

    def neighbor(told: tuple[str, str, str] | None) -> Neighbor | None:
        return told and Neighbor(told[0], Fraction(told[1]), Fraction(told[2]))

    assert (answer.better, answer.worse) == (neighbor(better), neighbor(worse))


def test_which_part_alone_would_be_enough() -> None:
    answer = found("90", accidents=1)

    # 0.6 × 90 + 0.4 × 90 = 90; with safety at 100 it is 94, with the check at 98.33 it is 95.
    assert [(each.part, each.score, each.needed) for each in answer.parts] == [
        ("check", 90, Fraction("98.33")),
        ("safety", 90, None),
    ]


def test_the_part_that_is_found_is_the_smallest() -> None:
    needed = found("90", accidents=1).parts[0].needed
    assert needed is not None

    def grade(check: Fraction) -> str | None:
        own = replace(situation(PACK, "90", 1), fixed={"check": check})
        return ASSESSOR.assess(own).sheet.grade

    assert grade(needed) == "合格"
    assert grade(needed - Fraction(1, 100)) == "不合格"


def test_a_part_above_a_hundred_is_not_searched_beyond_its_own_value() -> None:
    assert found("200").parts[0].needed is None


def test_which_record_decides_when_it_is_taken_out() -> None:
    answer = found("98", accidents=2)

    # 0.6 × 98 + 0.4 × 80 = 90.8; without one accident 94.8; without the check nothing is known.
    assert (answer.score, answer.grade, answer.yuan) == (Fraction("90.8"), "不合格", -4200)
    assert [
        (each.key, each.status, each.score, each.grade, each.yuan) for each in answer.records
    ] == [
        ("a2", "assessed", Fraction("94.8"), "不合格", -200),
        ("a1", "assessed", Fraction("94.8"), "不合格", -200),
        ("check", "not_assessed", None, None, None),
    ]


def test_the_most_recent_records_are_tried_first_and_only_so_many() -> None:
    assert [each.key for each in found("98", accidents=2, most=1).records] == ["a2"]


def test_a_record_that_changes_nothing_is_not_named() -> None:
    own = situation(PACK, "98")
    facts = MemoryFacts(
        [*own.facts.of_unit("甲"), record("check", key="same", points=Fraction(98))],  # type: ignore[attr-defined]
        own.law.day,
    )

    answer = impact(ASSESSOR, replace(own, facts=facts))

    assert answer is not None
    assert answer.records == ()


def test_what_was_not_assessed_has_no_impact() -> None:
    assert impact(ASSESSOR, context(PACK)) is None
    assert impact(Assessor.of(pack()), context(pack(), record("check", points=Fraction(1)))) is None


def test_the_context_is_left_as_it_was() -> None:
    own = situation(PACK, "90", 1)

    impact(ASSESSOR, own)

    assert own.steps == {}
    assert own.fixed == {}


class Elsewhere:
    """Facts that are not held in memory."""

    def __init__(self, facts: MemoryFacts) -> None:
        self.facts = facts

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        return self.facts.measure(unit, measure, key)

    def present(self, unit: str, kind: str) -> int:
        return self.facts.present(unit, kind)


def test_records_of_another_store_are_not_tried() -> None:
    own = situation(PACK, "90", 1)
    elsewhere = replace(own, facts=Elsewhere(own.facts))  # type: ignore[arg-type]

    answer = impact(ASSESSOR, elsewhere)

    assert answer is not None
    assert answer.records == ()
    assert answer.parts == found("90", 1).parts


def with_grade(grade: str, **others: str) -> tuple[Assessor, Context]:
    """The department's pack with other grades, and with ``others`` in the words of its rules."""
    texts = files(grade=grade)
    for word, other in others.items():
        texts["outcomes/main.yaml"] = texts["outcomes/main.yaml"].replace(word, other)
    changed = pack(texts)
    return Assessor.of(changed), situation(changed, "90", 1)


def test_a_veto_may_keep_the_grade_down_whatever_the_score() -> None:
    veto = '  vetoes: [{id: v, title: v, when: {accidents: {above: "0"}}, at_most: 不合格}]\n'

    answer = impact(*with_grade(GRADE + veto))

    assert answer is not None
    assert answer.better is None
    assert [each.needed for each in answer.parts] == [None, None]


def test_a_band_that_holds_no_hundredth_is_passed_over() -> None:
    grade = """
grade:
  of: x
  bands:
    - {below: "95.001", is: 差}
    - {at_least: "95.001", below: "95.009", is: 奇}
    - {at_least: "95.009", is: 好}
"""

    answer = impact(*with_grade(grade, 优秀="好", 不合格="差", 合格="奇"))

    assert answer is not None
    assert answer.better == Neighbor("好", Fraction("95.01"), Fraction("5.01"))


def test_a_grade_in_words_has_no_neighbor() -> None:
    grade = "\ngrade: {of: x, order: ['90', '80'], needs_person: true}\n"

    answer = impact(*with_grade(grade, 优秀='"90"', 不合格='"80"', 合格='"80"'))

    assert answer is not None
    assert (answer.grade, answer.better, answer.worse) == ("90", None, None)


def test_the_score_itself_is_no_part_of_itself() -> None:
    changed = pack(
        {
            "scoring/main.yaml": """
                id: main
                title: 考核
                subject: 单位
                periods: [quarter]
                lines: [{id: score, title: 得分, mean: check.points}]
                score: score
                grade: {of: score, bands: [{at_least: "60", is: 好}, {below: "60", is: 差}]}
                """
        }
    )

    answer = impact(Assessor.of(changed), context(changed, record("check", points=Fraction(59))))

    assert answer is not None
    assert answer.parts == ()
    assert answer.better == Neighbor("好", Fraction(60), Fraction(1))
