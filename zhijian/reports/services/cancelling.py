"""What papers follow when a correction is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.reports.models import Publication, Report, State

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment


def follow_cancellation(correction: Assessment, former: Assessment, actor: User) -> None:
    """Let drafts about a correction be about the edition that stands.

    A draft that was to take the place of a report that now goes on to count is given up; the audit
    trail keeps what was written in it.
    """
    drafts = Report.objects.select_for_update(of=("self",)).filter(
        assessment=correction, state=State.DRAFT
    )
    for draft in drafts.order_by("pk"):
        in_force = Report.objects.filter(assessment=former, outline=draft.outline)
        if in_force.exclude(state=State.WITHDRAWN).exists():
            _give_up(draft, actor)
        else:
            draft.assessment = former
            draft.save(update_fields=["assessment"])
    Publication.objects.filter(assessment=correction).update(assessment=former)


def _give_up(draft: Report, actor: User) -> None:
    record(
        actor=actor,
        action="reports.give_up",
        subject=Subject("reports.report", str(draft.pk), draft.title),
        before={"texts": draft.texts, "changed_at": draft.changed_at},
    )
    draft.delete()
