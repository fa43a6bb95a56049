"""The company hotline: its regulation in force, complaints by phone and by the public page."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.kept import kept
from tests.people import People, make_people
from zhijian.accounts.models import User
from zhijian.cases.services import Opening, Taking
from zhijian.complaints import proof, services
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.services import NewOffice
from zhijian.foundation import clock
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK, KIND = "company-hotline", "complaint"
FOLDER = Path(__file__).parents[3] / "packs" / PACK
PHONE, MASKED = "13800005678", "138****5678"
_PUZZLE = re.compile(r'name="puzzle" value="([^"]+)"')


@kept
def make_hotline() -> People:
    """The cast, with the regulation of the hotline published."""
    people = make_people()
    now = clock.now()
    publish(load_from_folder(FOLDER, None, now).pk, None, now)
    return people


def facts(**changed: Any) -> dict[str, Any]:
    told = {
        "received_at": f"{clock.day_of(clock.now())}T00:00",
        "channel": "投诉热线",
        "content": "大厅地面没有打扫",
        "category": "工作质量",
        "phone": PHONE,
        "caller": "王女士",
    }
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def opening(unit_id: int, key: str = "", **changed: Any) -> Opening:
    return Opening(PACK, KIND, Taking("register", facts(**changed), key=key), unit_id)


def received(people: People, actor: User | None = None, **changed: Any) -> Complaint:
    """A complaint taken down at the desk."""
    return services.receive(
        actor=actor or people.working_group,
        opening=opening(people.unit.pk, **changed),
        at=clock.now(),
    )


def office_of(people: People) -> Office:
    new = NewOffice("一号楼服务中心", PACK, KIND, people.unit.pk, "0535-1234567", "请写明楼层")
    return services.make_office(actor=people.working_group, office=new, at=clock.now())


def solved(told: str) -> str:
    """The number that a browser would find."""
    return next(str(n) for n in itertools.count() if proof.is_solved(told, str(n)))


def page_of(office: Office) -> str:
    return reverse("complaints:public", kwargs={"code": office.code})


def sent(office: Office, client: Client | None = None, **changed: Any) -> Any:
    """The answer to a form that a person sends from the page of an office."""
    client = client or Client()
    puzzle = _PUZZLE.search(client.get(page_of(office)).content.decode())
    assert puzzle
    told = {
        "content": "电梯里的灯不亮",
        "category": "设施设备",
        "phone": PHONE,
        "caller": "",
        "puzzle": puzzle[1],
        "answer": solved(puzzle[1]),
        **changed,
    }
    return client.post(page_of(office), {k: v for k, v in told.items() if v is not None})
