"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.apps.callbacks.ledger_cases import CALLS, MORNING, PACKS, call, customer, of
from tests.people import People
from zhijian.callbacks import services
from zhijian.callbacks.models import CallBack, Check, Exclusion
from zhijian.callbacks.services import Asked
from zhijian.foundation import clock
from zhijian.packs import queries as packs
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish


def _published() -> None:
    name = CALLS.partition(":")[0]
    if packs.pack_in_force(name, MORNING.date()) is None:
        now = clock.now()
        publish(load_from_folder(PACKS / name, None, now).pk, None, now)


def _row(people: People) -> CallBack:
    """A call that the clerk is to make to a customer of the department."""
    _published()
    return CallBack.objects.first() or of(customer(people, 1, people.clerk))


def _call_back(people: People) -> dict[str, Any]:
    return {"call_back_id": _row(people).pk}


def _check(people: People) -> Check:
    row = _row(people)
    if not Check.objects.exists():
        call(people.clerk, row, "reached", service="满意", opinion="通过。")
        day = MORNING.date()
        asked = Asked(CALLS, "phone", people.unit.pk, day, day)
        at = MORNING + timedelta(hours=3)
        services.draw_checks(actor=people.working_group, asked=asked, at=at)
    return Check.objects.get()


def _exclusion(people: People) -> dict[str, Any]:
    _published()
    if not Exclusion.objects.exists():
        row = of(customer(people, 2, people.clerk))
        services.ask_exclusion(actor=people.clerk, call_back_id=row.pk, reason="已搬离", at=MORNING)
    return {"exclusion_id": Exclusion.objects.get().pk}


def _draw(people: People) -> dict[str, Any]:
    return {"draw_id": _check(people).draw_id}


EXAMPLES = {
    "api-call-back-attempts": _call_back,
    "callbacks:attempt": _call_back,
    "callbacks:call_back": _call_back,
    "callbacks:check": lambda people: {"check_id": _check(people).pk},
    "callbacks:correct": _call_back,
    "callbacks:decide": _exclusion,
    "callbacks:draw": _draw,
    "callbacks:exclude": _call_back,
    "callbacks:export": lambda _people: {"by": "day", "form": "csv"},
    "callbacks:export_draw": lambda people: {**_draw(people), "form": "csv"},
    "callbacks:ledger": lambda _people: {"by": "day"},
    "callbacks:reveal": _call_back,
}
