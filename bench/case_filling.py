"""A site with very many cases: a few are opened as people open them, the others copy these.

Run as a module it fills the site of its environment and prints some numbers of cases.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from bench.filling import PASSWORD

SEED = 20240101
PACK, KIND = "nonconformity-hotel", "guest_complaint"
_UNITS, _OPENED = 300, 8
_LONG_AGO = date(2013, 7, 1)
#: Words of which titles are made; the rare ones stand in few of them.
WORDS = [
    "大堂",
    "客房",
    "餐厅",
    "前台",
    "电梯",
    "空调",
    "噪音",
    "卫生",
    "早餐",
    "退房",
    "发票",
    "押金",
    "态度",
    "等候",
    "预订",
    "停车",
    "行李",
    "洗衣",
    "网络",
    "热水",
    "门锁",
    "灯光",
    "地毯",
    "毛巾",
    "异味",
    "投诉",
    "不合格",
    "未解释",
    "多收费",
    "时间过长",
    "未回复",
    "被占用",
    "无人处理",
    "再次发生",
]
RARE = ["泳池", "健身房", "婚宴", "会议室", "轮椅", "宠物", "儿童椅", "过敏", "失窃", "漏水"]


def main() -> None:
    """Fill the site and say what was filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    args = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(args.cases)))


def fill(count: int) -> dict[str, list[int]]:
    """Write regulation, people and units, open a few cases and copy them; return their numbers."""
    from django.db import connection, transaction

    with transaction.atomic():
        units, actor = _office()
        models = [_open(actor, unit) for unit in units[:_OPENED]]
        _copy(models, units, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"opened": [case.pk for case in models]}


def _office() -> tuple[list[int], Any]:
    from zhijian.accounts import roles, services
    from zhijian.accounts.services import NewGrant, NewPerson
    from zhijian.foundation import clock
    from zhijian.organizations.models import Unit
    from zhijian.packs.services.drafts import load_from_folder
    from zhijian.packs.services.publication import publish

    now = clock.now()
    folder = Path(__file__).parents[1] / "packs" / PACK
    publish(load_from_folder(folder, None, now).pk, None, now)
    user, _shown = services.create_person(
        actor=None, person=NewPerson("group", "group"), password=PASSWORD
    )
    services.grant_role(actor=None, user=user, grant=NewGrant(roles.LEADER, _LONG_AGO))
    rows = Unit.objects.bulk_create(
        Unit(code=f"H{each:04d}", name=f"酒店{each:04d}", kind="department")
        for each in range(1, _UNITS + 1)
    )
    return [row.pk for row in rows], user


def _open(actor: Any, unit_id: int) -> Any:
    """Open a case through the only door, as a person does."""
    from zhijian.cases import services
    from zhijian.cases.services import Opening, Taking
    from zhijian.foundation import clock

    now = clock.now()
    received = clock.day_of(now).isoformat() + "T00:00"
    facts = {"received_at": received, "matter": "客房空调不制冷，前台无人处理", "guest": "王女士"}
    opening = Opening(PACK, KIND, Taking("take", facts), unit_id, "客房空调不制冷")
    return services.open_case(actor=actor, opening=opening, at=now)


def _copy(models: list[Any], units: list[int], count: int) -> None:
    """Write copies of the cases, each with its first event and its clocks."""
    from zhijian.cases.models import Case, CaseClock, CaseEvent

    first = max(case.pk for case in models) + 1
    events = {case.pk: case.events.get(seq=1) for case in models}
    clocks = {case.pk: list(case.clocks.all()) for case in models}
    serial = max(case.serial for case in models)
    _write(Case, _cases(models, units, range(first, first + count), serial))
    chosen = [(first + each, models[each % len(models)].pk) for each in range(count)]
    _write(CaseEvent, (_told(events[model], case=pk) for pk, model in chosen))
    _write(CaseClock, (_told(own, case=pk) for pk, model in chosen for own in clocks[model]))


def _cases(
    models: list[Any], units: list[int], keys: range, serial: int
) -> Iterator[dict[str, Any]]:
    chance = random.Random(SEED)
    start = datetime(2022, 1, 1, tzinfo=UTC)
    for place, pk in enumerate(keys):
        row = _told(models[place % len(models)], id=pk)
        opened = start + timedelta(seconds=chance.randrange(86_400 * 900))
        due = opened + timedelta(hours=24)
        row["serial"] = serial + 1 + place
        row["number"] = f"{row['prefix']}{row['year']}-{row['serial']:04d}"
        row["unit"], row["title"] = chance.choice(units), title(chance)
        row["opened_at"] = row["since"] = opened
        row["due_at"] = row["sorts_at"] = due
        row["is_confidential"] = chance.random() < 0.02
        # Nine of ten have ended, as after some years.
        if chance.random() < 0.9:
            row["state"], row["ends"] = "closed", "closed"
        elif chance.random() < 0.5:
            row["owner"] = None
        yield row


def title(chance: random.Random) -> str:
    """Return a title as people write them; one in five thousand names something rare."""
    words = chance.sample(WORDS, 3)
    if chance.random() < 1 / 500:
        words[1] = chance.choice(RARE)
    return f"{chance.randrange(1, 2000)}号{''.join(words)}"


def _told(row: Any, **changed: Any) -> dict[str, Any]:
    fields = row._meta.concrete_fields
    told = {each.name: getattr(row, each.attname) for each in fields if not each.primary_key}
    # Numbers of a key are asked for once in the whole table.
    return {**told, **({"key": None} if "key" in told else {}), **changed}


def _write(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows by the shortest way each engine has."""
    from django.db import connection

    named = {each.name: each for each in model._meta.concrete_fields}
    rows = iter(rows)
    head = next(rows)
    columns = ", ".join(f'"{named[name].column}"' for name in head)

    def prepared(row: dict[str, Any]) -> list[Any]:
        return [named[name].get_db_prep_save(value, connection) for name, value in row.items()]

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            table = model._meta.db_table
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
                for row in chain([head], rows):
                    stream.write_row(prepared(row))
            kept = f"pg_get_serial_sequence('{table}', 'id')"
            cursor.execute(f"SELECT setval({kept}, (SELECT max(id) FROM {table}))")
            return
        marks = ", ".join("?" for _each in head)
        raw = cursor.cursor.connection
        statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})"
        raw.executemany(statement, (prepared(row) for row in chain([head], rows)))


if __name__ == "__main__":
    main()
