"""The rows behind a figure: score sheets, or records of the kind it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.domain.dates.period import Period
from zhijian.intake import queries as intake
from zhijian.intake.showing import Lines
from zhijian.intake.to_domain import Rows
from zhijian.packs import queries as packs
from zhijian.reports.papers.speech import Speech

_COUNTED = ("satisfaction", "complaints", "call_backs", "records")


@dataclass(frozen=True, slots=True)
class Table:
    """A figure as headings and cells."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def records_behind(
    assessment: Any, data: Mapping[str, Any], block: Mapping[str, Any]
) -> Lines | None:
    """Return the records a figure counts; nothing for one that is made from score sheets."""
    kinds = packs.typed(assessment.pack_version_id).kinds
    name = block.get("of", "")
    if block.get("show") not in _COUNTED or name not in kinds:
        return None
    period = Period.parse(assessment.period)
    rows = intake.records(assessment.pack_id, period, [name])
    return Lines(kinds[name], Rows(rows, kinds[name]))


def sheets_behind(data: Mapping[str, Any], block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the results a figure is made from."""
    if block.get("show") in _COUNTED:
        return []
    return [each for each in data["results"] if each.get("sheet_id")]


def as_table(block: Mapping[str, Any], speech: Speech) -> Table:
    """Return what a figure shows as a table."""
    return _TABLES[block["kind"]](block, speech)


def _table(block: Mapping[str, Any], speech: Speech) -> Table:
    headings = tuple(each["title"] for each in block["columns"])
    return Table(headings, tuple(tuple(map(_text, row)) for row in block["rows"]))


def _axis(block: Mapping[str, Any], speech: Speech) -> Table:
    series = block["series"]
    lines = tuple(
        (name, *(_text(each["values"][place]) for each in series))
        for place, name in enumerate(block["categories"])
    )
    return Table(("", *(each["name"] for each in series)), lines)


def _pareto(block: Mapping[str, Any], speech: Speech) -> Table:
    lines = tuple((each["name"], each["value"], f"{each['share']} %") for each in block["items"])
    return Table(("", block["unit"], speech.say("cumulated")), lines)


def _heat(block: Mapping[str, Any], speech: Speech) -> Table:
    lines = tuple((each["name"], *map(_text, each["values"])) for each in block["rows"])
    return Table(("", *block["columns"]), lines)


def _working(block: Mapping[str, Any], speech: Speech) -> Table:
    lines = tuple(
        ("\u3000" * each["depth"] + each["title"], each["value"], each["how"], each["cites"])
        for each in block["lines"]
    )
    heads = tuple(speech.say(name) for name in ("item", "value", "how", "cites"))
    return Table(heads, lines)


def _text(cell: Any) -> str:
    if cell is None:
        return "—"
    return str(cell["text"]) if isinstance(cell, Mapping) else str(cell)


_TABLES = {
    "table": _table,
    "bars": _axis,
    "lines": _axis,
    "pareto": _pareto,
    "heat": _heat,
    "working": _working,
}
