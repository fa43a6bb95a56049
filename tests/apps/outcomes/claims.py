"""Claims for parcels under the regulation that says what is paid for them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from tests.kept import kept
from tests.people import People, make_people
from zhijian.cases import services
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking, Upload
from zhijian.foundation import clock
from zhijian.packs.models import PackVersion
from zhijian.packs.services.confirmations import Choice, confirm_parameter
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK = "express-service"
FOLDER = Path(__file__).parents[3] / "packs" / PACK
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
INSURED = {
    "findings": "箱体破裂", "harm": "损毁", "exclusion": "没有免责原因", "insured": "是",
    "insured_amount": "10000", "share": "30",
}  # fmt: skip


def published() -> None:
    """Publish the regulation, unless it is."""
    if PackVersion.objects.filter(pack_id=PACK).exists():
        return
    now = clock.now()
    publish(load_from_folder(FOLDER, None, now).pk, None, now)


@kept
def make_office() -> People:
    """The cast, with the regulation published."""
    people = make_people()
    published()
    return people


def confirm(people: People, name: str = "claim_months") -> None:
    """Let the committee confirm a proposed figure."""
    version = PackVersion.objects.get(pack_id=PACK)
    confirm_parameter(version.pk, Choice(name, "按标准"), people.committee, clock.now())


class Claim:
    """One claim on its way; the clerk verifies and proposes, the working group decides."""

    def __init__(self, people: People, **changed: Any) -> None:
        self.people = people
        today = clock.today()
        facts = {
            "received_at": f"{today:%Y-%m-%d}T00:00", "channel": "信函", "waybill": "7001",
            "posted_on": str(today - timedelta(days=10)), "claimed_on": str(today),
            "in_writing": "是", "content": "外箱破裂", "sender": "张三丰", "claimed": "9000",
            "indirect": "6000", "phone": "13900000000", **changed,
        }  # fmt: skip
        opening = Opening(PACK, "claim", Taking("receive", facts), people.unit.pk)
        self.case = services.open_case(actor=people.clerk, opening=opening, at=clock.now())

    def take(self, step: str, who: Any, **facts: Any) -> Case:
        uploads = ()
        if step == "pay":
            uploads = (Upload("receipt", ContentFile(PNG, "receipt.png")),)
        self.case = Case.objects.get(pk=self.case.pk)
        return services.advance_case(
            actor=who,
            seen=Seen(self.case.pk, self.case.seq),
            taking=Taking(step, facts, facts.pop("reason", ""), uploads=uploads),
            at=clock.now(),
        )

    def proposed(self, **verified: Any) -> Claim:
        """Bring it to the proposal."""
        self.take("accept", self.people.working_group, reply="已受理")
        self.take("verify", self.people.clerk, **{**INSURED, **verified})
        self.take("propose", self.people.clerk, agreed="否")
        return self

    def decided(self, **verified: Any) -> Claim:
        """Bring it to the decision."""
        self.proposed(**verified)
        self.take("decide", self.people.working_group, reply="见决定书")
        return self

    def paid(self) -> Claim:
        """Pay it."""
        self.take("pay", self.people.clerk, paid_to="发件人", paid_on=str(clock.today()))
        return self
