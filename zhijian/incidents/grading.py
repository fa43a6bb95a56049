"""How an incident is graded, in words: its measures with the bounds of the levels, and how the
level has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.cases.showing.names import Names
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.grading import Bound, Measured, gradings, measures
from zhijian.domain.exact import plain
from zhijian.foundation.language import language


@dataclass(frozen=True, slots=True)
class Grade:
    """A level that the case was given, and by which step."""

    seq: int
    level: str
    step: str
    at: datetime
    is_first: bool
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The bound of a level; nothing where the level does not look at the measure."""

    text: str
    holds: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: what it is called, its value in words, and the bound of each level."""

    title: str
    value: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The measures of a case beside the levels that look at some."""

    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    unconfirmed: bool


def grades(standing: Standing) -> tuple[Grade, ...]:
    """Return every level that a case was given, oldest first."""
    kind, lang = standing.kind, language()
    return tuple(
        Grade(
            each.seq,
            kind.levels[each.level].title.to(lang),
            kind.steps[each.step].title.to(lang),
            timezone.localtime(each.at),
            not each.former,
            each.is_raised,
        )
        for each in gradings(standing.course)
    )


def table(standing: Standing) -> Table | None:
    """Return the measures by which the case is graded; nothing where it is graded by none."""
    found = measures(standing.kind, standing.course.facts, standing.around)
    if not found:
        return None
    named = {bound.level for each in found for bound in each.bounds}
    levels = [name for name in standing.kind.levels if name in named]
    rows = tuple(_row(standing, each, levels) for each in found)
    return Table(
        tuple(standing.kind.levels[name].title.to(language()) for name in levels),
        rows,
        any(bound.unconfirmed for each in found for bound in each.bounds),
    )


def _row(standing: Standing, measured: Measured, levels: list[str]) -> Row:
    fact = standing.kind.facts[measured.fact]
    names = Names.of([(fact, measured.value)])
    value = _("未填") if measured.value is None else names.line(
        fact, measured.value, reveals=False).text  # fmt: skip
    cells = []
    for name in levels:
        own = [each for each in measured.bounds if each.level == name]
        cells.append(
            Cell(
                "、".join(_told(each) for each in own),
                bool(own) and all(each.holds for each in own),
                any(each.unconfirmed for each in own),
            )
        )
    return Row(fact.title.to(language()), value, tuple(cells))


def _told(bound: Bound) -> str:
    signs = {"at_least": "≥ ", "above": "> ", "at_most": "≤ ", "below": "< ", "not": "≠ "}
    return signs.get(bound.word, "") + "、".join(_limits(bound))


def _limits(bound: Bound) -> Iterator[str]:
    words: dict[Any, str] = {True: _("是"), False: _("否")}
    for each in bound.limits:
        if isinstance(each, bool):
            yield words[each]
        else:
            yield plain(each) if isinstance(each, Fraction) else str(each or "—")
