"""Complaints of the regulation that comes with the program, opened and decided as people would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kept import kept
from tests.quarters import Quarter, make_quarter
from zhijian.cases import services
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking, Upload
from zhijian.foundation import clock
from zhijian.intake import given
from zhijian.intake import services as intake
from zhijian.intake.models import Record
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK = "complaint-register"
FOLDER = Path(__file__).parents[1] / "packs" / PACK
RECEIVED = datetime(2024, 2, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@kept
def published_register() -> int:
    """Publish the regulation of complaints; return the id of the version."""
    now = clock.now()
    return publish(load_from_folder(FOLDER, None, now).pk, None, now).pk


@dataclass(frozen=True)
class Desk:
    """Where complaints about the departments of a quarter come in."""

    quarter: Quarter

    def receive(self, unit: str = "市场经营部", at: datetime = RECEIVED, **facts: object) -> Case:
        told = {
            "received_at": f"{at:%Y-%m-%dT%H:%M}",
            "channel": "投诉电话",
            "customer": "丙公司",
            "department": str(self.quarter.units[unit].pk),
            "content": "送货晚到一天",
            **facts,
        }
        opening = Opening(PACK, "complaint", Taking("receive", told))
        return services.open_case(
            actor=self.quarter.people.working_group, opening=opening, at=at + timedelta(minutes=9)
        )

    def step(self, case: Case, step: str, who: Any = None, reason: str = "", **facts: Any) -> Case:
        """Take a step an hour after the last one; files are proofs."""
        files = [Upload(name, facts.pop(name)) for name in list(facts) if name.endswith("_proof")]
        case = Case.objects.get(pk=case.pk)
        return services.advance_case(
            actor=who or self.quarter.people.working_group,
            seen=Seen(case.pk, case.seq),
            taking=Taking(step, facts, reason, uploads=tuple(files)),
            at=case.events.latest("seq").at + timedelta(hours=1),
        )

    def verified(self, true: str = "是", **told: Any) -> Case:
        case = self.receive(**told)
        return self.step(case, "verify", findings="属实", true_account=true, attributable=true)

    def valid(self, deduction: str = "", **told: Any) -> Case:
        proof = SimpleUploadedFile("proof.png", b"\x89PNG\r\n\x1a\n")
        facts = {"deduction": deduction, "deduction_proof": proof} if deduction else {}
        return self.step(self.verified(**told), "decide_valid", validity="有效", **facts)

    def overrule(self, case: Case) -> Case:
        """The department objects, and the committee decides that it is invalid."""
        self.step(case, "object", self.quarter.people.clerk, objection="不可归责")
        committee = self.quarter.people.committee
        return self.step(case, "overrule", committee, "情况另有原因", validity="无效")

    def waiting(self) -> list[tuple[str, ...]]:
        """Why cases of the quarter wait, as the office is told."""
        found = given.waiting_in(self.quarter.people.working_group, self.quarter.book, None)
        return [each.why for each in found]

    def take(self) -> intake.Taken:
        """Let the records follow, as the worker does."""
        return intake.take_cases(pack_id=self.quarter.book.pack_id, at=clock.now())


def in_force(kind: str = "complaint") -> list[Record]:
    """The records that count."""
    return list(Record.objects.filter(kind=kind, voided_at=None).order_by("pk"))


def make_desk() -> Desk:
    """A quarter with its complaint desk open."""
    quarter = make_quarter()
    published_register()
    return Desk(quarter)
