"""What stands against steps of corrective action: open lines, own lines, an effect not proved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhijian.cases.refusals import StepRefused
from zhijian.domain.problems import Problem
from zhijian.domain.statistics.effect import MET, MISSED
from zhijian.foundation import clock
from zhijian.nonconformities.models import Criterion
from zhijian.nonconformities.queries.actions import ActionView, action_of, effect_for, round_of

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.to_domain import Standing


def check_action(case: Any, standing: Standing, user: User | None, at: datetime) -> None:
    """Refuse a step that the plan or its measure of success does not allow yet.

    It runs in the transaction of the step: what is refused leaves nothing behind. Raises
    ``StepRefused``.
    """
    rule, course = standing.kind.action, standing.course
    if rule is None:
        return
    step, today = course.happened[-1].step, clock.day_of(at)
    view = action_of(case, standing, round_of(standing), today)
    carries, verifies = step in rule.carried_out, step in rule.verified
    problems = [
        *(_open_lines(view) if carries or verifies or course.ends == "closed" else ()),
        *(_own_lines(view, user) if verifies else ()),
        *(_effect(case, view, today) if verifies else ()),
    ]
    if problems:
        raise StepRefused(problems)
    if carries and view.criterion:
        _begin(view.criterion, at)
    if verifies and view.criterion:
        _keep(case, view.criterion, at)


def _open_lines(view: ActionView) -> Iterator[Problem]:
    if view.open_lines:
        yield Problem.at("", "nonconformities.lines_open", count=view.open_lines)


def _own_lines(view: ActionView, user: User | None) -> Iterator[Problem]:
    if user is not None and any(each.person_id == user.pk for each in view.lines):
        yield Problem.at("", "nonconformities.own_line")


def _effect(case: Any, view: ActionView, today: Any) -> Iterator[Problem]:
    criterion, effect = view.criterion, view.effect
    if criterion is None or effect is None or effect.state == MET:
        return
    found = len(effect.found)
    if effect.state == MISSED:
        yield Problem.at("", "nonconformities.not_effective", count=found, most=criterion.most)
    else:
        yield Problem.at("", "nonconformities.effect_not_due", due=effect.last.isoformat(),
                         count=found)  # fmt: skip


def _begin(criterion: Criterion, at: datetime) -> None:
    """Let the days run from now; what is carried out again begins them anew."""
    criterion.starts_on = clock.day_of(at)
    criterion.save(update_fields=["starts_on"])


def _keep(case: Any, criterion: Criterion, at: datetime) -> None:
    """Keep what the verification rested on, whatever is found later."""
    told = effect_for(case, criterion, clock.day_of(at))
    if told:
        criterion.found, criterion.is_met = len(told[0].found), told[0].state == MET
        criterion.save(update_fields=["found", "is_met"])
