"""A company with its rules of incidents in force: incidents, hazards, hints, and a second unit."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.kept import kept
from tests.people import People, make_people
from zhijian.accounts.models import User
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking, Upload, advance_case, open_case
from zhijian.foundation import clock
from zhijian.incidents import services
from zhijian.incidents.models import Incident
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACKS = Path(__file__).parents[3] / "packs"
PACK, KIND = "incident-management", "incident"
USED = (PACK, "restaurant-service-inspection", "company-hotline", "institution-safety")


@kept
def make_company() -> People:
    """The cast, with the regulations of incidents, hazards and complaints published."""
    people = make_people()
    now = clock.now()
    for name in USED:
        publish(load_from_folder(PACKS / name, None, now).pk, None, now)
    return people


def facts(people: People, **changed: Any) -> dict[str, Any]:
    at = timezone.localtime(clock.now()) - timedelta(minutes=5)
    told = {
        "sort": "设施设备",
        "place": "3 号楼",
        "happened_at": f"{at:%Y-%m-%dT%H:%M}",
        "known_at": f"{at:%Y-%m-%dT%H:%M}",
        "account": "水管爆裂，大堂进水",
        "source": "自行发现",
        "duty_manager": str(people.clerk.pk),
    }
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def opening(people: People, key: str = "", **changed: Any) -> Opening:
    told = facts(people, **changed)
    return Opening(PACK, KIND, Taking("report", told, key=key), people.unit.pk)


def reported(people: People, actor: User | None = None, **changed: Any) -> Incident:
    """An incident reported by the clerk of the unit."""
    return services.report(
        actor=actor or people.clerk, opening=opening(people, **changed), at=clock.now()
    )


def stepped(case_id: int, step: str, who: User, reason: str = "", **told: Any) -> Case:
    """Take a step now; a fact that ends in ``proof`` is a photo."""
    files = tuple(
        Upload(name, SimpleUploadedFile(f"{name}.png", b"\x89PNG\r\n\x1a\n" + name.encode()))
        for name in list(told)
        if name.endswith("proof") and told.pop(name)
    )
    case = Case.objects.get(pk=case_id)
    return advance_case(
        actor=who, seen=Seen(case_id, case.seq), taking=Taking(step, told, reason, uploads=files),
        at=clock.now(),
    )  # fmt: skip


def verified(people: People, **changed: Any) -> Incident:
    """An incident taken through its four steps without corrective action."""
    row = reported(people, **changed)
    case, office, clerk = row.case_id, people.working_group, people.clerk
    stepped(case, "pass_up", office, containment="关阀")
    stepped(case, "tell_client", office, told_client="主业物业处")
    stepped(case, "analyze", clerk, direct_cause="管道老化", root_cause="未列入更换计划",
            cause_sort="设施设备", cause_proof=True)  # fmt: skip
    stepped(case, "correct", clerk, no_action="整幢楼下月拆除")
    stepped(case, "final", clerk, progress="已恢复供水")
    stepped(case, "verify", office, result="现场复查合格", effective="是", verified_by_proof=True)
    return row


def circulated(people: People, **changed: Any) -> Incident:
    """The same, with its lessons circulated."""
    row = verified(people, **changed)
    stepped(
        row.case_id, "circulate", people.working_group, lessons="管道要更换", demands="七日内排查"
    )
    return row


def hurt(people: People, actor: User | None = None) -> Case:
    """A complaint to the hotline that speaks of an incident: somebody was hurt."""
    told = {
        "received_at": f"{clock.day_of(clock.now())}T00:00", "channel": "投诉热线",
        "content": "大厅地滑摔倒", "category": "安全", "harmed": "是",
    }  # fmt: skip
    opening = Opening("company-hotline", "complaint", Taking("register", told), people.unit.pk)
    return open_case(actor=actor or people.working_group, opening=opening, at=clock.now())


def hazard(people: People, actor: User | None = None, step: str = "report", **told: Any) -> Case:
    """A hazard that is followed; ``remove_on_spot`` makes one that was removed as it was found."""
    more = {"urgent": "否"} if step == "report" else {"measure": "关阀通风"}
    entered = {"area": "消防", "place": "后厨", "description": "灭火器过期", **more, **told}
    return open_case(
        actor=actor or people.clerk,
        opening=Opening("restaurant-service-inspection", "hazard", Taking(step, entered),
                        people.unit.pk),
        at=clock.now(),
    )  # fmt: skip


def told_at(moment: datetime) -> str:
    """A moment as a form sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"
