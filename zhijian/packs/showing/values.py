"""What a parameter holds, as text or as a small table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from zhijian.domain.exact import plain
from zhijian.domain.policy.interval import Interval
from zhijian.domain.policy.values import Bands, ParameterValue, Points, Table, Weights


@dataclass(frozen=True, slots=True)
class Shown:
    """One text, or a table with its header; numbers in cells stand to the right."""

    text: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def show_value(value: ParameterValue | None, titles: Mapping[str, str]) -> Shown:
    """Return a value for a page; ``titles`` names the parts that weights speak of."""
    match value:
        case None:
            return Shown(_("已废止"))
        case Fraction():
            return Shown(plain(value))
        case str():
            return Shown(titles.get(value, value))
        case Weights():
            rows = tuple((titles.get(name, name), plain(each)) for name, each in value.parts)
            return Shown(headers=(_("部分"), _("权重")), rows=rows)
        case Bands():
            rows = tuple(
                (in_words(band.interval), cell(band.gives, titles)) for band in value.bands
            )
            return Shown(headers=(_("区间"), _("得")), rows=rows)
        case Points():
            corners = tuple((plain(x), plain(y)) for x, y in value.corners)
            return Shown(headers=(_("达到"), _("得（其间按直线）")), rows=corners)
        case Table():
            return _table(value, titles)


def cell(value: Fraction | str, titles: Mapping[str, str]) -> str:
    """Return a cell as text."""
    return plain(value) if isinstance(value, Fraction) else titles.get(value, value)


def in_words(interval: Interval) -> str:
    """Say which numbers lie between two ends: 90 以上（含）至不足 95."""
    if interval.low is not None and interval.low == interval.high:
        return _("等于 %(number)s") % {"number": plain(interval.low)}
    parts = [
        _end(interval.low, interval.low_closed, (_("%(number)s 及以上"), _("高于 %(number)s"))),
        _end(interval.high, interval.high_closed, (_("%(number)s 及以下"), _("低于 %(number)s"))),
    ]
    return _("、").join(part for part in parts if part) or _("任何数")


def _end(number: Fraction | None, closed: bool, wordings: tuple[str, str]) -> str:
    if number is None:
        return ""
    return wordings[0 if closed else 1] % {"number": plain(number)}


def _table(value: Table, titles: Mapping[str, str]) -> Shown:
    columns = tuple(dict.fromkeys(column for _row, cells in value.rows for column, _cell in cells))
    rows = tuple(
        (
            titles.get(row, row),
            *(cell(dict(cells).get(column, "—"), titles) for column in columns),
        )
        for row, cells in value.rows
    )
    if columns == ("",):
        return Shown(headers=(_("情形"), _("得")), rows=rows)
    return Shown(headers=(_("情形"), *(titles.get(each, each) for each in columns)), rows=rows)
