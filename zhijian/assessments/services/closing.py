"""Closing the records of a period: for the time of a review, and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijian.assessments.models import Assessment, State
from zhijian.intake import services as intake

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def records_held_for(assessment: Assessment) -> str:
    """What the lock on the records of a decided result names as its reason."""
    return f"assessments:{assessment.pk}"


def _reviewed_for(assessment: Assessment) -> str:
    return f"{records_held_for(assessment)}:review"


def close_for_review(actor: User, assessment: Assessment) -> None:
    """Let the records stand still while the committee looks at what they gave."""
    intake.hold_period(
        actor=actor,
        pack_id=assessment.pack_id,
        first=assessment.first,
        last=assessment.last,
        reason=_reviewed_for(assessment),
    )


def end_review(actor: User, assessment: Assessment, reason: str) -> None:
    """Open the records again that were closed for a review."""
    intake.unlock_period(
        actor=actor,
        pack_id=assessment.pack_id,
        locked_for=_reviewed_for(assessment),
        reason=reason,
    )


def close_for_good(actor: User, assessment: Assessment) -> None:
    """Close the records of a result that stands."""
    intake.lock_period(
        actor=actor,
        pack_id=assessment.pack_id,
        first=assessment.first,
        last=assessment.last,
        reason=records_held_for(assessment),
    )


def hand_back(actor: User, assessment: Assessment, reason: str) -> None:
    """Take results from the committee back to the working group, with their records."""
    end_review(actor, assessment, reason)
    assessment.state = State.COMPUTED
    assessment.save(update_fields=["state"])
