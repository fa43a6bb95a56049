"""Records of a property group under the six-indicator regulation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from zhijian.config.sample.chance import chance_for, points
from zhijian.domain.dates.period import Period

Cells = dict[str, Any]

#: The estates and how well each is run, from 0 to 1.
ESTATES = {
    "锦绣家园": 0.95,
    "翠湖花苑": 0.90,
    "望江名邸": 0.84,
    "东岸新城": 0.78,
    "书香雅居": 0.88,
    "滨河苑": 0.70,
}
_REQUESTS = (
    "电梯异响报修", "楼道灯不亮", "地库积水", "门禁失灵", "绿化带堆放杂物", "高空抛物投诉",
    "装修噪声扰民", "水管渗漏",
)  # fmt: skip
_FACILITIES = ("电梯", "消防泵", "配电房", "门禁系统", "监控系统", "供水泵", "照明", "道闸")
_FEES = ("保洁外包", "电梯维保", "绿化养护", "公共用电", "维修材料", "秩序维护")


def year(period: Period, estate: str) -> Iterator[tuple[str, Cells]]:
    """One estate's year."""
    chance, skill = chance_for(period.id, estate), ESTATES[estate]
    place = list(ESTATES).index(estate) + 1

    def day() -> Any:
        return period.first + timedelta(days=chance.randrange(period.days))

    for number in range(60):
        quick = chance.random() < skill
        hours = chance.uniform(0.5, 20) if quick else chance.uniform(24.5, 90)
        yield (
            "request",
            {
                "unit": estate,
                "on": day(),
                "number": f"BX-{period.id}-{place}{number:03d}",
                "hours": Decimal(f"{hours:.1f}"),
                "solved_in_time": "是" if chance.random() < skill + 0.03 else "否",
                "content": chance.choice(_REQUESTS),
            },
        )
    for number in range(80):
        satisfied = chance.random() < skill + 0.02
        yield (
            "owner_survey",
            {
                "unit": estate,
                "on": day(),
                "number": f"WJ-{period.id}-{place}{number:03d}",
                "satisfied": "是" if satisfied else "否",
            },
        )
    for facility in _FACILITIES * 3:
        good = chance.random() < skill + 0.08
        yield (
            "facility_check",
            {
                "unit": estate,
                "on": day(),
                "facility": facility,
                "result": "合格" if good else "不合格",
            },
        )
    for _month in range(12):
        yield (
            "environment_check",
            {"unit": estate, "on": day(), "score": points(chance, 70 + 28 * skill, 3)},
        )
    for item in _FEES * 2:
        yield (
            "fee_item",
            {
                "unit": estate,
                "on": day(),
                "item": item,
                "yuan": Decimal(chance.randrange(2000, 90000)),
                "judgement": "合理" if chance.random() < skill + 0.06 else "不合理",
            },
        )
    yield (
        "safety",
        {
            "unit": estate,
            "accidents": 0 if chance.random() < skill else 2,
            "base": Decimal(chance.randrange(8, 30)) / 10,
        },
    )


def shared() -> Iterator[tuple[str, Cells]]:
    """What belongs to no estate: the average of the trade that all are compared with."""
    cells = {"rate": Decimal("0.6"), "source": "市物业管理协会年度通报(示例)"}
    yield "industry_average", cells
