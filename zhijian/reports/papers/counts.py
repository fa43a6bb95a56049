"""Figures made from counted records: questionnaires, complaints, and whatever else is counted."""

from __future__ import annotations

from zhijian.reports.papers.blocks import (
    Block,
    Data,
    at_least_hundred,
    bars,
    column,
    just_below,
    table,
)
from zhijian.reports.papers.speech import Speech

_RIGHT = "right"


def satisfaction(data: Data, figure: Data) -> list[Block]:
    """Mean scores of the questionnaires by unit, with their number and spread."""
    kind, speech = _records(data, figure), Speech.of(data)
    rows = [
        [unit, str(each["count"]), each.get("mean"), each.get("lowest"), each.get("highest")]
        for unit, each in kind.get("units", {}).items()
        if each["count"]
    ]
    columns = [
        column(speech.say("unit"), width="1"),
        *(column(speech.say(name), _RIGHT) for name in ("forms", "mean", "lowest", "highest")),
    ]
    made = table(figure, columns, rows)
    known = [(row[0], row[2]) for row in rows if row[2] is not None]
    if not known:
        return [made]
    means = [value for _name, value in known]
    axis = (just_below(means), at_least_hundred(means))
    title = speech.say("data_of", title=figure["title"])
    return [bars(figure, known, axis, speech), {**made, "title": title}]


def counted(data: Data, figure: Data) -> list[Block]:
    """How many records of a kind each unit has, by the values of one field."""
    kind, speech = _records(data, figure), Speech.of(data)
    values, units = kind.get("values", []), kind.get("units", {})
    rows = [
        [unit, *(str(each["by"].get(value, 0)) for value in values), str(each["count"])]
        for unit, each in units.items()
    ]
    totals = [str(sum(each["by"].get(value, 0) for each in units.values())) for value in values]
    columns = [
        column(speech.say("unit"), width="1"),
        *(column(speech.told(value), _RIGHT) for value in values),
        column(speech.say("sum"), _RIGHT),
    ]
    made = table(figure, columns, rows)
    if rows:
        whole = sum(each["count"] for each in units.values())
        made["foot"] = [speech.say("sum"), *totals, str(whole)]
    return [made]


def _records(data: Data, figure: Data) -> Data:
    return data.get("records", {}).get(figure.get("kind", ""), {})
