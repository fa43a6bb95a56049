"""A kind of case that pays for losses: the complaints of the handbook with a compensation."""

from __future__ import annotations

from datetime import date

from tests.domain.casework.complaints import CALENDAR, changed, read
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit

DAY = date(2024, 6, 21)
PERIOD = """  period:
    title: 期限内提出
    from: bought_on
    made: asked_at
    limit: claiming
    late: {id: late, title: 超过期限, cites: 第二条}
"""
COMPENSATION = f"""compensation:
  cites: 第一条
  decided: [decide]
  paid: [pay]
  unpaid: [nothing]
  claimed: asked
  payee: payee
  never: [{{fact: fright, cites: 第二条}}]
{PERIOD}  lines:
    - {{id: part, title: 比例, divide: [share, parameter.whole]}}
    - {{id: worth, title: 价值×比例, multiply: [value, part]}}
  rules:
    - {{id: own_fault, title: 自己打碎, cites: 第三条, when: {{cause: 自己}}}}
    - {{id: by_share, title: 按比例, cites: 第二条, when: {{cause: 本店}}, yuan: worth}}
levels:
"""
FACTS = """facts:
  - {id: bought_on, title: 购买日期, type: date}
  - {id: asked_at, title: 提出时间, type: moment}
  - {id: cause, title: 原因, type: choice, options: [自己, 本店, 不明]}
  - {id: value, title: 价值, type: decimal}
  - {id: share, title: 百分比, type: decimal}
  - {id: asked, title: 要求金额, type: decimal}
  - {id: fright, title: 惊吓, type: decimal}
  - {id: payee, title: 付给, type: choice, options: [本人, 家属]}
"""
STEPS = """steps:
  - id: weigh
    title: 核定
    from: [answered]
    by: [manager]
    may: [bought_on, asked_at, cause, value, share, asked, fright, payee]
  - {id: decide, title: 决定赔偿, from: [answered], by: [office], verifies: [weigh], may: [share]}
  - {id: pay, title: 支付, from: [answered], by: [manager]}
  - {id: nothing, title: 不赔, from: [answered], by: [manager]}
"""
CLAIMING = "id: claiming\ntitle: 期限\ncites: 第二条\nkind: natural_day\ncount: parameter.days\n"
PAIRS = (("facts:\n", FACTS), ("levels:\n", COMPENSATION), ("steps:\n", STEPS))


def parameter(name: str, value: str, more: str = "") -> str:
    return (
        f"id: {name}\ntitle: {name}的数\nentries:\n  - {{starts: 2024-01-01, value: '{value}', "
        f"cites: 第一条{more}}}\nverified_until: 2030-01-01\n"
    )


def files(*pairs: tuple[str, str], proposed: str = "") -> dict[str, str]:
    return changed(
        *PAIRS,
        *pairs,
        limits__claiming=CLAIMING,
        parameters__days=parameter("days", "10", proposed),
        parameters__whole=parameter("whole", "100"),
    )


def pack_of(*pairs: tuple[str, str], proposed: str = "") -> Pack:
    pack = read(files(*pairs, proposed=proposed))
    assert isinstance(pack, Pack), pack
    return pack


def around(pack: Pack, day: date = DAY) -> Circumstances:
    return Circumstances(pack.law(day), pack.limits, CALENDAR, Unit("示例店"))
