"""Lists of records: what the address asks for, in which order, with sums; page and file alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.domain.exact import plain, rounded
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.foundation.language import language
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.models import Record
from zhijian.intake.showing import shown
from zhijian.intake.slots import SCALE, Slot

_LONG = 200
_SHOWN = 8
_NOWHERE = Q(pk__lt=0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: a field, or what every record has."""

    name: str
    title: str
    sort: str = ""
    is_number: bool = False


@dataclass
class Listing:
    """The records of one kind that somebody looks at."""

    book: Book
    kind: RecordKind
    unit_ids: frozenset[int] | None
    asked: Mapping[str, str]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns: who and when, then the fields, then who wrote it."""
        slots = self.slots
        lang = language()
        own = [
            Column(
                each.id, each.title.to(lang), slots[each.id].column if each.id in slots else "",
                each.is_number,
            )
            for each in shown_fields(self.kind)
        ]  # fmt: skip
        first = [] if self.kind.is_register else [Column("unit", _("单位"), "unit__name")]
        dated = {"month": [Column("on", _("月份"), "on")], "day": [Column("on", _("日期"), "on")]}
        last = [Column("author", _("填报人"), "author__display_name"),
                Column("entered_at", _("填报时间"), "entered_at")]  # fmt: skip
        came = [Column("source", _("来源"), "source")] if self.kind.sources else []
        return tuple([*first, *dated.get(self.kind.dated, []), *own, *came, *last])

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Return the columns of the table that repeat fields of the kind."""
        return queries.slots(self.book.pack_id, [self.kind.id]).get(self.kind.id, {})

    def choices(self) -> list[tuple[Field, str]]:
        """Return the fields by which one can filter, with what is asked."""
        return [
            (each, self.asked.get(f"f.{each.id}", ""))
            for each in self.kind.fields
            if each.type == "choice"
        ]

    def rows(self) -> QuerySet[Record]:
        """Return the rows in the order asked for."""
        rows = queries.records(
            self.book.pack_id, self.book.period, [self.kind.id], self.unit_ids
        ).filter(self._condition())
        return rows.select_related("unit", "author").order_by(*self._order())

    def totals(self) -> dict[str, str]:
        """Return the mean of each column of numbers over all rows, and how many rows there are."""
        numbers = {
            name: slot for name, slot in self.slots.items()
            if slot.holds == "number" and self.kind.field(name) in shown_fields(self.kind)
        }  # fmt: skip
        asked: dict[str, Any] = {"rows": Count("pk")}
        for name, slot in numbers.items():
            asked[f"sum_{name}"] = Sum(slot.column)
            asked[f"count_{name}"] = Count(slot.column)
        found = self.rows().order_by().aggregate(**asked)
        told = {"rows": str(found["rows"])}
        for name in numbers:
            if found[f"count_{name}"]:
                total = Fraction(int(found[f"sum_{name}"]), SCALE)
                told[f"sum.{name}"] = plain(total)
                told[f"mean.{name}"] = plain(rounded(total / found[f"count_{name}"], 2), 2)
        return told

    def cells(self, row: Record) -> list[str]:
        """Return what each column says of a row, as text."""
        return [self._cell(row, column.name) for column in self.columns]

    def lines(self) -> Iterator[list[str]]:
        """Yield every row as text: the content of an export."""
        names = [column.name for column in self.columns]
        for row in self.rows().iterator(2000):
            yield [self._cell(row, name) for name in names]

    def _cell(self, row: Record, name: str) -> str:
        match name:
            case "unit":
                return row.unit.name if row.unit else ""
            case "on":
                return f"{row.on:%Y-%m}" if self.kind.dated == "month" else row.on.isoformat()
            case "source":
                return _("手工录入") if row.case_id is None else str(row.get_source_display())
            case "author":
                return str(row.author) if row.author else _("系统")
            case "entered_at":
                return local(row.entered_at)
        return shown(self.kind.field(name), row.values.get(name, ""))

    def _condition(self) -> Q:
        wanted = Q()
        if self.asked.get("unit", "").isdigit():
            wanted &= Q(unit_id=int(self.asked["unit"]))
        month = self.asked.get("month", "")
        if month in self.book.period.months():
            wanted &= Q(month=int(month.replace("-", "")))
        slots = self.slots
        for field, option in self.choices():
            if option:
                slot = slots.get(field.id)
                wanted &= Q(**{slot.column: option}) if slot else _NOWHERE
        text = self.asked.get("q", "").strip()
        return wanted & _says(text, slots) if text else wanted

    def _order(self) -> tuple[Any, ...]:
        asked = self.asked.get("sort", "")
        known = {column.name: column.sort for column in self.columns if column.sort}
        column = known.get(asked.removeprefix("-"))
        if column is None:
            return ("-on", "unit__position", "unit__code", "pk")
        first = F(column).desc(nulls_last=True) if asked.startswith("-") else F(column).asc(
            nulls_last=True
        )  # fmt: skip
        return (first, "pk")


def _says(text: str, slots: Mapping[str, Slot]) -> Q:
    found = Q(unit__name__icontains=text) | Q(note__icontains=text)
    for slot in slots.values():
        if slot.holds == "text":
            found |= Q(**{f"{slot.column}__icontains": text})
    return found | Q(author__display_name__icontains=text)


def shown_fields(kind: RecordKind) -> list[Field]:
    """Return the fields a list has room for: short ones, and not the items of a checklist."""
    short = [
        each for each in kind.fields
        if not each.part_of_total and (each.type != "text" or each.max_length <= _LONG)
    ]  # fmt: skip
    return short[:_SHOWN]


def local(moment: Any) -> str:
    """Return a moment on the clocks of the office."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
