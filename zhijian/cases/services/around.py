"""What people add around a case without changing where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from zhijian.accounts import queries as accounts
from zhijian.cases.models import Case, CaseComment, CaseEvidence, CaseLink, LinkWord
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services.asked import Upload
from zhijian.cases.services.checking import EVIDENCE_LIMIT, check_may_act
from zhijian.cases.services.files import keep
from zhijian.cases.services.planning import Moment
from zhijian.cases.visibility import case_for
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record

if TYPE_CHECKING:
    from zhijian.accounts.models import User

COMMENT_LENGTH = 4000
_TITLE_LENGTH = 200


@transaction.atomic
def comment(*, actor: User, case_id: int, text: str, at: datetime) -> CaseComment:
    """Say something about a case; it changes nothing in it and stays."""
    case = _seen(actor, case_id)
    told = text.strip()
    if not told:
        raise CaseRefused("cases.comment_empty")
    if len(told) > COMMENT_LENGTH:
        raise CaseRefused("cases.comment_too_long", limit=COMMENT_LENGTH, count=len(told))
    return CaseComment.objects.create(case=case, text=told, by=actor, at=at)


@transaction.atomic
def attach(*, actor: User, case_id: int, upload: File, title: str, at: datetime) -> CaseEvidence:
    """Add a photo or a file as evidence; the same file twice is one. Raises ``FileRefused``."""
    _seen(actor, case_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    given = Upload("", upload)
    held = CaseEvidence.objects.filter(case=case)
    if held.count() >= EVIDENCE_LIMIT and not held.filter(digest=given.digest).exists():
        raise CaseRefused("cases.too_much_evidence", limit=EVIDENCE_LIMIT, count=EVIDENCE_LIMIT + 1)
    return keep(case, given, Moment.of(at, actor), title.strip()[:_TITLE_LENGTH])


@transaction.atomic
def link(*, actor: User, case_id: int, other_id: int, at: datetime) -> CaseLink:
    """Link two cases; the link is seen from both, and linking them again adds nothing."""
    case, other = _seen(actor, case_id), _seen(actor, other_id)
    if case.pk == other.pk:
        raise CaseRefused("cases.link_to_itself")
    found = CaseLink.objects.filter(
        Q(source=case, target=other) | Q(source=other, target=case), word=LinkWord.RELATED
    ).first()
    if found is not None:
        return found
    # The smaller number first: two who link them at once make one link.
    source, target = sorted((case, other), key=lambda each: each.pk)
    row, _ = CaseLink.objects.get_or_create(
        source=source, target=target, word=LinkWord.RELATED, defaults={"by": actor, "at": at}
    )
    return row


@transaction.atomic
def reveal(*, actor: User, case_id: int, purpose: str) -> Case:
    """Note that somebody looks at the personal data of a case, and for what."""
    case = _seen(actor, case_id)
    if not accounts.may(actor, "cases.reveal", case.unit_id):
        raise CaseRefused("cases.may_not_reveal")
    if not purpose.strip():
        raise CaseRefused("cases.purpose_needed")
    record(
        actor=actor,
        action="cases.reveal",
        subject=Subject("cases.case", str(case.pk), case.number),
        after={"purpose": purpose.strip()[:_TITLE_LENGTH]},
    )
    return case


def _seen(actor: User, case_id: int) -> Case:
    case = case_for(actor, case_id)
    if case is None:
        raise CaseRefused("cases.not_there")
    check_may_act(actor)
    return case
