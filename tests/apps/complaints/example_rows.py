"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.complaints.hotline import FOLDER, KIND, PACK, office_of
from tests.people import People
from zhijian.complaints.models import Office
from zhijian.foundation import clock
from zhijian.packs import queries as packs
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish


def _published() -> None:
    if packs.pack_in_force(PACK, clock.today()) is None:
        now = clock.now()
        publish(load_from_folder(FOLDER, None, now).pk, None, now)


def _the_office(people: People) -> Office:
    _published()
    return Office.objects.first() or office_of(people)


def _desk(people: People) -> dict[str, Any]:
    _published()
    return {"pack_id": PACK, "kind": KIND}


def _office(people: People) -> dict[str, Any]:
    return {"office_id": _the_office(people).pk}


def _public(people: People) -> dict[str, Any]:
    return {"code": _the_office(people).code}


def _act(people: People) -> dict[str, Any]:
    return {"step": "rate"}


def _export(people: People) -> dict[str, Any]:
    return {"by": "hour", "form": "csv"}


EXAMPLES = {
    "complaints:act": _act,
    "complaints:caller": _desk,
    "complaints:close_office": _office,
    "complaints:desk": _desk,
    "complaints:export": _export,
    "complaints:office": _office,
    "complaints:open_office": _office,
    "complaints:public": _public,
}
