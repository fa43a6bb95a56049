"""A site with very many units and the records of one quarter: the same rows for the same numbers.

Run as a module it fills the site of its environment and prints the id of the open assessment.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

SEED = 20240101
PACK = "quarterly-service-quality"
SCHEME, PERIOD = "department", "2024Q1"
PASSWORD = "zhi-jian-liu-cheng-2024"
#: Records of each kind for one unit; questionnaires fill up to the number that is asked for.
EACH = {"complaint": 300, "direct_deduction": 90, "call_back_finding": 5}
_MONTHS = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
_LONG_AGO = date(2013, 7, 1)
_FIXED = len(_MONTHS) + 2
SLOTS = (*(f"n{each}" for each in range(1, 9)), *(f"t{each}" for each in range(1, 5)))
COLUMNS = (
    "pack_id", "kind", "month", "unit_id", "on", "day", *SLOTS, "unique_key", "source",
    "entered_at", "void_reason", "note", "values",
)  # fmt: skip


def main() -> None:
    """Fill the site and say what was filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    args = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(args.units, args.records // args.units)))


def fill(units: int, each: int) -> dict[str, int]:
    """Write regulation, people, units and records; open the assessment."""
    from django.db import connection, transaction

    from zhijian.assessments.services import opening
    from zhijian.domain.dates.period import Period
    from zhijian.intake.book import Book
    from zhijian.packs import queries as packs

    with transaction.atomic():
        version_id = _regulation()
        actor = _people()
        names = _units(units)
        book = Book(packs.typed(version_id), Period.parse(PERIOD))
        written = _write(book, _records(names, each))
        assessment = opening.open_period(actor=actor, pack_id=PACK, scheme=SCHEME, period=PERIOD)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"assessment": assessment.pk, "records": written}


def _regulation() -> int:
    """Publish the sample regulation for whoever subscribes, not for its seven departments.

    Its examples of entries stay out: the departments that they name would be unknown.
    """
    from zhijian.foundation import clock
    from zhijian.packs.services.drafts import load_from_folder
    from zhijian.packs.services.publication import publish

    source = Path(__file__).parents[1] / "packs" / PACK
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / PACK
        for path in source.rglob("*.yaml"):
            if path.name.startswith("entry"):
                continue
            text = path.read_text(encoding="utf-8")
            if path.name == "pack.yaml":
                lines = text.splitlines(keepends=True)
                text = "".join(line for line in lines if not line.startswith("units:"))
            copy = folder / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
        row = load_from_folder(folder, None, clock.now())
    return publish(row.pk, None, clock.now()).pk


def _people() -> Any:
    """One person of the working group, and one of the committee."""
    from zhijian.accounts import roles, services
    from zhijian.accounts.services import NewGrant, NewPerson

    made = []
    for name, role in (("group", roles.WORKING_GROUP), ("committee", roles.COMMITTEE)):
        user, _shown = services.create_person(
            actor=None, person=NewPerson(name, name), password=PASSWORD
        )
        services.grant_role(actor=None, user=user, grant=NewGrant(role, _LONG_AGO))
        made.append(user)
    return made[0]


def _units(count: int) -> dict[str, int]:
    from zhijian.organizations.models import Unit
    from zhijian.packs.models import Subscription

    top = Unit.objects.create(code="C0", name="示例公司", kind="company")
    rows = Unit.objects.bulk_create(
        Unit(code=f"U{each:05d}", name=f"单位{each:05d}", kind="department", parent=top)
        for each in range(1, count + 1)
    )
    Subscription.objects.bulk_create(
        Subscription(unit=row, pack_id=PACK, obligation="must", starts=_LONG_AGO) for row in rows
    )
    return {row.name: row.pk for row in rows}


Told = tuple[str, str, date, dict[str, Any]]


def _records(units: dict[str, int], each: int) -> Iterator[Told]:
    """Yield kind, unit, day and values, every kind in no order of units."""
    chance = random.Random(SEED)
    names = sorted(units)
    yield from _once_each(chance, names)
    customers = [f"客户{number:04d}" for number in range(each - _FIXED - sum(EACH.values()))]
    for customer in customers:
        yield "key_customer", "", _MONTHS[0], {"name": customer}
    for customer in customers:
        for name in _shuffled(chance, names):
            values = {"customer": customer, "score": _tenths(chance, 850, 1000)}
            yield "questionnaire", name, _day(chance), values
    for kind, count in EACH.items():
        for number in range(count):
            for name in _shuffled(chance, names):
                yield kind, name, _day(chance), _found(kind, chance, f"{name}-{number}")


def _once_each(chance: random.Random, names: list[str]) -> Iterator[Told]:
    for month in _MONTHS:
        for name in _shuffled(chance, names):
            yield "self_check", name, month, {"score": _tenths(chance, 900, 1000)}
    for name in _shuffled(chance, names):
        yield "office_sample", name, _MONTHS[1], {"score": _tenths(chance, 880, 1000)}
        yield "register_check", name, date(2024, 3, 31), {"complete": "齐全", "checked_by": "王"}


def _found(kind: str, chance: random.Random, number: str) -> dict[str, Any]:
    if kind == "complaint":
        validity = "有效" if chance.random() < 0.01 else "无效"
        return {"number": number, "customer": "甲", "content": "送货迟到", "validity": validity}
    if kind == "direct_deduction":
        return {"points": Fraction(chance.randrange(1, 10), 100), "proof": "主业通报"}
    return {"problem": "记录不全", "points": _tenths(chance, 5, 10), "reason": "缺签字"}


def _shuffled(chance: random.Random, names: list[str]) -> list[str]:
    return chance.sample(names, len(names))


def _tenths(chance: random.Random, first: int, last: int) -> Fraction:
    return Fraction(chance.randrange(first, last + 1), 10)


def _day(chance: random.Random) -> date:
    return date.fromordinal(date(2024, 1, 1).toordinal() + chance.randrange(91))


def _write(book: Any, records: Iterable[Told]) -> int:
    """Write the rows that importing would write, by the shortest way each engine has."""
    from django.db import connection

    rows = _rows(book, records)
    if connection.vendor == "postgresql":
        names = ", ".join(f'"{each}"' for each in COLUMNS)
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY intake_record ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
            return int(cursor.rowcount)
    names = ", ".join(f'"{each}"' for each in COLUMNS)
    marks = ", ".join("?" for _each in COLUMNS)
    with connection.cursor() as cursor:
        raw = cursor.cursor.connection
        done = raw.executemany(f"INSERT INTO intake_record ({names}) VALUES ({marks})", rows)
    return int(done.rowcount)


def _rows(book: Any, records: Iterable[Told]) -> Iterator[tuple[Any, ...]]:
    """Ask everything of the database now: the iterator runs while it is busy writing."""
    from zhijian.foundation import clock
    from zhijian.intake.names import UnitNames
    from zhijian.intake.services.rows import Origin, Rows

    now = clock.now()
    rows = Rows(book, Origin("sample", None, now))
    slots = {kind.id: rows.slots(kind) for kind in book.pack.kinds.values()}
    at = now.strftime("%Y-%m-%d %H:%M:%S+00:00")
    names = UnitNames.load()

    def built() -> Iterator[tuple[Any, ...]]:
        for kind, unit, on, values in records:
            yield _row(book, rows.keys, slots[kind], (kind, names.id(unit), on, values, at))

    return built()


def _row(
    book: Any, keys: Any, slots: Any, told: tuple[str, int | None, date, dict[str, Any], str]
) -> tuple[Any, ...]:
    from zhijian.domain.records.record import Record
    from zhijian.intake.comparing import texts_of

    kind, unit_id, on, values, at = told
    lying = {slot.column: slot.encode(values.get(name)) for name, slot in slots.items()}
    key = keys.of(book.kind(kind), Record("", kind, "", on, values), unit_id)
    month = on.year * 100 + on.month
    return (
        book.pack_id, kind, month, unit_id, on.isoformat(), on.toordinal(),
        *(lying.get(each) for each in SLOTS), key, "sample", at, "", "",
        json.dumps(texts_of(values), ensure_ascii=False),
    )  # fmt: skip


if __name__ == "__main__":
    main()
