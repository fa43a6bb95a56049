"""What the checks say about a pack, in a form that is stored and shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import zhijian.domain
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.examples import Verdict
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the files, and how each example came out."""

    problems: tuple[Problem, ...]
    examples: tuple[Verdict, ...]

    @property
    def is_green(self) -> bool:
        """Tell whether there is nothing to mend and every example came out as stated."""
        return not self.problems and not self.red

    @property
    def red(self) -> tuple[Verdict, ...]:
        """The examples that came out differently."""
        return tuple(each for each in self.examples if not each.is_green)


def check_files(answer: Pack | tuple[Problem, ...], calendar: WorkingCalendar) -> Checked:
    """Check a pack as it was read; what does not read is not run."""
    if not isinstance(answer, Pack):
        return Checked(answer, ())
    problems, examples = check_pack(answer, calendar)
    missing = () if examples else (Problem.at("examples/", "packs.no_examples"),)
    return Checked((*problems, *missing), examples)


@cache
def edition() -> str:
    """Return a digest of the program that checks: its answers may change with it."""
    total = hashlib.sha256()
    root = Path(zhijian.domain.__file__).parent
    for path in sorted(root.rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def to_rows(checked: Checked) -> tuple[list[Any], list[Any]]:
    """Return problems and examples as JSON."""
    examples = [
        {
            "name": each.name.zh,
            "name_en": each.name.en,
            "where": each.where,
            "problems": _problems(each.problems),
        }
        for each in checked.examples
    ]
    return _problems(checked.problems), examples


def from_rows(problems: Iterable[Any], examples: Iterable[Any]) -> Checked:
    """Return what ``to_rows`` was given."""
    verdicts = (
        Verdict(
            Words(each["name"], each.get("name_en", "")), each["where"], _read(each["problems"])
        )
        for each in examples
    )
    return Checked(_read(problems), tuple(verdicts))


def _problems(problems: Iterable[Problem]) -> list[Any]:
    return [
        {"code": each.code, "where": each.where, "facts": dict(each.facts)} for each in problems
    ]


def _read(rows: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(row["code"], row["where"], tuple(row["facts"].items())) for row in rows)
