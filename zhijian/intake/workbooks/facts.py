"""Facts in columns: every measure for all units at once, equal to the last digit.

``zhijian.domain.records.memory`` says what each statistic means. Here numbers are whole counts of
a field's smallest place, so sums and orders are exact; what is made of a single record (filters,
conversions) is worked out by the domain once for every distinct value, then looked up. What does
not go into columns at all is measured by the domain itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import lcm

import polars as pl

from zhijian.domain.explain.step import Evidence
from zhijian.domain.records.measure import FieldTest, Measure, Measured
from zhijian.domain.records.memory import KEYS_SHOWN, MemoryFacts, converted, passes
from zhijian.domain.records.record import FieldValue, Record, word_of
from zhijian.intake.workbooks.grid import ROW
from zhijian.intake.workbooks.row_keys import RowKeys
from zhijian.intake.workbooks.table import ON, UNIT, Table, decoder

_NUMBER, _KEY, _MONTH, _RECORD = "#number", "#key", "#month", "#record"
_LARGEST_SCALE = 10**6
Grouped = Mapping[tuple[str, str], Measured]


class ColumnFacts:
    """The facts of a workbook; ``as_of`` is the last day of the period."""

    def __init__(self, tables: Mapping[str, Table], as_of: date) -> None:
        self.tables = tables
        self.as_of = as_of
        self._measured: dict[Measure, Grouped] = {}
        self._present: dict[str, dict[str, int]] = {}
        self._plain: dict[str, MemoryFacts] = {}

    def present(self, unit: str, kind: str) -> int:
        """Return how many records of ``kind`` the unit has."""
        if kind not in self._present:
            self._present[kind] = self._counts(kind)
        return self._present[kind].get(self._owner(unit, kind), 0)

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        """Measure the records of ``unit``; the first question answers for all units."""
        table = self.tables.get(measure.kind)
        if table is None or not len(table):
            return Measured(None, Evidence(measure.kind, 0))
        if measure not in self._measured:
            self._measured[measure] = self._all(table, measure)
        wanted = (self._owner(unit, measure.kind), key if measure.keyed_by else "")
        found = self._measured[measure]
        return found[wanted] if wanted in found else Measured(None, Evidence(measure.kind, 0))

    def _owner(self, unit: str, kind: str) -> str:
        """Return whose records answer for a unit; those of a register belong to none."""
        table = self.tables.get(kind)
        return "" if table is not None and table.kind.is_register else unit

    def _counts(self, kind: str) -> dict[str, int]:
        table = self.tables.get(kind)
        if table is None:
            return {}
        counted = table.frame.group_by(UNIT).len()
        counts = dict(zip(counted[UNIT], counted["len"], strict=True))
        for each in table.apart:
            counts[each.unit] = counts.get(each.unit, 0) + 1
        return counts

    def _all(self, table: Table, measure: Measure) -> Grouped:
        prepared = _Prepared.of(table, measure, self.as_of) if table.is_columnar else None
        return _Everywhere(self._memory(table), measure) if prepared is None else prepared.grouped()

    def _memory(self, table: Table) -> MemoryFacts:
        if table.kind.id not in self._plain:
            self._plain[table.kind.id] = MemoryFacts(table.records(), self.as_of)
        return self._plain[table.kind.id]


class _Everywhere(Mapping[tuple[str, str], Measured]):
    """Answers from plain records, for what columns cannot hold."""

    def __init__(self, facts: MemoryFacts, measure: Measure) -> None:
        self.facts = facts
        self.of = measure

    def __getitem__(self, wanted: tuple[str, str]) -> Measured:
        return self.facts.measure(wanted[0], self.of, wanted[1])

    def __contains__(self, wanted: object) -> bool:
        return True

    def __iter__(self):  # noqa: ANN204  # the units asked about are not known here
        return iter(())

    def __len__(self) -> int:
        return 0


class _Prepared:
    """The records that count for one measure, with their numbers as whole counts of 1/scale."""

    def __init__(self, table: Table, measure: Measure, frame: pl.DataFrame, scale: int) -> None:
        self.table = table
        self.measure = measure
        self.frame = frame
        self.scale = scale

    @classmethod
    def of(cls, table: Table, measure: Measure, as_of: date) -> _Prepared | None:
        """Filter and convert; nothing when the numbers do not go into a column."""
        frame = _needed(table, measure)
        for test in measure.where:
            frame = frame.filter(_passing(table, frame, test))
        frame = frame.with_columns(_keys(table, frame, measure))
        if measure.statistic == "latest":
            return cls(table, measure, frame, 1)
        numbered = _numbers(table, frame, measure, as_of)
        if numbered is None:
            return None
        numbers, scale = numbered
        return cls(table, measure, frame.with_columns(numbers.alias(_NUMBER)), scale)

    def grouped(self) -> Grouped:
        """Return the answer for every unit and key."""
        if self.measure.statistic == "latest":
            return self._latest()
        counted = self.frame.filter(pl.col(_NUMBER).is_not_null())
        if self.measure.per_month:
            counted = counted.with_columns(pl.col(ON).dt.strftime("%Y-%m").alias(_MONTH))
        told = counted.group_by(UNIT, _KEY, maintain_order=True).agg(
            pl.len().alias("count"),
            pl.col(ROW).head(KEYS_SHOWN).alias("keys"),
            *([] if self.measure.per_month else [self._statistic()]),
        )
        months = self._months(counted) if self.measure.per_month else {}
        rows = told.get_column("keys")
        return {
            (row[UNIT], row[_KEY]): self._answer(
                row, RowKeys(self.table.prefix, rows, place), months
            )
            for place, row in enumerate(told.drop("keys").iter_rows(named=True))
        }

    def _answer(
        self,
        row: Mapping[str, object],
        keys: RowKeys,
        months: Mapping[tuple[str, str], list[tuple[str, Fraction]]],
    ) -> Measured:
        count = int(row["count"])  # type: ignore[call-overload]
        if not self.measure.per_month:
            value = self._fraction(row["value"])
            return Measured(value, Evidence(self.measure.kind, count, keys))  # type: ignore[arg-type]
        held = tuple(months.get((str(row[UNIT]), str(row[_KEY])), ()))
        mean = sum((value for _, value in held), Fraction(0)) / len(held) if held else None
        return Measured(mean, Evidence(self.measure.kind, count, keys, held))  # type: ignore[arg-type]

    def _months(self, counted: pl.DataFrame) -> dict[tuple[str, str], list[tuple[str, Fraction]]]:
        told = counted.group_by(UNIT, _KEY, _MONTH).agg(self._statistic()).sort(_MONTH)
        found: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
        for row in told.iter_rows(named=True):
            value = self._fraction(row["value"])
            if value is not None:
                found.setdefault((row[UNIT], row[_KEY]), []).append((row[_MONTH], value))
        return found

    def _statistic(self) -> pl.Expr:
        """Return twice the statistic's sum and what to divide it by, as whole numbers."""
        number = pl.col(_NUMBER)
        if self.measure.statistic in ("count", "sum", "days_overdue"):
            return _pair(number.sum() * 2, pl.lit(1))
        if self.measure.drop:
            drop = self.measure.drop
            left = (pl.len().cast(pl.Int64) - 2 * drop).clip(0)
            number = number.sort().slice(drop, left)
        match self.measure.statistic:
            case "min" | "max":
                chosen = number.min() if self.measure.statistic == "min" else number.max()
                return _pair(chosen * 2, number.len().clip(0, 1))
            case "median":
                return _pair((number.median() * 2).cast(pl.Int64), number.len().clip(0, 1))
        return _pair(number.sum() * 2, number.len())

    def _fraction(self, pair: object) -> Fraction | None:
        twice, divisor = pair["twice"], pair["by"]  # type: ignore[index]
        return Fraction(twice, 2 * divisor * self.scale) if divisor else None

    def _latest(self) -> Grouped:
        field = self.measure.field
        held = (
            self.frame
            if field in ("on", "month")
            else self.frame.filter(pl.col(field).is_not_null())
        )
        # The sort is stable: of several on one day the one that stands last stays last.
        last = held.sort(ON, maintain_order=True).group_by(UNIT, _KEY, maintain_order=True).last()
        found: dict[tuple[str, str], Measured] = {}
        fields = [name for name in last.columns if self.table.kind.field(name)]
        for row in last.iter_rows(named=True):
            record = _record(
                self.table, [*fields, "on"], (*(row[name] for name in fields), row[ON])
            )
            value = converted(self.measure.each, record, record.value(field))
            text = value if isinstance(value, Fraction | str | None) else word_of(value)
            found[row[UNIT], row[_KEY]] = Measured(
                text, Evidence(self.measure.kind, 1, (f"{self.table.prefix}{row[ROW]}",))
            )
        return found


def _needed(table: Table, measure: Measure) -> pl.DataFrame:
    """Return the columns that a measure looks at; words of units become numbers to group by."""
    each = measure.each
    named = [measure.field, measure.due, measure.done, measure.keyed_by]
    named += [test.field for test in measure.where]
    named += [each.row, each.column] if each else []
    own = [name for name in dict.fromkeys(named) if table.kind.field(name) is not None]
    return table.grouped.select(ROW, UNIT, ON, *own)


def _pair(twice: pl.Expr, by: pl.Expr) -> pl.Expr:
    return pl.struct(twice.alias("twice"), by.cast(pl.Int64).alias("by")).alias("value")


def _column(table: Table, name: str) -> pl.Expr:
    """Return a field of the records as an expression of distinct values."""
    if name == "on":
        return pl.col(ON)
    return pl.col(ON).dt.month_start() if name == "month" else pl.col(name)


def _value(table: Table, name: str, stored: object) -> FieldValue:
    """Return a stored value as the domain knows it."""
    if name == "month":
        return f"{stored:%Y-%m}"
    rule = table.kind.field(name)
    return decoder(rule)(stored) if rule else stored  # type: ignore[arg-type,return-value]


def _record(table: Table, names: list[str], stored: tuple[object, ...]) -> Record:
    """Return a record that holds just these fields."""
    held = dict(zip(names, stored, strict=True))
    on = held.get("on") or held.get("month") or date.min
    values = {
        name: _value(table, name, each)
        for name, each in held.items()
        if name not in ("on", "month")
    }
    return Record("", table.kind.id, "", on, values)  # type: ignore[arg-type]


def _passing(table: Table, frame: pl.DataFrame, test: FieldTest) -> pl.Series:
    """Ask the domain once for every distinct value."""
    stored = frame.select(_column(table, test.field).alias(test.field)).to_series()
    distinct = stored.unique()
    answers = [passes(_record(table, [test.field], (each,)), test) for each in distinct]
    chosen = distinct.filter(pl.Series(answers, dtype=pl.Boolean))
    blank = chosen.null_count() > 0
    return stored.is_in(chosen.drop_nulls().implode()).fill_null(blank)


def _looked_up(stored: pl.Series, distinct: pl.Series, answers: pl.Series) -> pl.Series:
    """Return the answer for each value, blanks included."""
    known = pl.DataFrame({"value": distinct, "answer": answers})
    asked = pl.DataFrame({"value": stored})
    return asked.join(known, on="value", how="left", nulls_equal=True, maintain_order="left")[
        "answer"
    ]


def _keys(table: Table, frame: pl.DataFrame, measure: Measure) -> pl.Series:
    name = measure.keyed_by
    if not name:
        return pl.Series(_KEY, [""], dtype=pl.String).new_from_index(0, frame.height)
    stored = frame.select(_column(table, name).alias(name)).to_series()
    distinct = stored.unique()
    words = [word_of(_record(table, [name], (each,)).value(name)) for each in distinct]
    return _looked_up(stored, distinct, pl.Series(words, dtype=pl.String)).alias(_KEY)


def _numbers(
    table: Table, frame: pl.DataFrame, measure: Measure, as_of: date
) -> tuple[pl.Series, int] | None:
    """Return the number of each record and the scale of these whole counts."""
    if measure.statistic == "days_overdue":
        return _days_overdue(table, frame, measure, as_of), 1
    ones = pl.Series(_NUMBER, [1], dtype=pl.Int64).new_from_index(0, frame.height)
    if measure.statistic == "count" and not measure.field:
        return ones, 1
    if measure.each is not None:
        return _converted(table, frame, measure)
    if measure.statistic == "count":
        stored = frame.select(_column(table, measure.field)).to_series()
        return frame.select(pl.when(stored.is_not_null()).then(1).cast(pl.Int64)).to_series(), 1
    rule = table.kind.field(measure.field) if measure.field else None
    if rule is None or not rule.is_number:
        return frame.select(pl.lit(None, pl.Int64).alias(_NUMBER)).to_series(), 1
    return frame[measure.field], 10**rule.places


def _converted(table: Table, frame: pl.DataFrame, measure: Measure) -> tuple[pl.Series, int] | None:
    """Convert every distinct combination of the fields that the conversion looks at."""
    each = measure.each
    wanted = (measure.field, each.row, each.column) if each else ()
    names = list(dict.fromkeys(name for name in wanted if name))
    stored = frame.select(_column(table, name).alias(name) for name in names)
    distinct = stored.unique()
    values: list[Fraction | None] = []
    for row in distinct.iter_rows():
        record = _record(table, names, row)
        value = converted(each, record, record.value(measure.field) if measure.field else None)
        if measure.statistic == "count":
            value = None if value is None else Fraction(1)
        values.append(value if isinstance(value, Fraction) else None)
    scale = lcm(*(value.denominator for value in values if value is not None), 1)
    if scale > _LARGEST_SCALE or any(abs(each) >= _LARGEST_SCALE for each in values if each):
        return None
    whole = [None if value is None else int(value * scale) for value in values]
    known = distinct.with_columns(pl.Series(_NUMBER, whole, dtype=pl.Int64))
    found = stored.join(known, on=names, how="left", nulls_equal=True, maintain_order="left")
    return found[_NUMBER], scale


def _days_overdue(table: Table, frame: pl.DataFrame, measure: Measure, as_of: date) -> pl.Series:
    def day(name: str) -> pl.Expr:
        rule = table.kind.field(name)
        if name == "on":
            return pl.col(ON)
        return pl.col(name) if rule and rule.type == "date" else pl.lit(None, pl.Date)

    late = (day(measure.done).fill_null(as_of) - day(measure.due)).dt.total_days().clip(0)
    return frame.select(late.cast(pl.Int64).alias(_NUMBER)).to_series()
