"""A site with a complaint hotline: regulation, people, a token, and complaints of some years.

Run as a module it fills the site of its environment and prints what a program that takes complaints
down has to know.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.case_filling import copy, settle

PACK, KIND = "company-hotline", "complaint"
MATTER = "前台办理退房时迟到，表格两次被退回，无人解释原因。" * 8
_LONG_AGO = "2013-07-01"
_MODELS = 8


def main() -> None:
    """Fill the site and say what was filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    args = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(args.cases)))


def fill(count: int) -> dict[str, Any]:
    """Publish the regulation, make its people, and complaints of former years."""
    from django.db import transaction

    from zhijian.accounts.services import make_token
    from zhijian.organizations.models import Unit

    with transaction.atomic():
        _regulation()
        desk, handler = _person("desk", "working_group"), _person("handler", "leader")
        unit = Unit.objects.create(code="C0", name="示例公司", kind="company")
        _, secret = make_token(user=desk, name="bench", days=1)
        told = {"unit": unit.pk, "handler": str(handler.pk)}
        models = [_taken(desk, told, number) for number in range(_MODELS)]
        copy(models, [unit.pk], count)
        _register(max(each.pk for each in models))
    settle()
    return {"token": secret, **told}


def body(told: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a complaint as a program sends it; every one comes from another phone."""
    facts = {
        "received_at": "2026-01-05T09:30",
        "channel": "投诉热线",
        "content": MATTER,
        "category": "服务态度",
        "phone": f"139{number:08d}",
        "caller": "王女士",
        "handler": told["handler"],
    }
    title = f"投诉 {number}"
    return {"pack": PACK, "kind": KIND, "unit": told["unit"], "title": title, "facts": facts}


def _regulation() -> None:
    """Publish the hotline, where whoever records a complaint may name who handles it.

    So somebody else is told of every complaint, and an intake writes all that an intake can.
    """
    from zhijian.foundation import clock
    from zhijian.packs.services.drafts import load_from_folder
    from zhijian.packs.services.publication import publish

    source = Path(__file__).parents[1] / "packs" / PACK
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / PACK
        for path in source.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            if path.parent.name == "cases":
                text = text.replace("may: [phone,", "may: [handler, phone,", 1)
                text = text.replace("assigns: {owner: actor}", "assigns: {owner: handler}", 1)
            copied = folder / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(text, encoding="utf-8")
        row = load_from_folder(folder, None, clock.now())
    publish(row.pk, None, clock.now())


def _person(name: str, role: str) -> Any:
    from datetime import date

    from zhijian.accounts import services
    from zhijian.accounts.services import NewGrant, NewPerson

    user, _shown = services.create_person(actor=None, person=NewPerson(name, name))
    grant = NewGrant(role, date.fromisoformat(_LONG_AGO))
    services.grant_role(actor=None, user=user, grant=grant)
    return user


def _taken(desk: Any, told: dict[str, Any], number: int) -> Any:
    from zhijian.cases.services import Opening, Taking
    from zhijian.complaints.services import receive
    from zhijian.foundation import clock

    sent = body(told, number)
    taking = Taking("register", sent["facts"])
    opening = Opening(PACK, KIND, taking, sent["unit"], sent["title"])
    return receive(actor=desk, opening=opening, at=clock.now()).case


def _register(after: int) -> None:
    """Write the rows of the register for the cases that were copied."""
    from zhijian.cases.models import Case
    from zhijian.complaints.models import Complaint

    row = Complaint.objects.order_by("pk").first()
    assert row is not None
    told = {each.attname: getattr(row, each.attname) for each in Complaint._meta.concrete_fields}
    del told["id"]
    ids = Case.objects.filter(pk__gt=after).values_list("pk", flat=True)
    rows = (Complaint(**{**told, "case_id": pk, "caller": f"{pk:064x}"}) for pk in ids.iterator())
    Complaint.objects.bulk_create(rows, 2000)


if __name__ == "__main__":
    main()
