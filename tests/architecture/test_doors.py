"""A room is entered by its doors: ``services``, ``queries`` and the few others named here.

The order of the rooms and the order inside a room are import contracts (``pyproject.toml``). What
is imported for readers of types alone does not count. Foundation is there for everybody, less its
rows and pages.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from zhijian.config.rooms import ROOMS

PROGRAM = Path(__file__).parents[2] / "zhijian"
#: What every room shows to those above it.
ALWAYS = frozenset({"services", "queries"})
#: What a room shows besides, and why it is neither a service nor a query.
DOORS = {
    "accounts": {
        "access": "guards of pages and of doors for programs",
        "first_pages": "a register: what a person is shown first after signing in",
        "roles": "the names of the roles",
    },
    "organizations": {},
    "packs": {
        "printing": "regulations and workings-out in words",
    },
    "cases": {
        "bearing": "a register: who says what a case counts in and costs",
        "beside": "a register: what other rooms show on the page of a case",
        "documents": "facts as they are kept, and read back",
        "followers": "a register: what follows a step",
        "library": "what many cases rest on, read once",
        "offering": "what forms offer to choose from, and who may open what",
        "refusals": "what stands against a step, each at its place",
        "showing": "facts and clocks of cases in words",
        "step_forms": "forms made from the steps of a regulation",
        "to_domain": "cases as values of the domain",
    },
    "papers": {},
    "intake": {
        "book": "one regulation in one period, as a value",
        "completeness": "which records of a period are lacking, as values",
        "facts": "the measured facts of a period",
        "given": "what cases give, in words",
        "names": "units by their names in records",
        "showing": "records as lines of a table",
        "to_domain": "records as values of the domain",
        "uses": "a register: who says what rests on a record",
    },
    "nonconformities": {},
    "complaints": {},
    "incidents": {},
    "callbacks": {},
    "assessments": {
        "approval": "a register: what happens in the moment of approval",
        "bench_of": "whom an assessment is about",
        "booked": "a register: what the ledger says of decided results",
        "money": "what results come to in money",
        "sheet_page": "a working-out as lines of a page",
        "states": "the states of assessments and objections",
        "words": "how periods and gaps are called",
    },
    "outcomes": {},
    "reports": {},
    "desk": {},
}
#: What the command line uses besides: it works on files, without rows and without Django.
WITHOUT_ROWS = {
    "packs": {"calendars", "deadlines", "files", "folders"},
    "intake": {"workbooks"},
    "assessments": {"documents", "judging"},
    "reports": {"papers"},
}
#: Whatever a table above may say, these are nobody else's.
NEVER = {"models", "forms", "views", "api", "urls", "api_urls"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One room reaches for a part of another."""

    by: str
    where: str
    room: str
    part: str
    inner: str


@cache
def entries() -> list[Entry]:
    return list(_entries())


def _entries() -> Iterator[Entry]:
    rooms = {room.name for room in ROOMS}
    for path in sorted(PROGRAM.rglob("*.py")):
        where = path.relative_to(PROGRAM)
        for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
            _, room, part, inner = (*module.split("."), "", "", "")[:4]
            if module.startswith("zhijian.") and room in rooms and room != where.parts[0]:
                yield Entry(where.parts[0], where.as_posix(), room, part, inner)


def imported(tree: ast.Module) -> Iterator[str]:
    for node in nodes_of_the_program(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def nodes_of_the_program(node: ast.AST) -> Iterator[ast.AST]:
    """Walk everything but what is written for readers of types."""
    yield node
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for child in ast.iter_child_nodes(node):
        yield from nodes_of_the_program(child)


def may_enter(entry: Entry) -> bool:
    if entry.room == "foundation":
        return not {entry.part, entry.inner} & (NEVER - {"api"})
    if entry.part in ALWAYS or entry.part in DOORS[entry.room]:
        return True
    return entry.by == "config" and entry.part in WITHOUT_ROWS.get(entry.room, ())


def test_rooms_are_entered_by_their_doors() -> None:
    assert [entry for entry in entries() if not may_enter(entry)] == []


def test_every_door_is_there_and_is_used() -> None:
    used = {(entry.room, entry.part) for entry in entries()}
    doors = {
        (room, part) for table in (DOORS, WITHOUT_ROWS) for room in table for part in table[room]
    }

    assert doors - used == set()


def test_rows_and_pages_are_nobody_elses() -> None:
    offered = {part for table in (DOORS, WITHOUT_ROWS) for room in table for part in table[room]}

    assert offered & NEVER == set()


def test_every_room_says_what_it_shows_and_has_the_order_of_a_room() -> None:
    rooms = {room.name for room in ROOMS} - {"foundation"}
    told = tomllib.loads((PROGRAM.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    (order,) = (each for each in contracts if "(services)" in each.get("layers", ()))

    assert set(DOORS) == rooms
    assert set(order["containers"]) == {f"zhijian.{room}" for room in rooms}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from zhijian.packs.models import PackVersion", ["zhijian.packs.models.PackVersion"]),
        ("import zhijian.packs.models", ["zhijian.packs.models"]),
        ("def later():\n    from zhijian.packs import forms", ["zhijian.packs.forms"]),
        ("if TYPE_CHECKING:\n    from zhijian.packs.models import PackVersion", []),
    ],
)
def test_an_import_is_seen_wherever_it_stands(text: str, expected: list[str]) -> None:
    assert list(imported(ast.parse(text))) == expected
