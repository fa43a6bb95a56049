"""Charts as plain values: what to draw, and the same figures as a table.

A page hands one of these to the tag ``{% chart %}``. Figures travel as text, so that what is
drawn and what stands in the table is the exact figure of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

Figure = Decimal | int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures; ``None`` is a gap, never a zero."""

    name: str
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A dashed line at a value that means something."""

    label: str
    value: Figure


@dataclass(frozen=True, slots=True)
class Table:
    """The figures behind a chart."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars by category, side by side or stacked; ``links`` lead from a category to its rows."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    stacked: bool = False
    horizontal: bool = False
    limits: tuple[Limit, ...] = ()
    links: tuple[str, ...] = ()

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        return {
            "kind": "bars",
            "stacked": self.stacked,
            "horizontal": self.horizontal,
            **_axis_spec(self),
        }

    def table(self) -> Table:
        """Return the same figures by category."""
        return _axis_table(self.categories, self.series)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over time; a gap in the figures is a gap in the line."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    links: tuple[str, ...] = ()
    low: Figure = None
    high: Figure = None

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        return {"kind": "lines", **_scale(self.low, self.high), **_axis_spec(self)}

    def table(self) -> Table:
        """Return the same figures by category."""
        return _axis_table(self.categories, self.series)


@dataclass(frozen=True, slots=True)
class Pareto:
    """Causes by number or by points, the greatest first, with the running share of the whole."""

    title: str
    counts: Mapping[str, int | Decimal]
    unit: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        names = tuple(name for name, _count, _share in self._sorted())
        return {
            "kind": "pareto",
            "unit": self.unit,
            "categories": names,
            "series": [_series_spec(series) for series in self._series()],
            "links": [self.links.get(name, "") for name in names],
        }

    def table(self) -> Table:
        """Return causes, counts and running shares."""
        rows = tuple((name, str(count), f"{share} %") for name, count, share in self._sorted())
        return Table((_("类别"), _("数量"), _("累计占比")), rows)

    def _sorted(self) -> list[tuple[str, int | Decimal, Decimal]]:
        total = sum(self.counts.values())
        running: int | Decimal = 0
        lines = []
        for name, count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])):
            running += count
            share = Decimal(running * 100) / total if total else Decimal(0)
            lines.append((name, count, share.quantize(Decimal("0.1"))))
        return lines

    def _series(self) -> tuple[Series, Series]:
        lines = self._sorted()
        return (
            Series(_("数量"), tuple(count for _name, count, _share in lines)),
            Series(_("累计占比"), tuple(share for _name, _count, share in lines)),
        )


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A matrix in colour: rows × columns, with a gap where there is no figure.

    ``falls`` tells of each column whether less is better; without it more is better throughout.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Figure, ...], ...]
    links: tuple[tuple[str, ...], ...] = ()
    falls: tuple[bool, ...] = ()
    low: Figure = None
    high: Figure = None

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        return {
            "kind": "heatmap",
            "rows": self.rows,
            "columns": self.columns,
            "values": [[_text(value) for value in row] for row in self.values],
            "links": self.links,
            "falls": self.falls,
            **_scale(self.low, self.high),
        }

    def table(self) -> Table:
        """Return the matrix itself."""
        rows = tuple(
            (name, *(_shown(value) for value in row))
            for name, row in zip(self.rows, self.values, strict=True)
        )
        return Table(("", *self.columns), rows)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units from best to last, each with the interval its true value may lie in."""

    title: str
    categories: tuple[str, ...]
    values: tuple[Figure, ...]
    intervals: tuple[tuple[Figure, Figure], ...]
    unit: str = ""
    links: tuple[str, ...] = ()
    low: Figure = None
    high: Figure = None

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        return {
            "kind": "ranking",
            "unit": self.unit,
            "categories": self.categories,
            "series": [_series_spec(Series(self.title, self.values))],
            "intervals": [[_text(low), _text(high)] for low, high in self.intervals],
            "links": self.links,
            **_scale(self.low, self.high),
        }

    def table(self) -> Table:
        """Return rank, value and both ends of the interval."""
        rows = tuple(
            (str(rank), name, _shown(value), _shown(low), _shown(high))
            for rank, (name, value, (low, high)) in enumerate(
                zip(self.categories, self.values, self.intervals, strict=True), start=1
            )
        )
        return Table((_("名次"), _("名称"), _("数值"), _("区间下限"), _("区间上限")), rows)


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far a value has come on its way to a limit."""

    title: str
    value: Figure
    high: Figure
    low: Figure = 0
    limit: Limit | None = None
    unit: str = ""

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws."""
        return {
            "kind": "gauge",
            "unit": self.unit,
            "series": [_series_spec(Series(self.title, (self.value,)))],
            "limits": _limits_spec(() if self.limit is None else (self.limit,)),
            **_scale(self.low, self.high),
        }

    def table(self) -> Table:
        """Return the value, its limit and the ends of the scale."""
        rows = [(self.title, _shown(self.value))]
        if self.limit is not None:
            rows.append((self.limit.label, _shown(self.limit.value)))
        return Table((_("名称"), _("数值")), tuple(rows))


Chart = Bars | Lines | Pareto | HeatMap | Ranking | Gauge


def _axis_spec(chart: Bars | Lines) -> dict[str, Any]:
    return {
        "unit": chart.unit,
        "categories": chart.categories,
        "series": [_series_spec(series) for series in chart.series],
        "limits": _limits_spec(chart.limits),
        "links": chart.links,
    }


def _axis_table(categories: Sequence[str], series: Sequence[Series]) -> Table:
    rows = tuple(
        (name, *(_shown(each.values[index]) for each in series))
        for index, name in enumerate(categories)
    )
    return Table(("", *(each.name for each in series)), rows)


def _series_spec(series: Series) -> dict[str, Any]:
    return {"name": series.name, "values": [_text(value) for value in series.values]}


def _limits_spec(limits: Iterable[Limit]) -> list[dict[str, Any]]:
    return [{"label": limit.label, "value": _text(limit.value)} for limit in limits]


def _scale(low: Figure, high: Figure) -> dict[str, Any]:
    return {"low": _text(low), "high": _text(high)}


def _text(value: Figure) -> str | None:
    return None if value is None else str(value)


def _shown(value: Figure) -> str:
    return "—" if value is None else str(value)
