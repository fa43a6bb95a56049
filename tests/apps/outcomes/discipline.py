"""Proposals and decisions about people under two regulations that punish people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.kept import kept
from tests.people import People, make_people
from zhijian.cases import services as cases
from zhijian.cases.models import CaseFault
from zhijian.cases.services import Opening, Taking
from zhijian.foundation import clock
from zhijian.outcomes import services
from zhijian.outcomes.models import PersonalDecision
from zhijian.outcomes.services import NewPersonal
from zhijian.packs.models import PackVersion
from zhijian.packs.services.confirmations import Choice, confirm_parameter
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACKS = Path(__file__).parents[3] / "packs"
STAFF, FINES = "technical-service-supervision", "restaurant-service-inspection"


@kept
def make_office() -> People:
    """The cast, with the two regulations that punish people."""
    people, now = make_people(), clock.now()
    for name in (STAFF, FINES):
        publish(load_from_folder(PACKS / name, None, now).pk, None, now)
    reason = Choice("objection_days", "沿用五日")
    confirm_parameter(version(STAFF), reason, people.committee, now)
    return people


def version(pack_id: str) -> int:
    return PackVersion.objects.get(pack_id=pack_id).pk


def proposal(people: People, person: Any, **changed: Any) -> NewPersonal:
    told = NewPersonal(
        version_id=version(STAFF), plan="staff", ground="complaint", measure="department_notice",
        person_id=person.pk, account="6月3日上门迟到，用户投诉属实", unit_id=people.unit.pk,
    )  # fmt: skip
    return replace(told, **changed)


def proposed(people: People, person: Any, **changed: Any) -> PersonalDecision:
    return services.propose(actor=people.working_group, new=proposal(people, person, **changed))


def in_force(people: People, person: Any, **changed: Any) -> PersonalDecision:
    row = proposed(people, person, **changed)
    return services.decide(actor=people.leader, decision_id=row.pk, agreed=True, text="")


def lapse(people: People, person: Any, superior: Any) -> list[CaseFault]:
    """A feedback order that nobody answered in time: one fault each."""
    sent = clock.now() - timedelta(days=8)
    facts = {
        "class": "服务质量缺陷", "problem": "上菜超时", "responsible": str(person.pk),
        "responsible_rank": "D级以下(员工)", "superior": str(superior.pk),
        "superior_rank": "B级(主管)", "answer_by": str(clock.day_of(sent) + timedelta(days=2)),
        "loss": "否",
    }  # fmt: skip
    opening = Opening(FINES, "feedback_order", Taking("send", facts), people.unit.pk)
    cases.open_case(actor=people.working_group, opening=opening, at=sent)
    cases.sweep(at=clock.now())
    return list(CaseFault.objects.order_by("key"))


def faults_of(faults: list[CaseFault], person: Any) -> CaseFault:
    return next(each for each in faults if each.person == person)
