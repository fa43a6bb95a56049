"""Past quarters under changed rules: who moves, what it costs, and which change decides."""

from __future__ import annotations

from fractions import Fraction

from tests.domain.regulation.department import GRADE, department, facts, files
from tests.domain.tiny import FILES, QUARTER, pack, parameter
from zhijian.domain.policy.values import Weights
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.records.record import Record
from zhijian.domain.regulation.trial import Case, Terms, trial
from zhijian.domain.scoring.context import Unit

PACK = department()


def case(unit: str, points: str, accidents: int = 0) -> Case:
    records = [
        Record(each.key, each.kind, unit, each.on, each.values) for each in facts(points, accidents)
    ]
    return Case(Unit(unit), QUARTER, MemoryFacts(records, QUARTER.last))


# 甲: 0.6 × 100 + 0.4 × 90 = 96; 乙: 0.6 × 90 + 0.4 × 100 = 94
CASES = (case("甲", "100", 1), case("乙", "90"))


def weights(check: int, safety: int) -> Weights:
    return Weights((("check", Fraction(check)), ("safety", Fraction(safety))))


def test_who_moves_and_what_it_costs() -> None:
    answer = trial(CASES, Terms(PACK), Terms(PACK, replaced={"weights": weights(40, 60)}))

    # 甲: 0.4 × 100 + 0.6 × 90 = 94; 乙: 0.4 × 90 + 0.6 × 100 = 96
    assert [
        (each.unit, each.before.score, each.before.grade, each.after.score, each.after.grade)
        for each in answer.moved
    ] == [("甲", 96, "优秀", 94, "不合格"), ("乙", 94, "不合格", 96, "优秀")]
    assert (answer.yuan_before, answer.yuan_after) == (2000 - 1000, -1000 + 2000)
    assert [each.yuan for each in answer.moves] == [-3000, 3000]


def test_amounts_that_somebody_still_has_to_type_are_left_out_and_counted() -> None:
    told = files()
    told["outcomes/main.yaml"] = (
        told["outcomes/main.yaml"]
        .replace("yuan: reward_yuan", "typed: {at_most: '5000'}, approver: committee")
        .replace("monotone: {of: x}", "")
    )
    typed = pack(told)

    answer = trial(CASES[:1], Terms(typed), Terms(typed, replaced={"weights": weights(40, 60)}))

    # 甲 falls from the grade with the reward that the committee types to a penalty of 1000.
    assert answer.uncounted == (1, 0)
    assert (answer.yuan_before, answer.yuan_after) == (0, -1000)


def test_the_same_rules_move_nobody() -> None:
    answer = trial(CASES, Terms(PACK), Terms(PACK))

    assert answer.moved == ()
    assert answer.sensitivities == ()


def test_which_change_decides() -> None:
    changed = {"weights": weights(61, 39), "pass": Fraction(90)}

    answer = trial(CASES, Terms(PACK), Terms(PACK, replaced=changed))

    told = {
        (each.parameter, each.part): (len(each.moved), each.yuan) for each in answer.sensitivities
    }
    # The pass mark moves no grade, but 5 points of reward and all of the penalty, which would be
    # negative and so is none.
    assert told[("pass", "")] == (0, 11_000)
    # 甲 gains 0.1 points × 2000, 乙 loses 0.1 points × 1000.
    assert told[("weights", "")] == (0, 100)
    # With two parts, the one makes room for the other.
    assert told[("weights", "check")] == told[("weights", "safety")] == told[("weights", "")]
    assert answer.sensitivities[0].parameter == "pass"


def test_one_weight_among_three_leaves_the_others_in_proportion() -> None:
    lines = "- {id: a, title: 甲, value: '100'}\n- {id: b, title: 乙, value: '0'}\n"
    lines += "- {id: c, title: 丙, value: '50'}\n"
    lines += "- {id: x, title: 得, weighted_mean: {of: [a, b, c], weights: parameter.weights}}"
    lines = lines + "\n- {id: check, title: 检, value: '1'}\n- {id: safety, title: 安, value: '1'}"
    old = department(lines=lines, weights='{a: "20", b: "40", c: "40"}')
    new = department(lines=lines, weights='{a: "60", b: "30", c: "10"}')

    answer = trial(CASES[:1], Terms(old), Terms(new))

    scores = {each.part: each.moves[0].after.score for each in answer.sensitivities}
    # a to 60: b and c share 40 as 1 to 1. b to 30: a and c share 70 as 1 to 2.
    assert scores == {
        "": Fraction(65),
        "a": Fraction(70),
        "b": Fraction(140, 3),
        "c": Fraction(35),
    }


def test_a_part_that_was_everything_gives_way_evenly() -> None:
    lines = "- {id: a, title: 甲, value: '100'}\n- {id: b, title: 乙, value: '0'}\n"
    lines += "- {id: x, title: 得, weighted_mean: {of: [a, b], weights: parameter.weights}}"
    old = department(lines=lines, weights='{a: "100", b: "0"}')
    new = department(lines=lines, weights='{a: "40", b: "60"}')

    answer = trial(CASES[:1], Terms(old), Terms(new))

    assert {each.part: each.moves[0].after.score for each in answer.sensitivities} == {
        "": 40,
        "a": 40,
        "b": 40,
    }


def test_rules_that_are_no_parameters_count_as_one_change() -> None:
    stricter = department(grade=GRADE.replace("95", "97"), pass_='"96"')

    answer = trial(CASES, Terms(PACK), Terms(stricter))

    told = {each.parameter: (len(each.moved), each.yuan) for each in answer.sensitivities}
    # By the bands alone 甲 loses its reward; its penalty of 95 − 96 points is negative, so none.
    assert told[""] == (1, -2000)
    assert told["pass"] == (0, -2000 - 1000)


def test_a_parameter_of_one_side_only_is_part_of_its_rules() -> None:
    lines = "- {id: x, title: 得, value: parameter.extra}"
    other = pack({**parameter("extra", '"50"'), "scoring/main.yaml": ""} | {
        "scoring/main.yaml": f"id: main\ntitle: 考核\nsubject: 单位\nperiods: [quarter]\n"
                             f"lines:\n  {lines}\nscore: x\n"})  # fmt: skip

    answer = trial(CASES[:1], Terms(PACK), Terms(other))

    assert [each.parameter for each in answer.sensitivities] == [""]
    assert answer.moves[0].after.score == 50
    assert answer.yuan_after == 0


def test_a_value_that_is_not_in_force_then_changes_nothing_alone() -> None:
    late = {
        "parameters/limit.yaml": """
            id: limit
            title: 上限
            entries: [{starts: 2025-01-01, value: "70", cites: 第一条}]
            verified_until: 2030-12-31
            """
    }

    answer = trial(CASES[:1], Terms(pack()), Terms(pack(late)))

    assert [each.parameter for each in answer.sensitivities] == ["limit"]
    assert answer.sensitivities[0].moved == ()


def test_rules_keep_the_old_values_that_were_in_force() -> None:
    late = department(grade=GRADE.replace("95", "97"))
    pending = {
        "parameters/limit.yaml": FILES["parameters/limit.yaml"].replace("2020-01-01", "2025-01-01")
    }
    changed = pack({**files(grade=GRADE.replace("95", "97")), **pending})

    one, other = (trial(CASES, Terms(PACK), Terms(each)).sensitivities for each in (late, changed))

    assert one[0].moves == other[0].moves


def test_what_becomes_unassessed_is_seen() -> None:
    lines = "- {id: x, title: 得, mean: check.points, minimum: 2}"
    lines += "\n- {id: check, title: 检, value: '1'}\n- {id: safety, title: 安, value: '1'}"

    move = trial(CASES[:1], Terms(PACK), Terms(department(lines=lines))).moves[0]

    assert (move.before.status, move.after.status) == ("assessed", "not_assessed")
    assert move.moves_grade
    assert (move.period, move.yuan) == ("2024Q1", -2000)
