"""Issuing a paper: numbered, printed, archived, and told to whom it goes, in one transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases import services as casework
from zhijian.cases.library import Library
from zhijian.cases.to_domain import Standing, standing_of
from zhijian.domain.casework.kind import Form
from zhijian.domain.casework.paper import PaperRule
from zhijian.domain.dates.titles import day_title
from zhijian.foundation.audit import chain
from zhijian.foundation.audit import services as audit
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.files.services import Owner, store_bytes
from zhijian.foundation.numbering.services import next_number
from zhijian.papers import queries
from zhijian.papers.composing import Composed, compose
from zhijian.papers.models import EventWord, Paper, PaperReceiver, State
from zhijian.papers.owners import PDF
from zhijian.papers.printing import render
from zhijian.papers.refusals import PaperRefused
from zhijian.papers.services.telling import told_issued
from zhijian.papers.services.writing import By, happened, moved

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

NUMBERS: Final = "papers."
"""Begins the name of the series of numbers; the prefix of the form follows."""
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody takes for another one."""
_SAMPLE, _PREVIEW = "示例数据", "预览，未签发"


@dataclass(frozen=True, slots=True)
class Issuing:
    """What becomes a paper: a form of a case as it stands, when, and why where it is anew."""

    case: Case
    standing: Standing
    form: Form
    at: datetime
    reason: str = ""

    @property
    def rule(self) -> PaperRule:
        """How the form becomes a paper."""
        if self.form.paper is None:
            raise LookupError(f"the form {self.form.id} is no paper")
        return self.form.paper

    def composed(self) -> Composed:
        """Fill the form."""
        return compose(self.form, self.rule, self.case, self.standing, self.at)


@transaction.atomic
def issue(*, actor: User, case_id: int, form: str, reason: str = "", at: datetime) -> Paper:
    """Issue a paper by hand, or anew in the place of one that was issued before, with a reason.

    A form that a step issues is not issued before that step. Raises ``PaperRefused``.
    """
    case = casework.held(case_id)
    if cases.case_for(actor, case_id) is None or not accounts.may(
        actor, "papers.issue", case.unit_id
    ):
        raise PaperRefused("papers.may_not_issue")
    standing = standing_of(case, Library())
    found = standing.kind.forms.get(form)
    if found is None or found.paper is None:
        raise PaperRefused("papers.no_such_form", form=form)
    issuing = Issuing(case, standing, found, timezone.localtime(at), reason.strip())
    former = queries.last_of(case_id, form)
    if former is None and found.paper.issued:
        steps = [standing.kind.steps[each].title for each in found.paper.issued]
        raise PaperRefused("papers.issued_by_step", form=found.title, step=steps[0])
    if former is not None and not issuing.reason:
        raise PaperRefused("papers.reissue_reason", number=former.number)
    return issued(issuing, former, actor)


def preview(*, actor: User, case: Case, form: Form, at: datetime) -> bytes:
    """Return the paper as it would be now, marked as a preview, without number and code."""
    issuing = Issuing(case, standing_of(case, Library()), form, timezone.localtime(at))
    composed = issuing.composed()
    if composed.is_personal:
        if not accounts.may(actor, "cases.reveal", case.unit_id):
            raise PaperRefused("papers.personal", number=form.title)
        subject = Subject("cases.case", str(case.pk), case.number)
        audit.record(actor=actor, action="papers.preview_personal", subject=subject)
    return render({**composed.document, "mark": _PREVIEW})


def issued(issuing: Issuing, former: Paper | None, actor: User | None, step: int = 0) -> Paper:
    """Write a paper of a case whose row is locked; ``former`` is the one whose place it takes."""
    # The trail before the numbers: other papers are issued when it is held already.
    audit.hold()
    by = By(actor, issuing.at)
    composed, case, rule = issuing.composed(), issuing.case, issuing.rule
    year = issuing.at.year
    serial = next_number(kind=f"{NUMBERS}{rule.prefix}", year=year)
    number, code = f"{rule.prefix}{year}-{serial:04d}", _code()
    more = {"number": number, "code": code, "replaces": former.number if former else ""}
    document = _whole(composed.document, issuing, more)
    if former is not None and former.is_in_force:
        moved(former, State.REPLACED)
        happened(former, EventWord.REPLACED, by, issuing.reason)
    content = render(document)
    paper = Paper(
        case=case,
        form=issuing.form.id,
        title=issuing.form.title.zh,
        title_en=issuing.form.title.en,
        prefix=rule.prefix,
        year=year,
        serial=serial,
        number=number,
        code=code,
        issuer=document["issuer"],
        issued_at=issuing.at,
        issued_by=actor,
        step=step or None,
        document=document,
        content_digest=document["content_digest"],
        digest=hashlib.sha256(content).hexdigest(),
        pdf_id=0,
        is_personal=composed.is_personal,
        reply_by=composed.reply_by,
        limit_moves=bool(rule.reply_clock),
        replaces=former,
        is_sample=case.is_sample,
    )
    _archive(paper, content, actor)
    people = [PaperReceiver(paper=paper, person_id=each) for each in composed.receivers]
    PaperReceiver.objects.bulk_create(people)
    if issuing.standing.course.ends and not people:
        moved(paper, State.CLOSED)
    happened(paper, EventWord.ISSUED, by, issuing.reason)
    audit.record(
        actor=actor,
        action="papers.issue",
        subject=Subject("papers.paper", str(paper.pk), str(paper)),
        after={"case": case.number, "digest": paper.digest, "replaces": more["replaces"]},
    )
    told_issued(paper, composed.receivers, actor)
    return paper


def _whole(
    document: Mapping[str, Any], issuing: Issuing, more: Mapping[str, str]
) -> dict[str, Any]:
    """Return all that is printed, with its own digest."""
    whole = {
        **document,
        **more,
        "day": day_title(issuing.at.date()),
        "mark": _SAMPLE if issuing.case.is_sample else "",
        "verify": _address(more["number"], more["code"]),
    }
    return {**whole, "content_digest": hashlib.sha256(chain.canonical(whole).encode()).hexdigest()}


def _archive(paper: Paper, content: bytes, actor: User | None) -> None:
    """Keep the bytes; the row comes first, as the file belongs to it by its key."""
    paper.save(force_insert=True)
    owner = Owner(PDF, str(paper.pk))
    name = f"{paper.number}{paper.title}.pdf"
    stored = store_bytes(content=content, name=name, owner=owner, uploader=actor)
    paper.pdf_id = stored.id
    paper.save(update_fields=["pdf_id"])


def _code() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def _address(number: str, code: str) -> str:
    """Return what the QR code holds: the page that verifies, or both numbers without a site."""
    if not settings.SITE_URL:
        return f"{number} {code}"
    asked = urlencode({"number": number, "code": code})
    return f"{settings.SITE_URL.rstrip('/')}{reverse('papers:verify')}?{asked}"
