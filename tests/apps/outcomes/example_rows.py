"""Rows that the addresses of this room point to, for the walks over every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.apps.outcomes.claims import PACK as EXPRESS
from tests.apps.outcomes.claims import Claim, published
from tests.people import People
from zhijian.foundation import clock
from zhijian.outcomes import services
from zhijian.outcomes.models import CompensationEntry
from zhijian.outcomes.services import NewPersonal
from zhijian.packs.models import PackVersion
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK = "technical-service-supervision"
FOLDER = Path(__file__).parents[3] / "packs" / PACK


def _version() -> int:
    found = PackVersion.objects.filter(pack_id=PACK).first()
    if found is None:
        found = load_from_folder(FOLDER, None, clock.now())
        publish(found.pk, None, clock.now())
    return found.pk


def _decision(people: People) -> dict[str, Any]:
    new = NewPersonal(
        version_id=_version(), plan="staff", ground="complaint", measure="oral_warning",
        person_id=people.clerk.pk, account="上门迟到", unit_id=people.unit.pk,
    )  # fmt: skip
    return {"decision_id": services.propose(actor=people.working_group, new=new).pk}


def _express(people: People) -> dict[str, Any]:
    published()
    return {"pack_id": EXPRESS, "kind": "claim"}


def _compensation(people: People) -> dict[str, Any]:
    published()
    Claim(people).decided()
    return {"entry_id": CompensationEntry.objects.latest("pk").pk}


EXAMPLES = {
    "outcomes:answer_personal": _decision,
    "outcomes:decide_personal": _decision,
    "outcomes:compensation_entry": _compensation,
    "outcomes:export_compensation": lambda people: {"form": "csv"},
    "outcomes:owed": _express,
    "api-compensation-owed": _express,
    "api-personal-answer": _decision,
    "api-personal-decide": _decision,
    "api-personal-object": _decision,
    "outcomes:export_personal": lambda people: {"form": "csv"},
    "outcomes:object_personal": _decision,
    "outcomes:personal_decision": _decision,
    "outcomes:propose": lambda people: {"version_id": _version(), "plan_id": "staff"},
    "outcomes:quality_file": lambda people: {"person_id": people.clerk.pk},
    "outcomes:withdraw_personal": _decision,
}
