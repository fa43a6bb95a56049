"""What figures are made of: tables, bars, and how scores are written on an axis and in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhijian.domain.exact import plain, rounded
from zhijian.domain.scoring.direction import LOWER
from zhijian.reports.papers.speech import Speech

Data = Mapping[str, Any]
Block = dict[str, Any]

#: A picture with more bars than this says less than its table; the table always holds all.
MOST_BARS = 40
_LEFT = "left"
_PLACES = 2


def column(title: str, align: str = _LEFT, width: str = "auto") -> dict[str, str]:
    """Return a column of a table."""
    return {"title": title, "align": align, "width": width}


def table(
    figure: Data, columns: list[dict[str, str]], rows: list[list[Any]], empty: str = ""
) -> Block:
    """Return a table; an empty one says ``empty``, or that there are no records."""
    return {
        "kind": "table",
        "title": figure["title"],
        "columns": columns,
        "rows": rows,
        "empty": empty,
    }


def bars(
    figure: Data, values: list[tuple[str, str]], axis: tuple[str, str], speech: Speech
) -> Block:
    """Return bars of named values; a very long list is cut, and says so."""
    low, high = axis
    block: Block = {
        "kind": "bars",
        "title": figure["title"],
        "categories": [name for name, _value in values[:MOST_BARS]],
        "series": [
            {"name": figure["title"], "values": [value for _n, value in values[:MOST_BARS]]}
        ],
        "low": low,
        "high": high,
    }
    notes = [speech.say("axis_from", low=low)] if low != "0" else []
    if len(values) > MOST_BARS:
        notes.append(speech.say("bars_cut", count=len(values), most=MOST_BARS))
    return {**block, "note": "".join(notes)}


def ranked(data: Data) -> list[Data]:
    """Return the results best first, as the scheme says; units without a score stand last."""
    sign = 1 if better_of(data) == LOWER else -1
    return sorted(
        data["results"],
        key=lambda each: (
            each.get("score") is None,
            sign * Decimal(each["score"]) if each.get("score") is not None else Decimal(0),
        ),
    )


def better_of(data: Data, part: str = "") -> str:
    """Tell which end of the scores is the better one, of the whole or of a part."""
    shape = data.get("shape", {})
    own = {each["id"]: each["better"] for each in shape.get("parts", ())}
    return str(own.get(part, shape.get("better", "higher")))


def scale_of(data: Data) -> tuple[Decimal, Decimal]:
    """Return the ends between which scores lie."""
    low, high = data.get("shape", {}).get("scale", ("0", "100"))
    return Decimal(low), Decimal(high)


def axis_of(data: Data, values: Iterable[str]) -> tuple[str, str]:
    """Return where an axis of scores begins and ends.

    Where more is better and the best is 100, it begins just below the least, so that differences
    are seen; all else begins where the scale does.
    """
    told = list(values)
    low, high = scale_of(data)
    if (low, high) == (0, 100) and better_of(data) != LOWER:
        return just_below(told), at_least_hundred(told)
    most = max((Decimal(each) for each in told), default=high)
    return str(low), str(most if better_of(data) == LOWER or most > high else high)


def short(score: str | None) -> str | None:
    """Write a score with two decimals where its exact form is longer than a cell."""
    if score is None or len(score.partition(".")[2]) <= _PLACES:
        return score
    return plain(rounded(Fraction(score), _PLACES), _PLACES)


def just_below(values: Iterable[str]) -> str:
    """Where an axis of scores up to 100 begins: below the least, in four equal whole steps."""
    least = min((Decimal(each) for each in values), default=Decimal(0))
    if least <= 0:
        return str(least)
    return str(max(Decimal(0), 100 - 4 * ((100 - least) // 4 + 1))) if least <= 100 else "0"


def at_least_hundred(values: Iterable[str]) -> str:
    """Where an axis of scores ends: at 100, or at the most."""
    most = max((Decimal(each) for each in values), default=Decimal(0))
    return str(most) if most > 100 else "100"
