"""A site with very many cases: a few are opened as people open them, the others copy these.

Run as a module it fills the site of its environment and prints some numbers of cases. What differs
between two copies is written to a table of this connection; the engine then makes the rows from
it and from the models, while the indexes are away.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
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

#: What differs between copies, by the field of the case; the model is what they copy.
_OWN = (
    "id", "serial", "number", "title", "unit", "state", "ends", "opened_at", "since", "due_at",
    "sorts_at", "is_confidential",
)  # fmt: skip


def main() -> None:
    """Fill the site and say what was filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--running", action="store_true", help="all are open, none is due")
    args = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(args.cases, is_running=args.running)))


def fill(count: int, *, is_running: bool = False) -> dict[str, list[int]]:
    """Write regulation, people and units, open a few cases and copy them; return their numbers."""
    from django.db import transaction

    with transaction.atomic():
        units, actor = _office()
        models = [_open(actor, unit) for unit in units[:_OPENED]]
        copy(models, units, count, is_running=is_running)
    settle()
    return {"opened": [case.pk for case in models]}


def settle() -> None:
    """Let the engine look at what there is now, as it does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM")
        cursor.execute("ANALYZE")


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


def copy(models: list[Any], units: list[int], count: int, *, is_running: bool = False) -> None:
    """Write copies of the cases, each with its first event and its clocks.

    They are some years old and nine of ten have ended, or all of them run still and none is due.
    """
    from django.db import connection

    from zhijian.cases.models import Case, CaseClock, CaseEvent, CaseText
    from zhijian.foundation.numbering.models import NumberSeries

    named = {each.name: each for each in Case._meta.concrete_fields}
    columns = ["model", *(named[name].column for name in _OWN), "owned", "told"]
    types = ["bigint", *(str(named[name].db_type(connection)) for name in _OWN), "boolean", "text"]
    types[1] = "bigint"
    copied = (Case, CaseEvent, CaseClock, CaseText)
    with connection.cursor() as cursor, _indexes_away(cursor, *copied):
        pairs = ", ".join(f"{name} {kind}" for name, kind in zip(columns, types, strict=True))
        cursor.execute(f"CREATE TEMP TABLE copies ({pairs})")
        _write(cursor, columns, _rows(models, units, count, is_running=is_running))
        taken = {name: f"copies.{named[name].column}" for name in _OWN}
        owner = "CASE WHEN copies.owned THEN kept.owner_id END"
        _copied(cursor, Case, "id", {**taken, "owner": owner})
        case = {"case": "copies.id"}
        _copied(cursor, CaseEvent, "case_id", {**case, "key": "NULL"}, but="id")
        moved = {"due_at": "copies.due_at"} if is_running else {}
        _copied(cursor, CaseClock, "case_id", {**case, **moved}, but="id")
        text = "copies.title || ' ' || copies.told"
        _copied(cursor, CaseText, "case_id", {**case, "text": text}, but="id")
        cursor.execute("DROP TABLE copies")
    last = models[-1]
    serial = max(each.serial for each in models) + count
    NumberSeries.objects.filter(kind=f"cases.{last.prefix}", year=last.year).update(last=serial)


def _rows(
    models: list[Any], units: list[int], count: int, *, is_running: bool
) -> Iterator[tuple[object, ...]]:
    """Yield what differs between copies, in the order of the columns."""
    from django.db import connection

    chance = random.Random(SEED)
    moment = connection.ops.adapt_datetimefield_value
    start = models[-1].opened_at if is_running else datetime(2022, 1, 1, tzinfo=UTC)
    first = max(case.pk for case in models) + 1
    serial = max(case.serial for case in models) + 1
    for place in range(count):
        model = models[place % len(models)]
        opened = start + timedelta(seconds=0 if is_running else chance.randrange(86_400 * 900))
        at, due = moment(opened), moment(opened + timedelta(hours=24))
        number = f"{model.prefix}{model.year}-{serial + place:04d}"
        # Nine of ten have ended, as after some years.
        ended = not is_running and chance.random() < 0.9
        state, ends = ("closed", "closed") if ended else (model.state, model.ends)
        owned = ended or chance.random() < 0.5
        yield (
            model.pk, first + place, serial + place, number, title(chance), chance.choice(units),
            state, ends, at, at, due, due, chance.random() < 0.02, owned, account(chance),
        )  # fmt: skip


def title(chance: random.Random) -> str:
    """Return a title as people write them; one in five thousand names something rare."""
    words = chance.sample(WORDS, 3)
    if chance.random() < 1 / 500:
        words[1] = chance.choice(RARE)
    return f"{chance.randrange(1, 2000)}号{''.join(words)}"


def account(chance: random.Random) -> str:
    """Return what a guest tells: four times as long as a title, and as seldom something rare."""
    return f"客人说：{title(chance)}，{title(chance)}；经理到场时{title(chance)}。"


def _write(cursor: Any, columns: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY copies ({', '.join(columns)}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
        cursor.execute("ANALYZE copies")
        return
    marks = ", ".join("?" for _each in columns)
    cursor.cursor.connection.executemany(f"INSERT INTO copies VALUES ({marks})", rows)


def _copied(cursor: Any, model: Any, by: str, told: dict[str, str], but: str = "") -> None:
    """Copy the rows of the models, field by field; ``told`` has those that differ."""
    from django.db import connection

    fields = [each for each in model._meta.concrete_fields if each.name != but]
    columns = ", ".join(f'"{each.column}"' for each in fields)
    values = ", ".join(told.get(each.name, f'kept."{each.column}"') for each in fields)
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM copies "
        f"JOIN {table} kept ON kept.{by} = copies.model ORDER BY copies.id"
    )
    if connection.vendor == "postgresql":
        kept = f"pg_get_serial_sequence('{table}', 'id')"
        cursor.execute(f"SELECT setval({kept}, (SELECT max(id) FROM {table}))")


@contextmanager
def _indexes_away(cursor: Any, *models: Any) -> Iterator[None]:
    """Take the indexes away and make them anew afterwards: once is much quicker than row by row.

    Those of unique columns stay.
    """
    from django.db import connection

    tables = [each._meta.db_table for each in models]
    marks = ", ".join("%s" for _each in tables)
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        # What is copied refers to what the models refer to: millions of looks would find nothing.
        _set_triggers(cursor, "replica")
        found = f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({marks})"
        cursor.execute(f"{found} AND indexdef NOT LIKE 'CREATE UNIQUE%%'", tables)
    else:
        found = (
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({marks})"
        )
        cursor.execute(f"{found} AND sql LIKE 'CREATE INDEX%%'", tables)
    away = cursor.fetchall()
    for name, _sql in away:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _set_triggers(cursor, "origin")
    for _name, made in away:
        cursor.execute(made)


def _set_triggers(cursor: Any, role: str) -> None:
    """Let triggers rest, or wake them, where this connection may say so."""
    cursor.execute("SELECT current_setting('is_superuser')")
    if cursor.fetchone() == ("on",):
        cursor.execute(f"SET LOCAL session_replication_role = {role}")


if __name__ == "__main__":
    main()
