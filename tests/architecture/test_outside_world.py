"""Clock, environment and the tongues of engines are kept in the few places made for them."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / "zhijian"
ENGINES = {"sqlite", "postgresql"}

#: Calls that read the clock, by the last two parts of their names.
CLOCK = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    *("timezone.now", "timezone.localdate", "functions.Now"),
}
#: Calls by which a query leaves the ORM, and the name by which code asks which engine there is.
SQL = {"cursor", "raw", "extra", "execute", "executemany", "RunSQL", "RawSQL"}
ENGINE = "vendor"
#: The whole of what may read the clock, ask the environment, or speak SQL.
MAY_READ_THE_CLOCK = {"foundation/clock.py"}
MAY_ASK_THE_ENVIRONMENT = ("config/", "foundation/")
MAY_SPEAK_SQL = ("foundation/", "config/health.py")
#: Rows that the database itself must guard against change have triggers, in both tongues.
GUARDS = re.compile(r"^\w+/migrations/\d{4}_guard_\w+\.py$")
#: What only one engine can look up quickly has an index there.
INDEXES = re.compile(r"^\w+/migrations/\d{4}_index_\w+\.py$")


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(PROGRAM).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PROGRAM.rglob("*.py"))
    ]


def clock_readings(tree: ast.Module) -> list[str]:
    """Find what reads the clock, also under another name or without a module before it."""
    called = {
        f"{alias.asname or alias.name}": f"{(node.module or '').rpartition('.')[2]}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            parts = ast.unparse(node).split(".")
            name = ".".join([called.get(parts[-2], parts[-2]).rpartition(".")[2], parts[-1]])
        elif isinstance(node, ast.Name):
            name = called.get(node.id, "")
        else:
            continue
        if name in CLOCK:
            found.append(name)
    return found


def names_in(tree: ast.Module) -> set[str]:
    return {
        *(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)),
        *(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)),
    }


def speaks_sql(tree: ast.Module) -> bool:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = {getattr(each, "attr", getattr(each, "id", "")) for each in calls}
    engines = {name for name in imports_of(tree) if name.startswith("django.contrib.postgres")}
    return bool(SQL & called or engines or ENGINE in names_in(tree))


def imports_of(tree: ast.Module) -> set[str]:
    return {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }


def test_one_module_reads_the_clock() -> None:
    found = {where for where, tree in modules() if clock_readings(tree)}

    assert found == MAY_READ_THE_CLOCK


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime\ndatetime.now(UTC)",
        "from datetime import date as day\nday.today()",
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils import timezone\nF = Field(default=timezone.now)",
        "from django.utils.timezone import now\nnow()",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "from django.db.models.functions import Now\nNow()",
    ],
)
def test_a_reading_of_the_clock_is_seen_under_every_name(text: str) -> None:
    assert clock_readings(ast.parse(text))


def test_the_environment_is_asked_by_the_settings_and_whatever_starts_the_program() -> None:
    found = [
        where
        for where, tree in modules()
        if {"environ", "getenv", "Env"} & names_in(tree) | {"environ"} & imports_of(tree)
        if not where.startswith(MAY_ASK_THE_ENVIRONMENT)
    ]

    assert found == []


def test_only_foundation_speaks_sql() -> None:
    found = [
        where
        for where, tree in modules()
        if speaks_sql(tree)
        if not where.startswith(MAY_SPEAK_SQL)
        if not GUARDS.match(where) and not INDEXES.match(where)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with connection.cursor() as cursor:\n    cursor.execute('SELECT 1')", True),
        ("Row.objects.raw('SELECT * FROM row')", True),
        ("Row.objects.extra(where=['a = b'])", True),
        ("operations = [migrations.RunSQL('DROP TABLE row')]", True),
        ("if connection.vendor == 'sqlite':\n    pass", True),
        ("from django.contrib.postgres.fields import ArrayField", True),
        ("Row.objects.filter(a=F('b'))", False),
    ],
)
def test_sql_is_heard_in_every_form(text: str, expected: bool) -> None:
    assert speaks_sql(ast.parse(text)) is expected


def test_a_guard_of_rows_speaks_the_tongue_of_each_engine() -> None:
    guards = {where: tree for where, tree in modules() if GUARDS.match(where)}

    assert guards
    for where, tree in guards.items():
        words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert words >= ENGINES, where
