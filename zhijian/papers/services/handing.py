"""What people do with a paper that was issued: receive it, give more time, withdraw it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import services as casework
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.papers import queries
from zhijian.papers.composing import moment_of
from zhijian.papers.models import OPEN, EventWord, Paper, PaperReceiver, State
from zhijian.papers.refusals import PaperRefused
from zhijian.papers.services.telling import told_extended, told_withdrawn
from zhijian.papers.services.writing import By, happened, moved

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@transaction.atomic
def receive(*, actor: User, paper_id: int, at: datetime) -> Paper:
    """Note that somebody received a paper that goes to them; asked again, nothing is added."""
    paper = _locked(actor, paper_id)
    _receipt(paper, actor.pk, actor, at)
    return paper


@transaction.atomic
def note_receipt(*, actor: User, paper_id: int, person_id: int, at: datetime) -> Paper:
    """Note that somebody received a paper by hand; it is told who noted it."""
    paper = _locked(actor, paper_id)
    _check_manages(actor, paper)
    _receipt(paper, person_id, actor, at)
    return paper


@transaction.atomic
def extend(*, actor: User, paper_id: int, until: date, reason: str, at: datetime) -> Paper:
    """Give more time to answer, with a reason; where a clock of the case runs, the case does."""
    paper = _locked(actor, paper_id)
    _check_manages(actor, paper)
    if paper.state not in OPEN:
        raise PaperRefused("papers.not_open", number=paper.number, state=paper.get_state_display())
    if paper.limit_moves:
        raise PaperRefused("papers.limit_of_case", number=paper.number)
    if paper.reply_by is None:
        raise PaperRefused("papers.no_limit", number=paper.number)
    moment = moment_of(until)
    if moment is None or moment <= max(paper.reply_by, at):
        raise PaperRefused("papers.not_later", until=until)
    paper.reply_by = moment
    paper.save(update_fields=["reply_by"])
    happened(paper, EventWord.EXTENDED, By(actor, at), _reason(reason), moment)
    _record(actor, "papers.extend", paper, until=until, reason=reason.strip())
    told_extended(paper)
    return paper


@transaction.atomic
def withdraw(*, actor: User, paper_id: int, reason: str, at: datetime) -> Paper:
    """Take a paper back with a reason; its bytes stay, and whoever verifies it is told."""
    paper = _locked(actor, paper_id)
    _check_manages(actor, paper)
    if not paper.is_in_force:
        raise PaperRefused("papers.not_open", number=paper.number, state=paper.get_state_display())
    moved(paper, State.WITHDRAWN)
    happened(paper, EventWord.WITHDRAWN, By(actor, at), _reason(reason))
    _record(actor, "papers.withdraw", paper, reason=reason.strip())
    told_withdrawn(paper)
    return paper


def _receipt(paper: Paper, person_id: int, actor: User, at: datetime) -> None:
    if not paper.is_in_force:
        raise PaperRefused("papers.not_open", number=paper.number, state=paper.get_state_display())
    row = PaperReceiver.objects.filter(paper=paper, person_id=person_id).first()
    if row is None:
        raise PaperRefused("papers.not_to_them", number=paper.number)
    if row.received_at is not None:
        return
    row.received_at, row.noted_by = at, actor if actor.pk != person_id else None
    row.save(update_fields=["received_at", "noted_by"])
    happened(paper, EventWord.RECEIVED, By(row.person, at))
    _record(actor, "papers.receive", paper, person=person_id)
    if paper.state == State.ISSUED and queries.received(paper.receivers.all()):
        moved(paper, State.RECEIVED)


def _locked(actor: User, paper_id: int) -> Paper:
    """Return a paper that somebody may see; its case is locked, as it is by every step."""
    found = queries.paper_for(actor, paper_id)
    if found is None:
        raise PaperRefused("papers.not_there")
    casework.held(found.case_id)
    return Paper.objects.select_related("case").get(pk=paper_id)


def _check_manages(actor: User, paper: Paper) -> None:
    if not accounts.may(actor, "papers.manage", paper.case.unit_id):
        raise PaperRefused("papers.may_not_manage", number=paper.number)


def _reason(text: str) -> str:
    if not text.strip():
        raise PaperRefused("papers.reason_needed")
    return text.strip()


def _record(actor: User, action: str, paper: Paper, **after: object) -> None:
    subject = Subject("papers.paper", str(paper.pk), str(paper))
    record(actor=actor, action=action, subject=subject, after=after)
