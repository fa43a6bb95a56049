"""The stretches of time that regulations speak of: month, quarter, half-year, year, custom.

A period has one canonical text, which is also its identity: ``2024-03``, ``2024Q1``, ``2024H1``,
``2024`` and ``2024-01-15..2024-03-14``. First and last day both belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

from zhijian.domain.dates.months import end_of_month, month_of, parse_month, shift_months
from zhijian.domain.dates.titles import custom_title, regular_title

PeriodKind = Literal["month", "quarter", "half_year", "year", "custom"]

MONTHS_IN: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""The kinds of period that the calendar fixes, and how many months each lasts."""

PERIOD_KINDS: Final = (*MONTHS_IN, "custom")
"""All kinds of period, as packs write them."""

_LETTERS: Final = {"quarter": "Q", "half_year": "H"}
_NUMBERED = re.compile(r"([0-9]{4})(?:Q([1-4])|H([12]))?")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FORMS = "write it like 2024-03, 2024Q1, 2024H1, 2024 or 2024-01-15..2024-03-14"
_DAY = timedelta(days=1)
# From the 29th on, "the same day next month" does not always exist.
_LAST_COMMON_DAY = 28


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row that are judged together, from ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.kind not in PERIOD_KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of period; one of {PERIOD_KINDS}")
        if self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last}, before it begins ({self.first})")
        if self.kind != "custom" and self != Period.containing(self.first, self.kind):
            raise ValueError(f"{self.first} to {self.last} is not a whole {self.kind}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period from its text; anything but the five plain forms is refused."""
        try:
            return cls._read(text)
        except ValueError as wrong:
            raise ValueError(f"“{text}” is not a period ({wrong}); {_FORMS}") from None

    @classmethod
    def _read(cls, text: str) -> Self:
        if _MONTH.fullmatch(text):
            return cls.containing(parse_month(text), "month")
        if days := _DAYS.fullmatch(text):
            return cls.between(date.fromisoformat(days[1]), date.fromisoformat(days[2]))
        found = _NUMBERED.fullmatch(text)
        if found is None:
            raise ValueError("unknown form")
        kind: PeriodKind = "quarter" if found[2] else "half_year" if found[3] else "year"
        number = int(found[2] or found[3] or 1)
        return cls.containing(date(int(found[1]), (number - 1) * MONTHS_IN[kind] + 1, 1), kind)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Return the custom period from ``first`` to ``last``, both included."""
        return cls("custom", first, last)

    @classmethod
    def containing(cls, day: date, kind: str) -> Self:
        """Return the month, quarter, half-year or year in which ``day`` lies."""
        if kind not in MONTHS_IN:
            raise ValueError(f"“{kind}” is not fixed by the calendar; one of {tuple(MONTHS_IN)}")
        length = MONTHS_IN[kind]
        first = date(day.year, (day.month - 1) // length * length + 1, 1)
        last = end_of_month(shift_months(first, length - 1))
        # Built without its own check, which asks this very function.
        period = object.__new__(cls)
        for name, value in (("kind", kind), ("first", first), ("last", last)):
            object.__setattr__(period, name, value)
        return period

    @property
    def number(self) -> int:
        """The place of the period in its year: 3 for March, 1 for a first quarter, 1 for a year.

        A custom period has none and says 0.
        """
        length = MONTHS_IN.get(self.kind)
        return 0 if length is None else (self.first.month - 1) // length + 1

    @property
    def id(self) -> str:
        """The canonical text; ``Period.parse`` reads it back."""
        if self.kind == "custom":
            return f"{self.first.isoformat()}..{self.last.isoformat()}"
        if self.kind == "month":
            return month_of(self.first)
        letter = _LETTERS.get(self.kind)
        return f"{self.first.year:04d}{letter}{self.number}" if letter else f"{self.first.year:04d}"

    def __str__(self) -> str:
        return self.id

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    def contains(self, day: date) -> bool:
        """Tell whether ``day`` belongs to the period."""
        return self.first <= day <= self.last

    def months(self) -> tuple[str, ...]:
        """Return the months of the period, ``2024-03`` each; one that is only touched counts."""
        start = self.first.replace(day=1)
        count = (self.last.year - start.year) * 12 + self.last.month - start.month + 1
        return tuple(month_of(shift_months(start, step)) for step in range(count))

    def next(self) -> Self:
        """Return the period of the same kind and length that follows at once.

        A custom period that lasts whole months (15 January to 14 March) is followed by as many
        months; any other one by as many days.
        """
        return self._shifted(1)

    def previous(self) -> Self:
        """Return the period of the same kind and length that ends the day before this one."""
        return self._shifted(-1)

    def earlier(self, count: int) -> Self:
        """Return the period ``count`` periods before this one; 0 is this one."""
        if count < 0:
            raise ValueError(f"a period cannot be {count} periods earlier")
        return self._shifted(-count)

    def same_last_year(self) -> Self:
        """Return the period of the same name one year before; 29 February becomes 28 February."""
        if self.kind == "custom":
            return type(self).between(shift_months(self.first, -12), shift_months(self.last, -12))
        return type(self).containing(shift_months(self.first, -12), self.kind)

    def title(self, language: str = "zh") -> str:
        """Return the period as people write it: 2024年第一季度, Q1 2024."""
        if self.kind == "custom":
            return custom_title(self.first, self.last, language)
        return regular_title(self.kind, self.first.year, self.number, language)

    def _shifted(self, steps: int) -> Self:
        if self.kind != "custom":
            first = shift_months(self.first, steps * MONTHS_IN[self.kind])
            return type(self).containing(first, self.kind)
        whole = self._whole_months()
        if whole:
            first, after = (shift_months(self.first, each * whole) for each in (steps, steps + 1))
            return type(self).between(first, after - _DAY)
        moved = timedelta(days=steps * self.days)
        return type(self).between(self.first + moved, self.last + moved)

    def _whole_months(self) -> int:
        """Return how many whole months a custom period lasts, or 0 when it is none."""
        after = self.last + _DAY
        if self.first.day > _LAST_COMMON_DAY or after.day != self.first.day:
            return 0
        return (after.year - self.first.year) * 12 + after.month - self.first.month
