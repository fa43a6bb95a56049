"""Which days are worked, why, and how to count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Final, Literal

from zhijian.domain.dates.ranking import Ranking
from zhijian.domain.dates.titles import is_english

DayKind = Literal["weekday", "weekend", "holiday", "make_up"]

DAY_KINDS: Final[tuple[DayKind, ...]] = ("weekday", "weekend", "holiday", "make_up")
"""What a day can be for a working calendar; the first and the last are worked."""

_SATURDAY = 5
_DAY = timedelta(days=1)
_WORKED: Final = frozenset({"weekday", "make_up"})


@dataclass(frozen=True, slots=True)
class Why:
    """Why a day is worked or not; ``name`` is the holiday behind it, if there is one.

    ``published`` is false where the holidays of that year are not known yet, so that the
    answer rests on the day of the week alone; ``is_lacking`` tells that they were published long
    ago and only the calendar does not have them.
    """

    kind: DayKind
    name: str = ""
    published: bool = True
    is_lacking: bool = False

    @property
    def is_working(self) -> bool:
        """Tell whether offices are open on a day of this kind."""
        return self.kind in _WORKED

    @property
    def code(self) -> str:
        """The kind and the holiday as one text for machines: ``holiday 春节``."""
        return f"{self.kind} {self.name}".rstrip()

    def title(self, language: str = "zh") -> str:
        """Return the reason in words: 工作日, 周末, 春节放假, 调休上班(春节)."""
        if is_english(language):
            said = {
                "weekday": "weekday",
                "weekend": "weekend",
                "holiday": f"holiday {self.name}",
                "make_up": f"make-up working day for {self.name}",
            }[self.kind]
            if self.is_lacking:
                return f"{said}, holidays of the year not in the calendar"
            return said if self.published else f"{said}, holidays of the year not published"
        said = {
            "weekday": "工作日",
            "weekend": "周末",
            "holiday": f"{self.name}放假",
            "make_up": f"调休上班({self.name})",
        }[self.kind]
        if self.is_lacking:
            return f"{said}(日历没有该年的放假安排)"
        return said if self.published else f"{said}(该年放假安排尚未公布)"


@dataclass(frozen=True, slots=True)
class Notice:
    """The text that fixed the holidays of a year, and where it was published."""

    document: str
    clause: str
    published: date
    address: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday, less the holidays, plus the days worked in exchange.

    ``holidays`` and ``make_up_days`` map a day to the name of its holiday; ``notices`` maps a
    published year to its text. ``digest`` is a fingerprint of the content: equal for equal years,
    holidays and make-up days, so that a verdict can name the calendar it was given by.
    """

    published_years: frozenset[int]
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)
    make_up_days: Mapping[date, str] = field(default_factory=dict, hash=False)
    notices: Mapping[int, Notice] = field(default_factory=dict, hash=False)
    id: str = ""
    digest: str = field(init=False, repr=False, compare=False)
    _ranking: Ranking = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        both = sorted(set(self.holidays) & set(self.make_up_days))
        if both:
            raise ValueError(f"{both[0]} cannot be a holiday and a make-up working day at once")
        # Copies, so that nobody changes a calendar from outside after it was built.
        for name in ("holidays", "make_up_days", "notices"):
            object.__setattr__(self, name, dict(getattr(self, name)))
        object.__setattr__(self, "digest", self._fingerprint())
        object.__setattr__(self, "_ranking", Ranking.of(self.holidays, self.make_up_days))

    def _fingerprint(self) -> str:
        lines = [f"year {year}" for year in sorted(self.published_years)]
        lines += [f"holiday {day} {name}" for day, name in sorted(self.holidays.items())]
        lines += [f"make_up {day} {name}" for day, name in sorted(self.make_up_days.items())]
        return sha256("\n".join(lines).encode()).hexdigest()

    def why(self, day: date) -> Why:
        """Say why ``day`` is worked or not."""
        if day in self.make_up_days:
            return Why("make_up", self.make_up_days[day])
        if day in self.holidays:
            return Why("holiday", self.holidays[day])
        kind: DayKind = "weekday" if day.weekday() < _SATURDAY else "weekend"
        return Why(kind, "", day.year in self.published_years, self.lacks(day.year))

    def lacks(self, year: int) -> bool:
        """Tell whether ``year`` lies before the first year of the calendar: it was published."""
        return year < min(self.published_years, default=year)

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on ``day``."""
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def number(self, day: date) -> int:
        """Return the number of ``day`` among all working days; a rest day has its forerunner's."""
        return self._ranking.number(day.toordinal())

    def numbered(self, number: int) -> date:
        """Return the working day with that number."""
        return date.fromordinal(self._ranking.day(number))

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``; ``day`` itself is not counted."""
        return self.numbered(self.number(day) + count) if _counts(count) else day

    def before(self, day: date, count: int) -> date:
        """Return the ``count``-th working day before ``day``; ``day`` itself is not counted."""
        return self.numbered(self.number(day - _DAY) - count + 1) if _counts(count) else day

    def on_or_after(self, day: date) -> date:
        """Return ``day`` if it is worked, else the next day that is."""
        return self.after(day - _DAY, 1)

    def on_or_before(self, day: date) -> date:
        """Return ``day`` if it is worked, else the last day before it that is."""
        return self.before(day + _DAY, 1)

    def count(self, first: date, last: date) -> int:
        """Return how many working days lie from ``first`` to ``last``, both included."""
        return max(self.number(last) - self.number(first - _DAY), 0)

    def is_settled(self, first: date, last: date) -> bool:
        """Tell whether the holidays of every year from ``first`` to ``last`` are published."""
        return all(year in self.published_years for year in range(first.year, last.year + 1))


def _counts(count: int) -> bool:
    if count < 0:
        raise ValueError(f"working days cannot be counted {count} times")
    return count > 0
