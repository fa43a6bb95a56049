"""One unit in one period → its score sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.explain.step import Status, Step, walk_all
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.grade import work_grade
from zhijian.domain.scoring.line import work_lines
from zhijian.domain.scoring.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the score that is shown in the matrix; ``weight`` as the working-out used it."""

    id: str
    score: Fraction | None
    weight: str | None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score and grade of a unit, with the whole working-out."""

    unit: str
    status: Status
    score: Fraction | None
    grade: str | None
    components: tuple[Component, ...]
    working: Step
    grading: Step | None
    unconfirmed: tuple[str, ...]
    review_overdue: tuple[str, ...]


def score(scheme: Scheme, context: Context) -> ScoreSheet:
    """Work out the lines, the score and the grade; ``context.steps`` keeps every line."""
    work_lines(scheme.lines, context)
    working = context.steps[scheme.score]
    grading = work_grade(scheme.grading, context) if scheme.grading else None
    if grading is not None:
        grading = _moved(_moved(grading, "ranking", context.ranked), "confirmed", context.confirmed)
        context.steps["grade"] = grading
    status = working.status
    if status == "assessed" and grading is not None:
        status = grading.status
    value = working.value if isinstance(working.value, Fraction) else None
    roots = (grading, working) if grading else (working,)
    used = tuple(step for step in walk_all(roots) if step.op == "parameter")
    return ScoreSheet(
        unit=context.unit.id,
        status=status,
        score=value if status == "assessed" else None,
        grade=str(grading.value) if grading and grading.value is not None else None,
        components=tuple(_component(scheme, context, each) for each in scheme.components),
        working=working,
        grading=grading,
        unconfirmed=unconfirmed_in(used),
        review_overdue=_named(step for step in used if dict(step.given).get("review_overdue")),
    )


def _moved(grading: Step, by: str, decided: tuple[str, str] | None) -> Step:
    """The grade that a ranking or a person puts in the place of what was found, and why."""
    if decided is None or grading.value is None:
        return grading
    grade, why = decided
    told = (by, f"{grading.value} → {grade} ({why})")
    return grading._replace(value=grade, given=(*grading.given, told))


def _component(scheme: Scheme, context: Context, name: str) -> Component:
    value = context.steps[name].value
    number = value if isinstance(value, Fraction) else None
    return Component(name, number, scheme.weight_of(name, context.steps))


def unconfirmed_in(steps: Iterable[Step]) -> tuple[str, ...]:
    """The proposed parameters that were used, each once."""
    return _named(step for step in steps if step.op == "parameter" and step.unconfirmed)


def _named(steps: Iterable[Step]) -> tuple[str, ...]:
    """The parameters behind the steps, each once; a cell counts as its parameter."""
    return tuple(dict.fromkeys(step.id.split(".")[1] for step in steps))
