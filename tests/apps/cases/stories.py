"""Cases of a small regulation, opened and moved on through the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kept import kept
from tests.people import People, make_people
from zhijian.accounts.models import User
from zhijian.cases import services
from zhijian.cases.models import Case, CaseEvent
from zhijian.cases.services import Opening, Seen, Taking, Upload
from zhijian.foundation import clock
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK = "counter-service"
FOLDER = Path(__file__).with_name("pack")
ZONE = ZoneInfo("Asia/Shanghai")
PNG = b"\x89PNG\r\n\x1a\n"


@kept
def make_office() -> People:
    """The cast, with the small regulation published."""
    people = make_people()
    now = clock.now()
    publish(load_from_folder(FOLDER, None, now).pk, None, now)
    return people


def moment(text: str) -> datetime:
    """A moment in Chinese time: a day of June 2024 and a time, or a whole moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


#: A Thursday; the next day is worked.
START = moment("2024-06-20T10:00")


@dataclass(frozen=True)
class Story:
    """Opens and moves cases on; everything may be said otherwise."""

    people: People

    def facts(self, **changed: Any) -> dict[str, Any]:
        told = {"subject": "排队", "injured": "否", "handler": str(self.people.clerk.pk)}
        return {name: value for name, value in {**told, **changed}.items() if value is not None}

    def opening(self, **told: Any) -> Opening:
        """What is asked for: keys of ``Taking`` and ``Opening``, and facts."""
        facts = told.pop("facts", None) or self.facts(**told.pop("more", {}))
        around = {name: told.pop(name) for name in ("pack_id", "kind", "title") if name in told}
        unit_id = told.pop("unit_id", self.people.unit.pk)
        taking = Taking(told.pop("step", "register"), facts, **told)
        return Opening(
            **{"pack_id": PACK, "kind": "complaint", **around}, taking=taking, unit_id=unit_id
        )

    def open(self, actor: User | None = None, at: datetime = START, **told: Any) -> Case:
        return services.open_case(
            actor=actor or self.people.working_group, opening=self.opening(**told), at=at
        )

    def step(self, case: Case, step: str, actor: User, at: str | datetime, **told: Any) -> Case:
        """Take a step as somebody who has just looked at the case."""
        seq = told.pop("seq", None) or Case.objects.get(pk=case.pk).seq
        facts: Mapping[str, Any] = told.pop("facts", {})
        return services.advance_case(
            actor=actor,
            seen=Seen(case.pk, seq),
            taking=Taking(step, facts, **told),
            at=moment(at) if isinstance(at, str) else at,
        )

    def answered(self, at: str = "2024-06-20T15:00", **told: Any) -> Case:
        """A complaint that the clerk has handled."""
        case = self.open(**told)
        return self.step(case, "answer", self.people.clerk, at, facts={"answer": "已致歉"})

    def closed(self, at: str = "2024-06-20T16:00", **told: Any) -> Case:
        """A complaint that was handled, and verified by somebody else."""
        case = self.answered(**told)
        return self.step(case, "verify", self.people.committee, at, facts={"satisfied": "是"})


def photo(name: str = "a.png", seed: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG + seed)


def shown(case: Case, fact: str = "photos", seed: bytes = b"") -> Upload:
    return Upload(fact, photo(seed=seed))


def codes(refused: Any) -> list[str]:
    """The codes of everything that stood against a step."""
    return [each.code for each in refused.value.problems]


def steps(case: Case) -> list[str]:
    return [row.step or row.sort for row in CaseEvent.objects.filter(case=case).order_by("seq")]
