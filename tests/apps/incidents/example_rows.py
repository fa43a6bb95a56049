"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.incidents.company import KIND, PACK, PACKS, USED, circulated, hurt
from tests.people import People
from zhijian.foundation import clock
from zhijian.incidents.models import Bulletin, Hint
from zhijian.packs import queries as packs
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish


def _published() -> None:
    now = clock.now()
    for name in USED:
        if packs.pack_in_force(name, clock.today()) is None:
            publish(load_from_folder(PACKS / name, None, now).pk, None, now)


def _hint(people: People) -> dict[str, Any]:
    _published()
    return {"hint_id": Hint.objects.get(case=hurt(people)).pk}


def _bulletin(people: People) -> dict[str, Any]:
    _published()
    return {"bulletin_id": Bulletin.objects.get(case=circulated(people).case).pk}


def _report(people: People) -> dict[str, Any]:
    _published()
    return {"pack_id": PACK, "kind": KIND}


def _export(people: People) -> dict[str, Any]:
    return {"form": "csv"}


EXAMPLES = {
    "incidents:again": _hint,
    "incidents:bulletin": _bulletin,
    "incidents:concealed": _hint,
    "incidents:export": _export,
    "incidents:none": _hint,
    "incidents:note": _bulletin,
    "incidents:report": _report,
    "incidents:reported": _hint,
}
