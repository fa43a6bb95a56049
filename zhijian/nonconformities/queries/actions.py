"""Corrective action as data: the round it is in, its causes, its plan, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zhijian.cases import queries as cases
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.register import DO_NOT_COUNT
from zhijian.domain.statistics.effect import Effect, effect_of
from zhijian.nonconformities.models import Cause, Criterion, Entry, Method, PlanLine


@dataclass(frozen=True, slots=True)
class Bone:
    """A category of the fishbone with its causes."""

    category: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class ActionView:
    """One round of an action. ``may_plan`` tells that it is still being planned."""

    round: int
    may_plan: bool
    whys: tuple[Cause, ...]
    bones: tuple[Bone, ...]
    lines: tuple[PlanLine, ...]
    criterion: Criterion | None
    effect: Effect | None
    hits: tuple[Any, ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Everything that was found, however it was looked for."""
        return (*self.whys, *(each for bone in self.bones for each in bone.causes))

    @property
    def open_lines(self) -> int:
        """How many lines of the plan are not done."""
        return sum(each.done_at is None for each in self.lines)


def round_of(standing: Standing) -> int:
    """Return how often an action was planned; while it is planned anew, the new time counts."""
    rule, course = standing.kind.action, standing.course
    if rule is None:
        return 0
    planned = sum(each.step == rule.plan for each in course.happened)
    again = course.state in standing.kind.steps[rule.plan].sources
    return max(planned + again, 1)


def action_of(case: Any, standing: Standing, round_: int, today: date) -> ActionView:
    """Return one round of an action with what has been found of its effect by a day."""
    rule = standing.kind.action
    is_now = round_ == round_of(standing)
    causes = list(Cause.objects.filter(case_id=case.pk, round=round_).order_by("pk"))
    lines = PlanLine.objects.filter(case_id=case.pk, round=round_).select_related("person")
    criterion = Criterion.objects.filter(case_id=case.pk, round=round_).first()
    found = effect_for(case, criterion, today) if criterion else None
    return ActionView(
        round_,
        is_now
        and rule is not None
        and standing.course.state in standing.kind.steps[rule.plan].sources,
        tuple(each for each in causes if each.method == Method.WHY),
        _bones([each for each in causes if each.method == Method.FISHBONE]),
        tuple(lines.order_by("due_on", "pk")),
        criterion,
        found[0] if found else None,
        found[1] if found else (),
    )


def effect_for(
    case: Any, criterion: Criterion, today: date
) -> tuple[Effect, tuple[Any, ...]] | None:
    """Return what was found against a criterion, with the cases; nothing before it is carried out.

    Every nonconformity of the unit counts, or those alike in one aspect, of whatever regulation.
    """
    if criterion.starts_on is None:
        return None
    rows = Entry.objects.filter(case__unit_id=case.unit_id).exclude(case__ends__in=DO_NOT_COUNT)
    if criterion.aspect:
        rows = rows.filter(**{criterion.aspect: criterion.value})
    pairs = list(rows.order_by("found_on", "pk").values_list("case_id", "found_on"))
    found = effect_of(
        (day for _id, day in pairs),
        starts=criterion.starts_on,
        days=criterion.days,
        most=criterion.most,
        today=today,
    )
    last = min(found.last, today)
    ids = [each for each, day in pairs if found.first <= day <= last]
    return found, tuple(cases.with_ids(ids))


def text_of(view: ActionView) -> tuple[str, str]:
    """Return causes and plan as the texts that the plan puts into the case and its papers."""
    causes = [
        _("为什么 %(n)d：%(question)s 因为：%(cause)s")
        % {"n": number, "question": each.heading, "cause": _with_evidence(each)}
        for number, each in enumerate(view.whys, start=1)
    ]
    causes += [
        _("%(category)s：%(causes)s")
        % {"category": bone.category, "causes": _joined(map(_with_evidence, bone.causes))}
        for bone in view.bones
    ]
    roots = [each.text for each in view.causes if each.is_root]
    if roots:
        causes.append(_("根本原因：%(causes)s") % {"causes": _joined(roots)})
    lines = [
        _("%(n)d. %(text)s(%(post)s %(person)s，%(due)s 前)")
        % {
            "n": number, "text": each.text, "post": each.post,
            "person": each.person.display_name, "due": each.due_on.isoformat(),
        }
        for number, each in enumerate(view.lines, start=1)
    ]  # fmt: skip
    return "\n".join(causes), "\n".join(lines)


def _joined(texts: Any) -> str:
    return _("；").join(texts)


def _with_evidence(cause: Cause) -> str:
    if not cause.evidence:
        return cause.text
    return _("%(cause)s(证据：%(evidence)s)") % {"cause": cause.text, "evidence": cause.evidence}


def _bones(causes: Sequence[Cause]) -> tuple[Bone, ...]:
    names = dict.fromkeys(each.heading for each in causes)
    return tuple(Bone(name, tuple(c for c in causes if c.heading == name)) for name in names)
