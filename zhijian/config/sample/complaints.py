"""Complaints of the sample: an office with a public page, and calls to the company hotline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhijian.cases.services import Opening, Seen, Taking, advance_case
from zhijian.complaints import services
from zhijian.complaints.services import NewOffice
from zhijian.config.sample import everyday
from zhijian.config.sample.cases import UNTIL, Move, Staff

if TYPE_CHECKING:
    from zhijian.cases.models import Case

PACK, KIND = "company-hotline", "complaint"
_OFFICE = "示例·公司服务投诉热线"


@dataclass(frozen=True, slots=True)
class Call:
    """A call, so many hours before the end of the sample; ``outcome`` says how far it got."""

    hours: float
    unit: int
    channel: str
    category: str
    content: str
    cause: str
    reply: str
    outcome: str
    phone: str = "13800000000"
    harmed: bool = False
    title: str = ""
    findings: str = "情况属实。"
    answered_after: float = 22
    is_redone: bool = False


_CALLS = (
    Call(700, 0, "投诉热线", "服务及时性", "送货比约定晚了一天，没有人提前联系。", "流程安排",
         "已向您致歉，并把到货改为提前一天电话预约。", "closed", "13800000011"),
    Call(640, 2, "电子邮件", "工作质量", "检测报告两处数据写反。", "人员操作",
         "已更正报告并寄出，加收费用已退回。", "closed", "13800000012"),
    Call(530, 3, "来访", "服务态度", "窗口人员回答问题不耐烦。", "人员操作",
         "已当面道歉，并安排窗口人员重新培训。", "closed", "13800000013"),
    Call(402, 1, "公众网页", "收费", "账单与报价不一致。", "沟通不足",
         "差额系附加服务，已补充说明并取得您的同意。", "closed", "13800000014"),
    Call(306, 3, "投诉热线", "工作质量", "包装破损，两件货有压痕。", "外包单位",
         "已更换两件，并要求承运单位改用加固包装。", "closed", "13800000011"),
    Call(148, 0, "上级或政府转办", "服务及时性", "多次询问订单进度没有回音。", "沟通不足",
         "已补发进度，指定专人每日回复。", "answered", "13800000015"),
    Call(52, 3, "公众网页", "设施设备", "自提点的卷闸门打不开。", "", "", "dispatched",
         "13800000016"),
    Call(26, 2, "投诉热线", "工作质量", "同一份报告又有一处错字。", "", "", "dispatched",
         "13800000012"),
    Call(5, 1, "投诉热线", "服务态度", "电话转接三次没有人接。", "", "", "received",
         "13800000017"),
    Call(1, 3, "来访", "安全", "卸货时托盘滑落，擦伤手背。", "", "", "received", "13800000018",
         harmed=True),
)  # fmt: skip


def build(staff: Staff, units: Mapping[str, int], months: int) -> int:
    """Make the office and every call, also those of so many months; return how many there are."""
    ids = list(units.values())
    office = NewOffice(
        _OFFICE, PACK, KIND, ids[0], "027-0000 0000", "请写明时间、地点和经过；三个工作日内答复。"
    )
    services.make_office(actor=staff.office, office=office, at=UNTIL)
    calls = [*_CALLS, *_of_every_day(list(units), months)]
    for call in sorted(calls, key=lambda each: -each.hours):
        _run(staff, call, ids[call.unit])
    return len(calls)


def _of_every_day(units: list[str], months: int) -> Iterator[Call]:
    for each in everyday.calls(UNTIL, months):
        yield Call(
            (UNTIL - each.at) / timedelta(hours=1),
            units.index(each.unit),
            each.channel,
            each.text.category,
            each.text.content,
            each.text.cause,
            each.text.reply,
            "closed",
            each.phone,
            title=each.text.title,
            findings=each.text.findings,
            answered_after=each.hours,
            is_redone=each.is_redone,
        )


def _run(staff: Staff, call: Call, unit_id: int) -> None:
    at = UNTIL - timedelta(hours=call.hours)
    facts = {
        "received_at": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}",
        "channel": call.channel,
        "content": call.content,
        "category": call.category,
        "phone": call.phone,
        "harmed": "是" if call.harmed else "否",
    }
    opening = Opening(
        PACK, KIND, Taking("register", facts), unit_id, call.title or call.content[:12]
    )
    case = services.receive(actor=staff.office, opening=opening, at=at).case
    for move in _moves(staff, call, unit_id):
        if call.hours - move.hours < 0:
            break
        taking = Taking(move.step, move.facts, move.reason)
        case = _taken(case, move.who, taking, at + timedelta(hours=move.hours))


def _moves(staff: Staff, call: Call, unit_id: int) -> list[Move]:
    """The steps of a call as far as it got."""
    clerk, then = staff.clerks[unit_id], call.answered_after
    answer = {"findings": call.findings, "cause": call.cause, "measures": call.reply}
    answer["reply"] = call.reply
    told = [
        Move("respond", staff.office, 0.5, {"response": "已致电核对情况，告知答复时间。"}),
        Move("dispatch", staff.office, 1, {"department": str(unit_id), "handler": str(clerk.pk)}),
        Move("answer", clerk, then, answer),
    ]
    again = [
        Move("redo", staff.office, then + 22, reason="回访时客户说问题又出现一次，请重新处理。"),
        Move("answer", clerk, then + 40, {**answer, "findings": "再次到现场核实，补办到位。"}),
    ]
    closing = Move("call_back", staff.office, then + 60, {"satisfied": "是"})
    done = [*told, *(again if call.is_redone else []), closing]
    return done[: {"received": 0, "dispatched": 2, "answered": 3}.get(call.outcome, len(done))]


def _taken(case: Case, actor: Any, taking: Taking, at: datetime) -> Case:
    case.refresh_from_db()
    return advance_case(actor=actor, seen=Seen(case.pk, case.seq), taking=taking, at=at)
