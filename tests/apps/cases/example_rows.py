"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.cases.stories import FOLDER, PACK, Story
from tests.people import People
from zhijian.cases.models import Case
from zhijian.foundation import clock
from zhijian.packs import queries as packs
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish


def _published() -> None:
    if packs.pack_in_force(PACK, clock.today()) is None:
        now = clock.now()
        publish(load_from_folder(FOLDER, None, now).pk, None, now)


def case_of(people: People) -> Case:
    """A complaint about the unit of the clerk, who owns it."""
    _published()
    found = Case.objects.filter(pack_id=PACK).first()
    return found or Story(people).open(at=clock.now(), more={"account": "张三反映"})


def _case(people: People) -> dict[str, Any]:
    return {"case_id": case_of(people).pk}


def _step(people: People) -> dict[str, Any]:
    return {**_case(people), "step": "answer"}


def _open(people: People) -> dict[str, Any]:
    _published()
    return {"pack_id": PACK, "kind": "complaint", "step": "register"}


def _number(people: People) -> dict[str, Any]:
    return {"number": case_of(people).number}


EXAMPLES = {
    "api-case": _case,
    "api-case-comments": _case,
    "api-case-evidence": _case,
    "api-case-steps": _case,
    "cases:attach": _case,
    "cases:case": _case,
    "cases:comment": _case,
    "cases:hand_over": _case,
    "cases:link": _case,
    "cases:number": _number,
    "cases:open": _open,
    "cases:reveal": _case,
    "cases:step": _step,
}
