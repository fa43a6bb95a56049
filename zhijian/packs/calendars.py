"""Read a working calendar from its folder: one YAML file a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.dates.reading import read_calendar
from zhijian.domain.policy.raw import Raw
from zhijian.domain.problems import Problem
from zhijian.packs.files import read_folder


class CalendarUnreadable(Exception):
    """The folder holds no good calendar; ``problems`` says what to mend."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.code}" for each in problems))
        self.problems = problems


def load_calendar(folder: Path) -> WorkingCalendar:
    """Return the calendar of ``folder``; raise ``CalendarUnreadable`` if it has any problem."""
    answer = check_calendar(folder)
    if isinstance(answer, WorkingCalendar):
        return answer
    raise CalendarUnreadable(answer)


def check_calendar(folder: Path) -> WorkingCalendar | tuple[Problem, ...]:
    """Return the calendar of ``folder``, or all that is wrong with its files."""
    files, problems = read_folder(folder)
    if problems:
        return problems
    return read_calendar(folder.name, {name: _plain(raw) for name, raw in files.items()})


def _plain(raw: Raw) -> object:
    """Return a value without the places it stood in."""
    if isinstance(raw.value, Mapping):
        return {key: _plain(each) for key, each in raw.value.items()}
    if isinstance(raw.value, tuple):
        return [_plain(each) for each in raw.value]
    return raw.value
