"""Checks of whole packs for the command line: reading, cross-checks, every golden example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from zhijian.config.opening import Unusable
from zhijian.config.telling import as_data, said
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.calendars import check_calendar
from zhijian.packs.files import load_pack
from zhijian.packs.folders import all_folders, find_folder

_CALENDAR = "calendar-cn"


@dataclass(frozen=True, slots=True)
class Checked:
    """One folder: what is wrong with it, how many examples it has, how long that took."""

    folder: Path
    problems: tuple[Problem, ...]
    examples: int
    seconds: float

    @property
    def is_green(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not self.problems

    def where(self, problem: Problem) -> str:
        """Return the place of a problem as a path that an editor opens."""
        shown = _shown(self.folder)
        is_whole = problem.where in ("", str(self.folder))
        return shown if is_whole else f"{shown}/{problem.where}"

    def as_data(self, language: str) -> dict[str, Any]:
        """Return the outcome for programs."""
        placed = [Problem(each.code, self.where(each), each.facts) for each in self.problems]
        return {
            "pack": self.folder.name,
            "examples": self.examples,
            "seconds": round(self.seconds, 3),
            "problems": as_data(placed, language),
        }


def check_packs(names: Sequence[str]) -> list[Checked]:
    """Check the named packs, or all that are there."""
    named = (folder for name in names for folder in _folders(name))
    folders = list(dict.fromkeys(named)) if names else all_folders()
    if not folders:
        raise Unusable(Problem.at("packs", "pack.not_found", found="packs", known="—"))
    calendars: dict[Path, WorkingCalendar | tuple[Problem, ...]] = {}
    return [_checked(folder, calendars) for folder in folders]


def _folders(name: str) -> list[Path]:
    """Return the pack that a name means, or all packs of a folder that holds several."""
    found = find_folder(name)
    if isinstance(found, Problem):
        raise Unusable(found)
    within = sorted(each.parent for each in found.glob("*/pack.yaml"))
    return within if within and not (found / "pack.yaml").exists() else [found]


def _checked(folder: Path, calendars: dict[Path, WorkingCalendar | tuple[Problem, ...]]) -> Checked:
    begun = perf_counter()
    if _is_calendar(folder):
        answer = check_calendar(folder)
        problems = () if isinstance(answer, WorkingCalendar) else answer
        return Checked(folder, problems, 0, perf_counter() - begun)
    pack = load_pack(folder)
    if not isinstance(pack, Pack):
        return Checked(folder, pack, 0, perf_counter() - begun)
    place = find_folder(_CALENDAR, beside=folder)
    if isinstance(place, Problem):
        return Checked(folder, (place,), 0, perf_counter() - begun)
    if place not in calendars:
        calendars[place] = check_calendar(place)
    calendar = calendars[place]
    if not isinstance(calendar, WorkingCalendar):
        return Checked(folder, calendar, 0, perf_counter() - begun)
    problems, verdicts = check_pack(pack, calendar)
    red = tuple(problem for each in verdicts for problem in each.problems)
    return Checked(folder, (*problems, *red), len(verdicts), perf_counter() - begun)


def _is_calendar(folder: Path) -> bool:
    return not (folder / "pack.yaml").exists() and folder.name.startswith("calendar-")


def lines(checked: Sequence[Checked], language: str) -> Iterator[str]:
    """Yield every problem, then a summary."""
    for each in checked:
        for problem in each.problems:
            yield f"{each.where(problem)} {problem.code} {said(problem, language)}"
        yield _summary(each, language)
    examples = sum(each.examples for each in checked)
    seconds = sum(each.seconds for each in checked)
    red = sum(not each.is_green for each in checked)
    if language == "en":
        yield f"{len(checked)} packs, {red} with problems, {examples} examples in {seconds:.2f} s"
    else:
        told = f"{len(checked)} 个政策包，{red} 个有问题；{examples} 个示例"
        yield f"共 {told}，用时 {seconds:.2f} 秒"


def _summary(each: Checked, language: str) -> str:
    mark = "✓" if each.is_green else "✗"
    if language == "en":
        said_ = f"{len(each.problems)} problems, {each.examples} examples"
    else:
        said_ = f"{len(each.problems)} 处问题，{each.examples} 个示例"
    return f"{mark} {each.folder.name}: {said_} ({each.seconds:.2f} s)"


def _shown(folder: Path) -> str:
    """Return the folder as seen from here."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
