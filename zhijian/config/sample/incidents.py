"""Incidents of the sample in every state, hazards that are followed, and drills that come round.

Each step is taken through the services by the person who would have taken it, at its moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from zhijian.cases.services import Opening, Seen, Taking, Upload, advance_case, open_case
from zhijian.config.sample.cases import UNTIL, Staff
from zhijian.incidents import queries, services

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

PACK, SAFETY = "incident-management", "institution-safety"
_HAZARD = "hazard"
_CIRCULATED = 6
"""So many steps lead to the bulletin."""


@dataclass(frozen=True, slots=True)
class Told:
    """An incident, so many hours before the end of the sample; ``reach`` is how far it got."""

    hours: float
    unit: int
    sort: str
    place: str
    account: str
    facts: Mapping[str, str]
    reach: int
    cause: str = ""
    action: str = ""
    lessons: str = ""
    heard_late: float = 0.0


_TOLD = (
    Told(1900, 3, "设施设备", "二号库卸货平台", "升降平台突然下沉，一名装卸工扭伤脚踝，已送医。",
         {"injured": "1", "loss": "3200"}, 6, "液压油管老化，未列入季度更换计划。",
         "更换全部油管，列入季度检查表。",
         "老旧设备的易损件要列入更换计划，不能坏了再修。", 30),
    Told(880, 0, "服务中断", "客户服务热线", "交换机故障，热线中断五小时，期间来电无人接听。",
         {"affected": "86", "hours": "5"}, 6,
         "主备切换三年没有演练，切换失败。", "每半年做一次主备切换演练。",
         "备用手段不演练等于没有。"),
    Told(200, 2, "信息泄露", "检测报告邮箱", "误将甲客户的报告发给乙客户，发现后当即联系撤回。",
         {"affected": "1"}, 4, "收件人由系统自动带出，没有二次确认。", "发送前增加二次确认。"),
    Told(52, 1, "群体投诉", "东湖片区", "配送车辆故障，五十六户晚到四小时，群内集中投诉。",
         {"affected": "56", "hours": "4"}, 2),
    Told(3, 3, "消防", "三号库配电间", "配电箱冒烟，断电后用灭火器扑灭，无人受伤。",
         {"loss": "15000", "media": "是"}, 1),
)  # fmt: skip
_HAZARDS = (
    (600, 3, "remove_on_spot", {"area": "消防", "place": "一号库东门",
                                "description": "通道堆放纸箱", "measure": "当场清走，划线标识"}),
    (96, 1, "report", {"area": "交通", "place": "车队停车场", "description": "两辆厢车轮胎磨损超限",
                       "urgent": "否"}),
    (30, 2, "report", {"area": "网络", "place": "检测室电脑", "description": "多人共用一个账号",
                       "urgent": "否"}),
    (400, 0, "report", {"area": "设施设备", "place": "接待厅", "description": "天花板漏水",
                        "urgent": "否"}),
)  # fmt: skip
_ROUNDS = (("drill", "", 150), ("check", "消防", 70), ("check", "设施设备", 120),
           ("training", "消防", 40), ("duty", "人员", 200))  # fmt: skip


def build(staff: Staff, units: Mapping[str, int]) -> int:
    """Report every incident, enter the hazards, set the rounds; return how many cases there are."""
    ids = list(units.values())
    for told in sorted(_TOLD, key=lambda each: -each.hours):
        _run(staff, told, ids[told.unit])
    for hours, place, step, facts in sorted(_HAZARDS, key=lambda each: -each[0]):
        clerk, at = staff.clerks[ids[place]], UNTIL - timedelta(hours=hours)
        opening = Opening(SAFETY, _HAZARD, Taking(step, facts), ids[place])
        open_case(actor=clerk, opening=opening, at=at)
    for place, unit_id in enumerate(ids[:3]):
        for kind, area, days in _ROUNDS[: 5 - place]:
            _set(staff, (kind, area, days), unit_id)
    return len(_TOLD) + len(_HAZARDS) + sum(len(_ROUNDS[: 5 - each]) for each in range(3))


def _set(staff: Staff, told: tuple[str, str, int], unit_id: int) -> None:
    kind, area, days = told
    last = UNTIL - timedelta(days=days)
    facts = {"responsible": str(staff.clerks[unit_id].pk), "last_on": f"{last:%Y-%m-%d}"}
    if area:
        facts["area"] = area
    open_case(
        actor=staff.office, at=last + timedelta(hours=1),
        opening=Opening(SAFETY, kind, Taking("plan", facts), unit_id),
    )  # fmt: skip


def _run(staff: Staff, told: Told, unit_id: int) -> None:
    known = UNTIL - timedelta(hours=told.hours)
    at = known + timedelta(hours=told.heard_late, minutes=20)
    clerk = staff.clerks[unit_id]
    facts = {
        "sort": told.sort,
        "place": told.place,
        "happened_at": _moment(known - timedelta(minutes=15)),
        "known_at": _moment(known),
        "account": told.account,
        "source": "自行发现",
        "duty_manager": str(clerk.pk),
        **told.facts,
    }
    opening = Opening(PACK, "incident", Taking("report", facts), unit_id, told.account[:14])
    case = services.report(actor=clerk, opening=opening, at=at).case
    for step, who, hours, entered in _moves(staff, told, clerk)[: told.reach]:
        at = min(at + timedelta(hours=hours), UNTIL)
        case = _taken(case, who, step, entered, at)
    if told.reach == _CIRCULATED:
        _take_note(staff, case, at)


def _take_note(staff: Staff, case: Case, at: datetime) -> None:
    """Let half the units take note of what was circulated, the next day."""
    (bulletin,) = queries.bulletins_of(case.pk)
    for clerk in list(staff.clerks.values())[::2]:
        services.take_note(
            actor=clerk, bulletin_id=bulletin.pk, measures="已对照排查，没有同类情况。",
            at=min(at + timedelta(days=1), UNTIL),
        )  # fmt: skip


def _moves(staff: Staff, told: Told, clerk: User) -> list[tuple[str, Any, float, dict[str, str]]]:
    """The steps of an incident in their order: by whom, after how many hours, with what."""
    return [
        ("pass_up", staff.office, 0.5, {"containment": "现场已封闭，受影响的客户逐一告知。"}),
        ("tell_client", staff.office, 0.4, {"told_client": "主业物业管理处，电话和书面。"}),
        ("analyze", clerk, 40, {"direct_cause": told.cause, "root_cause": told.cause,
                                "cause_sort": "设施设备", "cause_proof": told.cause}),
        ("correct", clerk, 30, {"no_action": told.action and f"{told.action}已经完成。"}),
        ("verify", staff.office, 60, {"result": "现场复查，措施已经到位。", "effective": "是",
                                      "verified_by_proof": told.action}),
        ("circulate", staff.office, 20, {"lessons": told.lessons,
                                         "demands": "各部门七日内对照排查并报工作组。"}),
    ]  # fmt: skip


def _taken(case: Case, who: Any, step: str, told: dict[str, str], at: datetime) -> Case:
    uploads = tuple(
        Upload(name, ContentFile(told.pop(name).encode(), name=f"{name}.txt"))
        for name in list(told)
        if name.endswith("_proof")
    )
    case.refresh_from_db()
    return advance_case(
        actor=who, seen=Seen(case.pk, case.seq), taking=Taking(step, told, uploads=uploads), at=at
    )


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
