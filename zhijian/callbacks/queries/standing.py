"""A call-back with its rule, its case and the attempts that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from zhijian.callbacks.models import CallBack
from zhijian.cases import queries as cases
from zhijian.cases import to_domain
from zhijian.cases.to_domain import Standing
from zhijian.domain.callbacks import calling
from zhijian.domain.casework import call_back as rules
from zhijian.domain.casework.course import Course
from zhijian.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class CallStanding:
    """A call-back as the domain sees it.

    ``standing`` is the case whose people are called, ``root`` the case that is handled: another
    one where the first was merged.
    """

    row: CallBack
    standing: Standing
    root: Standing

    @property
    def course(self) -> Course:
        """What happened in the case whose people are called."""
        return self.standing.course

    @property
    def rule(self) -> rules.CallBack:
        """What the regulation says of this call-back."""
        return self.standing.kind.call_backs[self.row.rule]

    @property
    def pace(self) -> calling.Pace:
        """The rules of attempts in numbers."""
        return calling.pace_of(self.rule, self.standing.around)

    def attempts(self) -> list[calling.Attempt]:
        """The attempts since a wrong result was last taken back, in their order."""
        rows = self.row.attempts.order_by("at", "pk")
        last = self.row.corrections.order_by("-at").first()
        if last is not None:
            rows = rows.filter(at__gt=last.at)
        return [calling.Attempt(timezone.localtime(each.at), each.outcome) for each in rows]

    def against(self, user: Any) -> tuple[Problem, ...]:
        """Return why a person may not call; both cases are looked at where there are two."""
        found: dict[str, Problem] = {}
        for each, unit_id in (
            (self.standing, self.row.case.unit_id),
            (self.root, self.row.unit_id),
        ):
            who = to_domain.person_of(user, each.pack, unit_id)
            rule = each.kind.call_backs.get(self.row.rule, self.rule)
            found |= {one.code: one for one in calling.against_caller(rule, each.course, who)}
        return tuple(found.values())


def standing_of(row: CallBack) -> CallStanding:
    """Return a call-back with all that it is judged by."""
    own = cases.known(row.case).standing
    root = own if row.root_id == row.case_id else cases.known(row.root).standing
    return CallStanding(row, own, root)
