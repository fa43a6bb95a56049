"""The figures of a report, each made from plain data as a block that a template draws.

``data`` is what the command line prints as JSON (``pack``, ``period``, ``results``, ``problems``),
enriched where more is known: the ``shape`` of the scheme, titles of parts, proposals, ``earlier``
results, ``records``. Figures travel as exact text; adding up is done with decimals, never with
binary fractions.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from zhijian.domain.scoring.direction import LOWER
from zhijian.reports.papers import amounts, cells
from zhijian.reports.papers.blocks import (
    Block,
    Data,
    axis_of,
    bars,
    better_of,
    column,
    ranked,
    scale_of,
    short,
    table,
)
from zhijian.reports.papers.counts import counted, satisfaction
from zhijian.reports.papers.findings import missing, money, unconfirmed
from zhijian.reports.papers.measures import measures
from zhijian.reports.papers.speech import Speech

Made = list[Block]

MOST_LINES = 12
_RIGHT, _CENTRE = "right", "center"


def results(data: Data, figure: Data) -> Made:
    """Scores and grades as a table, best first; money where the regulation knows any."""
    speech = Speech.of(data)
    has_money = any(amounts.has_money(each) for each in data["results"])
    rows = [
        [
            str(rank),
            cells.unit(each),
            cells.score(each),
            cells.grade(each, speech),
            *([cells.money(each, speech)] if has_money else []),
        ]
        for rank, each in enumerate(ranked(data), start=1)
    ]
    columns = [
        column(speech.say("rank"), _CENTRE),
        column(speech.say("unit"), width="1"),
        column(speech.say("score"), _RIGHT),
        column(speech.say("grade"), _CENTRE),
        *([column(speech.say("amount"), _RIGHT)] if has_money else []),
    ]
    return [table(figure, columns, rows)]


def components(data: Data, figure: Data) -> Made:
    """The matrix of units and parts in colour, with the weights."""
    speech = Speech.of(data)
    titles = cells.part_titles(data, speech)
    if not titles:
        return [table(figure, [], [])]
    rows = [
        {
            "name": each["unit"],
            "values": [short(cells.by_id(each).get(name)) for name in titles]
            + [short(each.get("score"))],
        }
        for each in ranked(data)
    ]
    parts = [better_of(data, name) for name in titles]
    exact = (score for each in data["results"] for score in cells.by_id(each).values())
    long = any(short(score) != score for score in exact)
    block = {
        "kind": "heat",
        "title": figure["title"],
        "columns": [*titles.values(), speech.say("score")],
        "rows": rows,
        "falls": [each == LOWER for each in (*parts, better_of(data))],
    }
    return [{**block, "note": speech.say("two_places") if long else ""}]


def ranking(data: Data, figure: Data) -> Made:
    """Bars of the scores, best first."""
    scored = [each for each in ranked(data) if each.get("score") is not None]
    values = [(each["unit"], each["score"]) for each in scored]
    axis = axis_of(data, (score for _unit, score in values))
    return [bars(figure, values, axis, Speech.of(data))]


def trend(data: Data, figure: Data) -> Made:
    """Lines over the earlier periods up to this one, and the same as a table."""
    speech = Speech.of(data)
    if not data.get("earlier"):
        return [table(figure, [], [], empty=speech.say("no_earlier"))]
    now = {each["unit"]: each.get("score") for each in data["results"]}
    periods = [*data["earlier"], {"period": data["period"], "scores": now}]
    units = [each["unit"] for each in ranked(data)]
    names = [each["period"] for each in periods]
    series = [
        {"name": unit, "values": [each["scores"].get(unit) for each in periods]} for unit in units
    ]
    rows = [
        [unit, *(value or "—" for value in line["values"]), _change(line["values"])]
        for unit, line in zip(units, series, strict=True)
    ]
    columns = [
        column(speech.say("unit"), width="1"),
        *(column(name, _RIGHT) for name in names),
        column(speech.say("change"), _RIGHT),
    ]
    made = table(figure, columns, rows)
    if len(units) > MOST_LINES:
        return [made]
    low, high = axis_of(data, (each for line in series for each in line["values"] if each))
    picture = {
        "kind": "lines",
        "title": figure["title"],
        "categories": names,
        "series": series,
        "low": low,
        "high": high,
    }
    return [picture, {**made, "title": speech.say("data_of", title=figure["title"])}]


def pareto(data: Data, figure: Data) -> Made:
    """Where points were lost: per part over all units, largest first."""
    speech = Speech.of(data)
    losses = lost_points(data)
    total = sum(losses.values(), Decimal(0))
    items, running = [], Decimal(0)
    for name, lost in sorted(losses.items(), key=lambda each: (-each[1], each[0])):
        running += lost
        share = (running * 100 / total).quantize(Decimal("0.1"))
        items.append({"name": name, "value": _plain(lost), "share": str(share)})
    if not items:
        return [table(figure, [], [], empty=speech.say("nothing_lost"))]
    best = scale_of(data)[better_of(data) != LOWER]
    own = {"kind": "pareto", "title": figure["title"], "items": items}
    return [{**own, "unit": speech.say("lost_points"), "note": speech.say("lost_note", best=best)}]


def lost_points(data: Data) -> dict[str, Decimal]:
    """Return the weighted points each part cost, added over the units.

    What is lost is the distance to the better end of the scale.
    """
    titles, losses = cells.part_titles(data, Speech.of(data)), dict[str, Decimal]()
    low, high = scale_of(data)
    for result in data["results"]:
        for each in result.get("components", ()):
            if each.get("score") is None or not each.get("weight"):
                continue
            score = Decimal(each["score"])
            away = score - low if better_of(data, each["id"]) == LOWER else high - score
            lost = away * Decimal(each["weight"]) / 100
            losses[titles[each["id"]]] = losses.get(titles[each["id"]], Decimal(0)) + lost
    return {name: lost for name, lost in losses.items() if lost > 0}


def _change(values: list[str | None]) -> str:
    if len(values) < 2 or values[-1] is None or values[-2] is None:
        return "—"
    return f"{Decimal(values[-1]) - Decimal(values[-2]):+f}"


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')):f}"


FIGURES: dict[str, Callable[[Data, Data], Made]] = {
    "results": results,
    "components": components,
    "measures": measures,
    "ranking": ranking,
    "trend": trend,
    "money": money,
    "records": counted,
    "satisfaction": satisfaction,
    "complaints": counted,
    "call_backs": counted,
    "pareto": pareto,
    "missing": missing,
    "unconfirmed": unconfirmed,
}
