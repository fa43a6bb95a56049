"""Nonconformities of the sample: checks past a control count, an action with causes, a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhijian.cases.services import Opening, Seen, Taking, advance_case, open_case
from zhijian.config.sample.cases import UNTIL, Staff
from zhijian.nonconformities import services
from zhijian.nonconformities.services import Measure, NewCause, NewLesson, NewLine

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

PACK = "nonconformity-by-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the last week found, so many hours before the end of the sample."""

    hours: float
    item: str
    area: str
    text: str


_FINDINGS = (
    Finding(80, "保洁", "仓储一区", "通道地面积尘，托盘未归位。"),
    Finding(76, "保洁", "仓储一区", "垃圾桶未按时清运。"),
    Finding(52, "装卸", "仓储一区", "两件货物倒置码放。"),
    Finding(30, "装卸", "仓储二区", "叉车充电区未设警示线。"),
    Finding(8, "保洁", "仓储一区", "消防通道堆放空纸箱。"),
)
_DAILY = Finding(27, "装卸", "月台", "月台防撞条松动，当场紧固。")
_CAUSES = (
    NewCause("why", "通道为什么反复积尘？", "夜班结束后没有清扫。", "9 月检查记录"),
    NewCause("why", "夜班为什么没有清扫？", "交接单上没有清扫一项。", "交接单样本"),
    NewCause("why", "交接单为什么没有这一项？", "制定时只考虑了货物交接。", "", is_root=True),
    NewCause("fishbone", "人员", "夜班只有两人", "排班表"),
    NewCause("fishbone", "方法流程", "交接单缺项", "", is_root=True),
    NewCause("fishbone", "设备设施", "吸尘车常缺电"),
    NewCause("fishbone", "环境", "货架下难以清扫"),
)


def build(staff: Staff, units: Mapping[str, int]) -> int:
    """Make the checks, the action and the lesson; return how many cases there are."""
    unit_id = list(units.values())[-1]
    clerk = staff.clerks[unit_id]
    for each in _FINDINGS:
        _open(clerk, unit_id, "fill_weekly", each, {"check": "周检"})
    _open(clerk, unit_id, "close_daily", _DAILY, {"check": "日检", "handling": "已紧固。"})
    case = _action(staff, clerk, unit_id)
    lesson = NewLesson(
        "夜班交接漏项",
        "夜班结束后通道和消防通道无人清扫，连续三周检查不合格。",
        "交接单按区域逐项列出，接班人签字前现场看一遍；货架下每周集中清扫一次。",
        unit_id,
        case.number,
    )
    services.teach(actor=staff.office, lesson=lesson, photos=(), at=UNTIL)
    return len(_FINDINGS) + 2


def _open(actor: User, unit_id: int, step: str, told: Finding, more: Mapping[str, str]) -> Case:
    at = UNTIL - timedelta(hours=told.hours)
    facts = {
        "found_on": at.date().isoformat(),
        "item": told.item,
        "area": told.area,
        "description": told.text,
        **more,
    }
    opening = Opening(PACK, "nonconformity", Taking(step, facts), unit_id, told.text[:12])
    return open_case(actor=actor, opening=opening, at=at)


def _action(staff: Staff, clerk: User, unit_id: int) -> Case:
    at = UNTIL - timedelta(days=40)
    facts = {"description": "仓储一区通道反复积尘，连续三周检查不合格。"}
    opening = Opening(
        PACK, "corrective_action", Taking("cause_of_minor", facts), unit_id, "仓储一区通道反复积尘"
    )
    case = open_case(actor=staff.office, opening=opening, at=at)
    for cause in _CAUSES:
        services.add_cause(actor=clerk, case_id=case.pk, cause=cause, at=at)
    line = NewLine("交接单增加清扫和通道两项，双方签字", "仓储班长", clerk.pk, UNTIL.date())
    row = services.add_line(actor=clerk, case_id=case.pk, line=line, at=at)
    measure = Measure(1, 60, "area", "仓储一区")
    services.set_measure(actor=clerk, case_id=case.pk, measure=measure, at=at)
    plan = {
        "cause": "交接单制定时只考虑了货物交接，没有清扫一项。",
        "action": "交接单增加清扫和通道两项，双方签字。",
        "responsible": str(clerk.pk),
    }
    case = _taken(case, clerk, Taking("plan", plan), 2)
    done = UNTIL - timedelta(days=30)
    services.finish_line(
        actor=clerk, case_id=case.pk, line_id=row.pk, result="新交接单已启用", at=done
    )
    return _taken(case, clerk, Taking("carry_out", {"result": "已启用新交接单。"}), 10)


def _taken(case: Case, actor: User, taking: Taking, days: int) -> Case:
    at = case.opened_at + timedelta(days=days)
    case.refresh_from_db()
    return advance_case(actor=actor, seen=Seen(case.pk, case.seq), taking=taking, at=at)
