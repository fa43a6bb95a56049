"""Rewards and penalties of sample people: in force, contested, waiting for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zhijian.foundation import clock
from zhijian.outcomes import services
from zhijian.outcomes.services import NewPersonal
from zhijian.packs import queries as packs
from zhijian.packs import services as pack_services
from zhijian.packs.services import Choice

if TYPE_CHECKING:
    from zhijian.accounts.models import User

PACK = "technical-service-supervision"


@dataclass(frozen=True, slots=True)
class Told:
    """One proposal in words; ``amount`` in yuan."""

    ground: str
    measure: str
    account: str
    amount: int | None = None


_DECIDED = (
    Told(
        "complaint",
        "oral_warning",
        "3 月 12 日约定上午上门，当日 15 时才到，用户投诉，查明排班遗漏。",
    ),
    Told("breach", "department_notice", "连续两周未上交维护单，经提醒仍未补交。", 100),
    Told("outstanding", "reward", "全年电话回访满意度均为满意，主动为用户更换老化线缆。", 500),
    Told("complaint", "company_notice", "与用户争吵并中途离开现场，录音和现场记录在案。", 300),
)
_WAITING = Told("complaint", "oral_warning", "用户反映更换配件后未清理现场，主管上门查看属实。")
_CONTESTED = 1
"""The place of the decision that the person objected to."""


def build(office: User, leader: User, committee: User, people: list[tuple[User, int]]) -> int:
    """Propose and decide for the given people and their units; return how many there are."""
    version = packs.pack_in_force(PACK, date(2026, 9, 30))
    if version is None:
        raise RuntimeError(f"{PACK} is not published; load the packs first")
    for name in packs.unconfirmed(version.id):
        choice = Choice(name, "示例：委员会会议确认建议值")
        pack_services.confirm_parameter(version.id, choice, committee, clock.now())
    for place, (told, (person, unit_id)) in enumerate(zip(_DECIDED, people, strict=False)):
        row = services.propose(actor=office, new=_new(version.id, told, person, unit_id))
        services.decide(actor=leader, decision_id=row.pk, agreed=True, text="情况属实，同意。")
        if place == _CONTESTED:
            text = "维护单由同组同事代交，有交接记录。"
            services.object_to(actor=person, decision_id=row.pk, text=text)
    person, unit_id = people[len(_DECIDED)]
    services.propose(actor=office, new=_new(version.id, _WAITING, person, unit_id))
    return len(_DECIDED) + 1


def _new(version_id: int, told: Told, person: User, unit_id: int) -> NewPersonal:
    return NewPersonal(
        version_id=version_id,
        plan="staff",
        ground=told.ground,
        measure=told.measure,
        person_id=person.pk,
        account=told.account,
        unit_id=unit_id,
        amount=None if told.amount is None else Decimal(told.amount),
    )
