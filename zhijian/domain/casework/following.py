"""Other cases that a step opens, and what they take over: a grave case opens corrective action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.parts import FACT, KIND, STEP, Parts, chosen
from zhijian.domain.casework.permitting import holds
from zhijian.domain.casework.step import CaseStep, Successor
from zhijian.domain.policy.raw import Raw, refuse


@dataclass(frozen=True, slots=True)
class CaseDue:
    """A case to be opened by ``step`` with ``facts``. ``key`` is unique within the case that it
    comes from, so that it is opened once."""

    key: str
    kind: str
    step: str
    facts: Mapping[str, FactValue]


def cases_due(course: Course, around: Circumstances) -> tuple[CaseDue, ...]:
    """Return the cases that the last step opens; they are linked both ways."""
    if not course.happened:
        return ()
    last = course.happened[-1]
    opens = course.kind.steps[last.step].opens
    return tuple(
        _due(course, each, f"{last.seq}/{number}")
        for number, each in enumerate(opens, start=1)
        if not each.when or holds(each.when, course, course.facts, course.level, around)
    )


def _due(course: Course, rule: Successor, key: str) -> CaseDue:
    facts = {own: course.facts.get(name) for own, name in rule.carries.items()}
    return CaseDue(key, rule.kind, rule.step, facts)


def check_links(kinds: Mapping[str, tuple[CaseKind, Parts]]) -> None:
    """Note every link to another kind that leads nowhere."""
    for kind, parts in kinds.values():
        for step in kind.steps.values():
            place = parts.places[STEP, step.id]
            for name in step.waits_for:
                raw = Raw(name, place.file, place.line)
                parts.reading.attempt(lambda raw=raw: chosen(raw, kinds, KIND))  # type: ignore[misc]
            for each in step.opens:
                parts.reading.attempt(
                    lambda each=each, place=place, kind=kind: _check(kinds, kind, each, place)  # type: ignore[misc]
                )


def _check(
    kinds: Mapping[str, tuple[CaseKind, Parts]], kind: CaseKind, rule: Successor, place: Raw
) -> None:
    """Refuse a successor that could not be opened with what it takes over."""
    other = kinds[chosen(Raw(rule.kind, place.file, place.line), kinds, KIND)][0]
    opening = {name: step for name, step in other.steps.items() if _takes_over(step)}
    step = opening[chosen(Raw(rule.step, place.file, place.line), opening, STEP)]
    for own, name in rule.carries.items():
        chosen(Raw(own, place.file, place.line), step.asks, FACT)
        found, wanted = kind.facts[name].type, other.facts[own].type
        if found != wanted:
            raise refuse(place, "casework.fact_type", name=name, type=found, wanted=wanted)
    for name in step.needs:
        if name not in rule.carries:
            field = other.facts[name].title
            raise refuse(place, "casework.not_carried", field=field, kind=other.title)


def _takes_over(step: CaseStep) -> bool:
    return step.is_opening and any(each.word == "case" for each in step.by)
