"""A published quarter, and its correction step by step, for stories about what follows it."""

from __future__ import annotations

from datetime import datetime

from tests.kept import kept
from tests.people import make_person
from tests.quarters import Quarter, make_complete_quarter
from zhijian.accounts import roles
from zhijian.accounts.models import User
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.assessments.services import approving, correcting
from zhijian.foundation import clock
from zhijian.outcomes import services as outcomes

#: The unit whose result the correction changes.
CHANGED = "市场经营部"
REASON = "漏计一件有效投诉"


@kept
def make_approved() -> Quarter:
    """A quarter that the committee approved."""
    quarter = make_complete_quarter()
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    quarter.approve()
    return quarter


@kept
def make_published() -> Quarter:
    """A quarter that the committee approved and the working group published."""
    quarter = make_approved()
    approving.publish(actor=quarter.people.working_group, assessment_id=quarter.assessment.pk)
    quarter.assessment.refresh_from_db()
    return quarter


def second_committee() -> User:
    """Another member of the committee than the one who approved."""
    found = User.objects.filter(username="second_committee").first()
    return found or make_person("second_committee", roles.COMMITTEE)


def reopen(quarter: Quarter) -> Assessment:
    """Let the other member reopen the result; the quarter goes on with the correction."""
    former = quarter.assessment
    quarter.assessment = correcting.reopen(
        actor=second_committee(), assessment_id=former.pk, reason=REASON
    )
    return former


def correct(quarter: Quarter) -> Assessment:
    """Reopen, add the complaint that was forgotten, work out again and approve."""
    former = reopen(quarter)
    finish(quarter)
    former.refresh_from_db()
    return former


def finish(quarter: Quarter) -> None:
    """Add the complaint that was forgotten to the reopened quarter, and approve it."""
    quarter.enter(
        "complaint",
        CHANGED,
        on=quarter.book.period.first,
        number="漏计-1",
        customer="丙",
        content="错发货物",
        validity="有效",
    )
    quarter.compute()
    quarter.submit()
    quarter.approve()


def order_measures(
    quarter: Quarter, at: datetime | None = None, text: str = "三十日内整改", days: int = 30
) -> None:
    """Let two units be ordered to put something right, one of them the unit that is corrected."""
    for unit in (CHANGED, "储运中心"):
        sheet = quarter.sheet(unit)
        measure = {**sheet.proposals[0], "rule": "mend", "kind": "measure", "yuan": "0.00",
                   "title": "限期整改", "text": text, "days": days}  # fmt: skip
        ScoreSheet.objects.filter(pk=sheet.pk).update(proposals=[*sheet.proposals, measure])
    outcomes.settle(quarter.assessment, quarter.people.committee, at or clock.now())
