"""Records of the seven departments of the quarterly regulation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from zhijian.config.sample.chance import chance_for, points
from zhijian.domain.dates.period import Period

Cells = dict[str, Any]

CUSTOMERS = (
    "省电力物资公司",
    "江城变压器厂",
    "汉阳线缆公司",
    "东湖开关设备厂",
    "楚天建设集团",
    "长江仪表公司",
    "光谷自动化公司",
    "襄北铁塔厂",
    "宜都绝缘子厂",
    "荆州电网工程部",
)
#: How each department usually does, and by how much it improves each quarter.
LEVELS = {
    "市场经营部": (96.4, 0.10),
    "物流业务部": (94.6, 0.25),
    "武汉业务部": (95.6, 0.05),
    "订单处理中心": (97.2, 0.08),
    "储运中心": (92.8, 0.30),
    "招标分公司": (96.0, -0.05),
    "计量检测中心": (97.8, 0.02),
}
_COMPLAINTS = (
    "送货比约定晚了两天，事先没有通知",
    "验收单上的规格型号与实物不符",
    "电话咨询转接三次才有人答复",
    "退换货申请一周没有回音",
    "开票信息录错，要求重开被推诿",
    "仓库装卸时碰坏外包装，没有当场记录",
    "检定证书迟迟没有寄出",
    "招标文件澄清答复不及时",
)
_HANDLING = ("当日致歉并补送", "核对后更正单据", "约谈当班人员并回访", "补发并说明原因")
_OPINIONS = ("希望响应再快一些", "服务态度好", "单据交接可以更规范", "", "", "总体满意")
_CHECKERS = ("韩敏", "沈志远", "冯洁", "陆航")


def register() -> Iterator[tuple[str, Cells]]:
    """The key customers of a quarter."""
    for place, name in enumerate(CUSTOMERS):
        yield "key_customer", {"name": name, "contact": f"联系人{place + 1}"}


def quarter(period: Period, unit: str, age: int) -> Iterator[tuple[str, Cells]]:
    """One department's quarter; ``age`` counts the quarters since the sample begins."""
    chance = chance_for(period.id, unit)
    base, drift = LEVELS[unit]
    level = base + drift * age
    months = period.months()
    scores = {month: points(chance, level, 1.1) for month in months}
    for month in months:
        yield (
            "self_check",
            {"unit": unit, "month": month, "score": scores[month], "checked_by": f"{unit}质量员"},
        )
    yield from _sampled(chance, unit, scores)
    yield from _questionnaires(chance, period, unit, level)
    yield from _complaints(chance, period, unit, level)
    yield from _deductions(chance, period, unit, level)
    checker = chance.choice(_CHECKERS)
    yield "register_check", {"unit": unit, "complete": "齐全", "checked_by": checker}


def unfinished(period: Period, unit: str, age: int, until: date) -> Iterator[tuple[str, Cells]]:
    """The quarter that is under way: self-checks of the months before ``until``."""
    for kind, cells in quarter(period, unit, age):
        is_over = kind == "self_check" and cells["month"] < f"{until:%Y-%m}"
        if is_over or (kind == "complaint" and cells["on"] < until):
            yield kind, cells


def _sampled(chance: Random, unit: str, scores: dict[str, Any]) -> Iterator[tuple[str, Cells]]:
    month = chance.choice(list(scores))
    gap = chance.choice((0, 0, 0, "0.5", "1.5", "2.5", "4"))
    office = max(0, scores[month] - type(scores[month])(gap))
    yield (
        "office_sample",
        {
            "unit": unit,
            "month": month,
            "score": office,
            "looked_at": "实物、业务单式、系统数据、台账",
            "checked_by": chance.choice(_CHECKERS),
        },
    )


def _questionnaires(
    chance: Random, period: Period, unit: str, level: float
) -> Iterator[tuple[str, Cells]]:
    asked = chance.sample(CUSTOMERS, chance.randint(5, 8))
    for customer in asked:
        yield (
            "questionnaire",
            {
                "unit": unit,
                "on": _day(chance, period),
                "customer": customer,
                "score": points(chance, level - 0.4, 2.2),
                "opinion": chance.choice(_OPINIONS),
            },
        )


def _complaints(
    chance: Random, period: Period, unit: str, level: float
) -> Iterator[tuple[str, Cells]]:
    likely = max(0.05, (99 - level) / 9)
    for place in range(3):
        if chance.random() > likely:
            continue
        yield (
            "complaint",
            {
                "unit": unit,
                "on": _day(chance, period),
                "number": f"TS-{period.id}-{list(LEVELS).index(unit) + 1}{place + 1}",
                "customer": chance.choice(CUSTOMERS),
                "content": chance.choice(_COMPLAINTS),
                "validity": chance.choice(("有效", "有效", "无效")),
                "decided_by": "人力资源部",
                "handling": chance.choice(_HANDLING),
                "result": "客户认可",
            },
        )


def _deductions(
    chance: Random, period: Period, unit: str, level: float
) -> Iterator[tuple[str, Cells]]:
    if chance.random() < 0.08:
        yield (
            "direct_deduction",
            {
                "unit": unit,
                "on": _day(chance, period),
                "points": chance.choice(("2", "3", "5")),
                "proof": "主业服务质量通报",
            },
        )
    if chance.random() < (99 - level) / 14:
        yield (
            "call_back_finding",
            {
                "unit": unit,
                "on": _day(chance, period),
                "problem": chance.choice(("记录不全", "与实际不符")),
                "points": chance.choice(("0.5", "0.6", "0.8", "1")),
                "reason": "抽查录音与回访记录核对",
                "checked_by": chance.choice(_CHECKERS),
            },
        )


def _day(chance: Random, period: Period) -> date:
    return period.first + timedelta(days=chance.randrange(period.days))
