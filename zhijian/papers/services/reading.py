"""Reading the bytes of a paper: what is personal is noted when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files import queries as files
from zhijian.papers import queries
from zhijian.papers.models import Paper
from zhijian.papers.refusals import PaperRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def opened(*, actor: User, paper: Paper) -> bytes:
    """Return the archived bytes; it is noted who read those with personal facts."""
    if not queries.may_open(actor, paper):
        raise PaperRefused("papers.personal", number=paper.number)
    if paper.is_personal:
        subject = Subject("papers.paper", str(paper.pk), str(paper))
        record(actor=actor, action="papers.open_personal", subject=subject)
    with files.open_file(paper.pdf_id) as content:
        return content.read()
