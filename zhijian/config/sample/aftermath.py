"""What became of results of the sample after approval: a correction, measures, typed amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from zhijian.assessments.services import approving, computing, correcting
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.intake import services as intake
from zhijian.intake.services import Entry
from zhijian.outcomes import queries as outcomes
from zhijian.outcomes import services
from zhijian.outcomes.queries import Sought

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment
    from zhijian.intake.book import Book

#: The half-year of the property group that was judged under a second regulation, and decided.
HALF_YEAR = "2026H1"
_INDICATORS = ("服务态度", "工作效率", "服务质量", "管理制度")
_MARKERS = ("考核人甲", "考核人乙")
_WHY = "一月末收到的一件有效投诉漏登，客户来函后查实。"
_FORGOTTEN = {
    "number": "补登-2026-01",
    "content": "退换货申请一周没有回音，客户来函催办",
    "validity": "有效",
}


def half_year(period: Period, estates: Mapping[str, float]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Marks and questionnaires of every estate, near to how well it is run."""
    for place, (name, skill) in enumerate(estates.items(), start=1):
        base = round(skill * 100) - 2
        for number, indicator in enumerate(_INDICATORS):
            for turn, marker in enumerate(_MARKERS):
                yield (
                    "mark",
                    {
                        "unit": name,
                        "on": period.first + timedelta(days=60 + 50 * turn + number),
                        "indicator": indicator,
                        "score": str(base + number % 2 - turn),
                        "marked_by": marker,
                    },
                )
        for number in range(1, 9):
            yield (
                "owner_survey",
                {
                    "unit": name,
                    "on": period.last - timedelta(days=number),
                    "number": f"{period.id}-{place}-{number:02}",
                    "score": str(base - 3 + number % 5),
                },
            )


def decide(assessment: Assessment, group: User, committee: User) -> None:
    """Work a result out, hand it in and approve it."""
    judged = computing.judge_all(assessment, lambda *_progress: None)
    computing.store(actor=group, assessment_id=assessment.pk, judged=judged)
    approving.submit(actor=group, assessment_id=assessment.pk)
    approving.approve(actor=committee, assessment_id=assessment.pk)


def put_right(group: User, committee: User) -> None:
    """Bring the measures of the half-year into different states, and type one amount."""
    sought = Sought(state="open")
    returned, done, verified, lifted = outcomes.remedies_seen(group, sought, clock.today())[:4]
    _report(group, returned.pk, "已张贴整改通知，正在联系电梯维保单位。")
    services.verify(
        actor=committee,
        remedy_id=returned.pk,
        accepted=False,
        text="只有通知，没有维保记录；请补齐两个月的维保单后再报。",
    )
    _report(group, done.pk, "门禁和监控已检修，值班人员重新培训，培训签到表见附件。")
    _report(group, verified.pk, "绿化带和楼道已清理，保洁排班改为每日两次，业主代表现场确认。")
    services.verify(
        actor=committee, remedy_id=verified.pk, accepted=True, text="现场复查，情况属实。"
    )
    services.reverse(
        actor=committee, entry_id=lifted.entry_id, reason="项目自七月起移交另一家企业管理。"
    )
    _type_penalty(committee)


def _report(group: User, remedy_id: int, text: str) -> None:
    proof = ContentFile(text.encode(), name="完成情况.txt")
    done = services.Done(on=clock.today(), text=text, evidence=proof)
    services.report_done(actor=group, remedy_id=remedy_id, done=done)


def _type_penalty(committee: User) -> None:
    """Type the amount of the penalty; that of the reward stays open."""
    waiting = outcomes.entries_seen(committee, outcomes.Wanted(kind="penalty", awaiting=True))
    for entry in waiting:
        services.type_amount(
            actor=committee,
            entry_id=entry.pk,
            amount=Decimal(2000),
            reason="委员会会议决定：参照上年同类项目，扣减二季度服务费二千元。",
        )


def correct(
    assessment: Assessment, book: Book, unit: str, customer: str, people: tuple[User, User, User]
) -> Assessment:
    """Correct a decided result: a complaint was forgotten; return the edition that stands now."""
    second, group, committee = people
    correction = correcting.reopen(actor=second, assessment_id=assessment.pk, reason=_WHY)
    cells = {**_FORGOTTEN, "unit": unit, "customer": customer, "on": book.period.first}
    intake.enter_record(actor=group, book=book, entry=Entry("complaint", cells))
    decide(correction, group, committee)
    approving.publish(actor=group, assessment_id=correction.pk)
    correction.refresh_from_db()
    return correction
