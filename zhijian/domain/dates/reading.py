"""Strict reading of a working calendar from the raw data of its years.

Either every year reads well and a calendar comes back, or all that is wrong is listed; there is
no calendar with the bad days left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from zhijian.domain.dates.calendar import Notice, WorkingCalendar
from zhijian.domain.problems import Problem

CALENDAR_CODES: Final = (
    "calendar.no_years",
    "calendar.not_a_mapping",
    "calendar.unknown_key",
    "calendar.missing_key",
    "calendar.not_a_year",
    "calendar.not_a_text",
    "calendar.not_a_date",
    "calendar.not_a_list",
    "calendar.year_repeated",
    "calendar.day_outside_year",
    "calendar.day_repeated",
    "calendar.make_up_on_weekday",
    "calendar.make_up_without_holiday",
)
"""Every code that reading a calendar can give, so that each one has its wording."""

_YEAR_KEYS: Final = ("year", "cites", "holidays", "make_up_days")
_CITE_KEYS: Final = ("document", "clause", "published", "address")
_GROUP_KEYS: Final = ("name", "days")
_EARLIEST_YEAR, _LATEST_YEAR = 1949, 2199
_SATURDAY = 5


def read_calendar(id: str, years: Mapping[str, object]) -> WorkingCalendar | tuple[Problem, ...]:  # noqa: A002
    """Build the calendar ``id`` from raw years, keyed by the place each one was read from."""
    reading = _Reading()
    for where, raw in years.items():
        reading.year(where, raw)
    if not years:
        reading.problem(id, "calendar.no_years")
    if reading.problems:
        return tuple(reading.problems)
    return WorkingCalendar(
        frozenset(reading.notices), reading.holidays, reading.make_up_days, reading.notices, id
    )


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    notices: dict[int, Notice] = field(default_factory=dict)
    holidays: dict[date, str] = field(default_factory=dict)
    make_up_days: dict[date, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: str, code: str, **facts: object) -> None:
        """Note one thing to mend."""
        self.problems.append(Problem.at(where, code, **facts))

    def year(self, where: str, raw: object) -> None:
        """Read one year; a year with a problem adds nothing."""
        found = self._mapping(where, raw, _YEAR_KEYS)
        if found is None:
            return
        year = found["year"]
        # In YAML "yes" is a truth value, and a truth value is an int in Python.
        if type(year) is not int or not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
            self._bad(where, "year", year, "year")
            return
        if year in self.notices:
            self.problem(where, "calendar.year_repeated", year=year)
        notice = self._notice(f"{where}: cites", found["cites"])
        if notice is not None:
            self.notices[year] = notice
        self._days(where, year, found)

    def _days(self, where: str, year: int, found: Mapping[str, object]) -> None:
        names = set()
        for place, name, day in self._groups(where, "holidays", found["holidays"]):
            names.add(name)
            if self._fits(place, year, day):
                self.holidays[day] = name
        for place, name, day in self._groups(where, "make_up_days", found["make_up_days"]):
            if name not in names:
                self.problem(place, "calendar.make_up_without_holiday", name=name)
            if day.weekday() < _SATURDAY:
                self.problem(place, "calendar.make_up_on_weekday", day=day)
            if self._fits(place, year, day):
                self.make_up_days[day] = name

    def _fits(self, place: str, year: int, day: date) -> bool:
        """Tell whether ``day`` is new and belongs to the notice of ``year``."""
        if day in self.holidays or day in self.make_up_days:
            self.problem(place, "calendar.day_repeated", day=day)
            return False
        # A notice may reach into the December before and the January after.
        if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
            self.problem(place, "calendar.day_outside_year", day=day, year=year)
            return False
        return True

    def _groups(self, where: str, key: str, raw: object) -> Iterator[tuple[str, str, date]]:
        if not isinstance(raw, list):
            self._bad(where, key, raw, "list")
            return
        for number, each in enumerate(raw, start=1):
            place = f"{where}: {key}[{number}]"
            group = self._mapping(place, each, _GROUP_KEYS)
            if group is None:
                continue
            name = self._text(place, "name", group["name"])
            for day in self._dates(place, group["days"]):
                yield place, name, day

    def _dates(self, place: str, raw: object) -> Iterator[date]:
        if not isinstance(raw, list) or not raw:
            self._bad(place, "days", raw, "list")
            return
        for day in raw:
            # A datetime is a date in Python; a day with a time of day is a slip here.
            if type(day) is date:
                yield day
            else:
                self._bad(place, "days", day, "date")

    def _notice(self, where: str, raw: object) -> Notice | None:
        found = self._mapping(where, raw, _CITE_KEYS)
        if found is None:
            return None
        published = found["published"]
        if type(published) is not date:
            self._bad(where, "published", published, "date")
            return None
        document, clause, address = (
            self._text(where, key, found[key]) for key in ("document", "clause", "address")
        )
        return Notice(document, clause, published, address)

    def _mapping(
        self, where: str, raw: object, keys: tuple[str, ...]
    ) -> Mapping[str, object] | None:
        """Return ``raw`` if it has exactly ``keys``; else note what is wrong."""
        if not isinstance(raw, Mapping):
            self.problem(where, "calendar.not_a_mapping", found=raw)
            return None
        for key in raw:
            if key not in keys:
                self.problem(where, "calendar.unknown_key", key=key, allowed=", ".join(keys))
        missing = [key for key in keys if key not in raw]
        for key in missing:
            self.problem(where, "calendar.missing_key", key=key)
        return None if missing else raw

    def _text(self, where: str, key: str, raw: object) -> str:
        if isinstance(raw, str) and raw.strip():
            return raw
        self._bad(where, key, raw, "text")
        return ""

    def _bad(self, where: str, key: str, found: object, wanted: str) -> None:
        self.problem(where, f"calendar.not_a_{wanted}", key=key, found=found)
