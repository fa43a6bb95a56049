"""A pack like the one of the departments: weights, a veto, bands with exact ends, money."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.domain.tiny import context, pack, parameter, record, scheme
from zhijian.domain.records.record import Record
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Context

LINES = """
- {id: check, title: {zh: 检查, en: Check}, mean: check.points}
- {id: accidents, title: {zh: 事故, en: Accidents}, count: accident}
- {id: safety, title: {zh: 安全, en: Safety}, deduct: {start: "100", per: {accidents: "10"}}, floor: "0"}
- {id: x, title: {zh: 总分, en: Total}, weighted_mean: {of: [check, safety], weights: parameter.weights}, round: {places: 2}}
"""  # noqa: E501
GRADE = """
grade:
  of: x
  bands:
    - {below: "95", is: 不合格}
    - {exactly: "95", is: 合格}
    - {above: "95", is: 优秀}
"""
OUTCOMES = {
    "outcomes/main.yaml": """
        id: main
        title: 奖惩
        scheme: main
        lines:
          - {id: above, title: 高出, subtract: [x, parameter.pass]}
          - {id: reward_yuan, title: 奖, multiply: [above, "2000"]}
          - {id: counted, title: 计, highest: [x, "90"]}
          - {id: short, title: 差, subtract: [parameter.pass, counted]}
          - {id: penalty_yuan, title: 罚, multiply: [short, "1000"]}
        rules:
          - {id: reward, title: 奖, kind: reward, when: {grade: 优秀}, yuan: reward_yuan}
          - {id: none, title: 无, kind: none, when: {grade: 合格}}
          - {id: penalty, title: 罚, kind: penalty, when: {grade: 不合格}, yuan: penalty_yuan}
        monotone: {of: x}
        """
}
#: Ten thousand hundredths take long to check; what is not about the promise promises less.
FEWER = {
    "outcomes/main.yaml": OUTCOMES["outcomes/main.yaml"].replace(
        "monotone: {of: x}", "monotone: {of: x, from: '94', to: '96'}"
    )
}


def files(**changed: str) -> dict[str, str]:
    return {
        **scheme(changed.get("lines", LINES), changed.get("grade", GRADE)),
        **parameter("weights", changed.get("weights", '{check: "60", safety: "40"}'), "weights"),
        **parameter("pass", changed.get("pass_", '"95"')),
        **OUTCOMES,
    }


def department(**changed: str) -> Pack:
    return pack(files(**changed))


def facts(points: str, accidents: int = 0) -> tuple[Record, ...]:
    return (
        record("check", "2024-01-10", key="check", points=Fraction(points)),
        *(
            record("accident", f"2024-02-{day:02}", key=f"a{day}")
            for day in range(1, accidents + 1)
        ),
    )


def situation(found: Pack, points: str, accidents: int = 0, **more: Any) -> Context:
    return context(found, *facts(points, accidents), **more)
