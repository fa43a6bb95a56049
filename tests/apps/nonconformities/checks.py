"""Checks of an office building: their regulation in force, and what is found in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.kept import kept
from tests.people import People, make_people
from zhijian.accounts.models import User
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking, advance_case, open_case
from zhijian.foundation import clock
from zhijian.packs.queries import pack_in_force
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK, KIND, ACTION = "nonconformity-by-check", "nonconformity", "corrective_action"
LEVELS = "nonconformity-three-levels"
FOLDERS = Path(__file__).parents[3] / "packs"


def put_in_force() -> None:
    """Publish both regulations, where they are not in force yet."""
    for name in (PACK, LEVELS):
        if pack_in_force(name, clock.today()) is None:
            now = clock.now()
            publish(load_from_folder(FOLDERS / name, None, now).pk, None, now)


@kept
def make_checks() -> People:
    """The cast, with the regulations of the checks published."""
    people = make_people()
    put_in_force()
    return people


def found(
    people: People,
    item: str = "保洁",
    area: str = "大堂",
    actor: User | None = None,
    **changed: Any,
) -> Case:
    """What a weekly check found."""
    facts = {
        "check": "周检",
        "found_on": clock.today().isoformat(),
        "item": item,
        "area": area,
        "description": "地面有水渍",
        **changed,
    }
    step = "fill_weekly" if facts["check"] == "周检" else "fill_quarterly"
    opening = Opening(PACK, KIND, Taking(step, facts), people.unit.pk, f"{item}不合格")
    who = actor or (people.clerk if step == "fill_weekly" else people.inspector)
    return open_case(actor=who, opening=opening, at=clock.now())


def action(people: People) -> Case:
    """Corrective action that is still to be planned."""
    taking = Taking("cause_of_minor", {"description": "大堂地面反复有水渍"})
    opening = Opening(PACK, ACTION, taking, people.unit.pk, "大堂水渍")
    return open_case(actor=people.working_group, opening=opening, at=clock.now())


def taken(case: Case, actor: User, step: str, at: datetime | None = None, **facts: Any) -> Case:
    """The case after a step."""
    case.refresh_from_db()
    return advance_case(
        actor=actor, seen=Seen(case.pk, case.seq), taking=Taking(step, facts), at=at or clock.now()
    )


def later(days: int) -> datetime:
    return clock.now() + timedelta(days=days)
