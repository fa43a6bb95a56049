"""What people outside see of their case: public words for where it stands, and nobody's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zhijian.cases import queries as cases
from zhijian.cases.showing.clocks import ClockLine, clock_lines
from zhijian.complaints.keys import code_of, pass_for
from zhijian.complaints.models import Complaint
from zhijian.domain.casework.step import CaseStep
from zhijian.foundation.language import language

_RUNNING = ("running", "soon", "paused", "overdue")


@dataclass(frozen=True, slots=True)
class Promise:
    """By when something is promised."""

    title: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Tracked:
    """A complaint for whoever made it: no names of people of the house, data masked."""

    complaint: Complaint
    kind: str
    state: str
    look: str
    is_ended: bool
    promises: tuple[Promise, ...]
    answer: str
    steps: tuple[CaseStep, ...]

    @property
    def code(self) -> str:
        """The tracking code."""
        return code_of(self.complaint.case.number)

    @property
    def pass_(self) -> str:
        """A pass for acting in the case."""
        return pass_for(self.complaint.case_id)


def tracked(complaint: Complaint, at: datetime) -> Tracked:
    """Return what whoever complained may know."""
    case = complaint.case
    known = cases.known(case)
    receiving = known.kind.receiving
    answer = known.facts.get(receiving.answer) if receiving and receiving.answer else None
    word, look = _public_state(case.ends, case.seq, bool(answer))
    return Tracked(
        complaint,
        known.kind.title.to(language()),
        word,
        look,
        bool(case.ends),
        _promises(clock_lines(known.standing, case, at)),
        str(answer or ""),
        known.open_to_public(at),
    )


def clocks(complaint: Complaint, at: datetime) -> tuple[ClockLine, ...]:
    """Return the clocks of a complaint in words."""
    return clock_lines(cases.known(complaint.case).standing, complaint.case, at)


def _promises(lines: Sequence[ClockLine]) -> tuple[Promise, ...]:
    return tuple(
        Promise(each.title, each.due) for each in lines if each.state in _RUNNING and each.due
    )


def _public_state(ends: str, seq: int, is_answered: bool) -> tuple[str, str]:
    """Say where a case stands without the inner states of the regulation."""
    words = {
        "closed": (_("已办结"), "good"),
        "referred": (_("已转其他程序办理"), "note"),
        "rejected": (_("不予认定或不予受理"), "note"),
        "withdrawn": (_("已撤回"), "note"),
        "merged": (_("已并入另一件办理"), "note"),
    }
    if ends:
        return words[ends]
    if is_answered:
        return _("已答复"), "good"
    return (_("已受理"), "note") if seq == 1 else (_("办理中"), "note")
