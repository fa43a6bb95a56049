"""What a step of a case does to its papers: it issues, extends, answers or closes them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.filling import issued_by, reply_by
from zhijian.papers import queries
from zhijian.papers.composing import moment_of
from zhijian.papers.models import IN_FORCE, OPEN, EventWord, Paper, State
from zhijian.papers.services.issuing import Issuing, issued
from zhijian.papers.services.telling import told_extended
from zhijian.papers.services.writing import By, happened, moved

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case


def follow(case: Case, standing: Standing, actor: User | None, at: datetime) -> None:
    """Let the papers of a case follow its last step; the row of the case is locked."""
    kind, last = standing.kind, standing.course.happened[-1]
    if not any(form.paper for form in kind.forms.values()):
        return
    if last.seq > 1:
        for paper in Paper.objects.filter(case=case, state__in=IN_FORCE).order_by("pk"):
            _moved_on(paper, standing, actor, at)
    for name in issued_by(kind, last.step):
        former = queries.last_of(case.pk, name)
        because = kind.steps[last.step].title.zh if former else ""
        issued(Issuing(case, standing, kind.forms[name], at, because), former, actor, last.seq)


def _moved_on(paper: Paper, standing: Standing, actor: User | None, at: datetime) -> None:
    rule, last = standing.kind.forms[paper.form].paper, standing.course.happened[-1]
    if rule is None or paper.state == State.CLOSED:
        return
    if last.step in rule.answered and paper.state in OPEN:
        moved(paper, State.ANSWERED)
        happened(paper, EventWord.ANSWERED, By(actor, at))
    elif paper.limit_moves and paper.state in OPEN:
        _extended(paper, moment_of(reply_by(rule, standing.course, standing.around, at)), at)
    if standing.course.ends:
        moved(paper, State.CLOSED)
        happened(paper, EventWord.CLOSED, By(actor, at))


def _extended(paper: Paper, until: datetime | None, at: datetime) -> None:
    """Note that the clock of the case gives more time than stands on the paper."""
    if until is None or (paper.reply_by is not None and until <= paper.reply_by):
        return
    paper.reply_by = until
    paper.save(update_fields=["reply_by"])
    happened(paper, EventWord.EXTENDED, By(None, at), until=until)
    told_extended(paper)
