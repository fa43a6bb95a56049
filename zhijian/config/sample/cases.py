"""Cases of the sample departments: complaints and nonconforming services in every state.

Each step is taken through the services by the person who would have taken it, at its moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from zhijian.cases import services
from zhijian.cases.services import Opening, Seen, Taking
from zhijian.config.sample import everyday
from zhijian.config.sample.case_texts import COMPLAINTS, NONCONFORMITIES, ComplaintText, LapseText
from zhijian.config.sample.chance import chance_for

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

COMPLAINT_PACK = "complaint-register"
LAPSE_PACK = "nonconformity-three-levels"
UNTIL = datetime(2026, 11, 6, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
"""Nothing of the sample happens later."""

_STILL_OPEN = ("open", "received", "objected", "handled")
_FIRST = datetime(2024, 12, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True)
class Staff:
    """Who acts: the office, the committee, the leader, and the clerk of each unit."""

    office: User
    committee: User
    leader: User
    clerks: Mapping[int, User]


@dataclass(frozen=True, slots=True)
class Move:
    """A step, by whom, so many hours after the one before, and what is entered."""

    step: str
    who: User
    hours: float
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def build(staff: Staff, units: Mapping[str, int], months: int) -> int:
    """Open every case and take it as far as it got; return how many there are.

    ``months`` says how long everyday findings were written down before.

    They are opened in the order of their days, as their numbers tell.
    """
    told = sorted([*_placed(units), *_of_every_day(units, months)], key=lambda each: each[0])
    for at, unit_id, text in told:
        if isinstance(text, ComplaintText):
            _run(_complaint(staff, unit_id, text, at), _complaint_moves(staff, unit_id, text))
        else:
            case = _lapse(staff, unit_id, text, at)
            _run(case, _lapse_moves(staff.clerks[unit_id], staff.leader, text, case.level))
    services.sweep(at=UNTIL)
    return len(told)


def _placed(units: Mapping[str, int]) -> Iterator[tuple[datetime, int, ComplaintText | LapseText]]:
    """Say what happens in which unit, and when."""
    for place, unit_id in enumerate(units.values()):
        chance = chance_for("cases", str(place))
        for number, complaint in enumerate(COMPLAINTS[place % 3 :: 3]):
            days = place * 9 + number * 97
            yield _day(chance, days, complaint.outcome), unit_id, complaint
        for number, lapse in enumerate(NONCONFORMITIES[place % 2 :: 2]):
            days = place * 7 + number * 131 + 20
            yield _day(chance, days, lapse.outcome), unit_id, lapse


def _of_every_day(
    units: Mapping[str, int], months: int
) -> Iterator[tuple[datetime, int, LapseText]]:
    for each in everyday.findings(UNTIL, months):
        text = each.text
        small = text.is_small
        yield each.at, units[each.unit], LapseText(
            f"{text.item}({text.place})", text.item, text.place, text.description,
            "影响不大" if small else "影响明显", "不明显", text.handling,
            "minor" if small else "done",
        )  # fmt: skip


def _day(chance: Random, days: int, outcome: str) -> datetime:
    """A moment within the hours of the office; what is still open began in the last two weeks."""
    if outcome in _STILL_OPEN:
        found = UNTIL - timedelta(days=days % 12, hours=chance.randrange(1, 8))
    else:
        found = _FIRST + timedelta(days=days % 690, minutes=chance.randrange(480))
    return found - timedelta(days=max(0, found.weekday() - 4))


def _run(case: Case, moves: list[Move]) -> None:
    at = case.opened_at
    for move in moves:
        at += timedelta(hours=move.hours)
        if at > UNTIL:
            break
        taking = Taking(move.step, move.facts, move.reason)
        case.refresh_from_db()
        case = services.advance_case(
            actor=move.who, seen=Seen(case.pk, case.seq), taking=taking, at=at
        )


def _complaint(staff: Staff, unit_id: int, told: ComplaintText, at: datetime) -> Case:
    facts = {
        "received_at": f"{at - timedelta(minutes=12):%Y-%m-%dT%H:%M}",
        "channel": told.channel,
        "customer": told.customer,
        "contact": told.contact,
        "department": str(unit_id),
        "content": told.content,
    }
    if told.secret:
        facts["confidential"] = "是"
    opening = Opening(COMPLAINT_PACK, "complaint", Taking("receive", facts), title=told.title)
    return services.open_case(actor=staff.office, opening=opening, at=at)


def _complaint_moves(staff: Staff, unit_id: int, told: ComplaintText) -> list[Move]:
    office, clerk = staff.office, staff.clerks[unit_id]
    is_valid = told.outcome not in ("invalid", "withdrawn")
    verify = Move("verify", office, 26, {
        "findings": told.findings, "true_account": "是" if is_valid else "否",
        "attributable": "是" if is_valid else "否",
    })  # fmt: skip
    if told.outcome == "received":
        return []
    if told.outcome == "withdrawn":
        return [Move("withdraw", office, 30, reason="客户来电说明系误会，请求撤回。")]
    if told.outcome == "invalid":
        return [verify, Move("decide_invalid", office, 20, {"validity": "无效"}, told.findings)]
    valid = [verify, Move("decide_valid", office, 20, {"validity": "有效"})]
    if told.outcome == "objected":
        objection = {"objection": "当日物流车辆因高速封闭绕行，非本部门所能控制，请复核。"}
        return [*valid, Move("object", clerk, 30, objection)]
    handle = Move("handle", clerk, 47, {"handling": told.handling, "result": told.result})
    if told.outcome == "handled":
        return [*valid, handle]
    back = [
        Move("send_back", office, 22, reason="回访时客户表示问题仍未解决，请重新处理。"),
        Move("handle", clerk, 44, {"handling": told.handling, "result": "再次上门，客户认可。"}),
    ]
    again = back if told.outcome == "returned" else []
    return [*valid, handle, *again, Move("call_back", office, 24, {"satisfied": "是"})]


def _lapse(staff: Staff, unit_id: int, told: LapseText, at: datetime) -> Case:
    facts = {
        "found_at": f"{at - timedelta(minutes=20):%Y-%m-%dT%H:%M}",
        "item": told.item,
        "place": told.place,
        "description": told.description,
        "effect": told.effect,
        "feeling": told.feeling,
        "latent": "否",
        "fixable": "是" if told.outcome == "minor" else "否",
        "complained_to": "公司领导" if told.outcome == "serious" else "无",
        "concerned": str(staff.clerks[unit_id].pk),
    }
    opening = Opening(LAPSE_PACK, "nonconformity", Taking("register", facts), unit_id, told.title)
    return services.open_case(actor=staff.office, opening=opening, at=at)


def _lapse_moves(clerk: User, leader: User, told: LapseText, level: str) -> list[Move]:
    handling = {"handling": told.handling}
    match told.outcome:
        case "open":
            return []
        case "serious":
            return [Move("handle_serious", leader, 40, handling)]
        case "void":
            return [Move("drop", leader, 6, reason="现场复核与记录不符，不成立。")]
        case "late":
            return [Move("handle", clerk, 75, handling)]
        case "minor" if level == "minor":
            return [Move("settle", clerk, 0.1, handling)]
    return [Move("handle", clerk, 7, handling)]
