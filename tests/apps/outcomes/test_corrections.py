"""Money follows the correction of a result: reversed and booked anew where it changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.corrections import (
    CHANGED,
    REASON,
    correct,
    make_published,
    order_measures,
    reopen,
)
from tests.quarters import PACK, Quarter
from zhijian.foundation import clock
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import LedgerEntry, Remedy, RemedyState, StepKind
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import NewItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Quarter:
    return make_published()


def amounts(unit: str) -> list[Decimal]:
    return [row.amount for row in LedgerEntry.objects.filter(unit_name=unit).order_by("pk")]


def standing(unit: str) -> LedgerEntry:
    return LedgerEntry.objects.get(unit_name=unit, reverses=None, reversed_by=None)


def page(user: object, path: str) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.get(path).content.decode()


@pytest.mark.req("SYS-14")
def test_a_changed_amount_is_reversed_and_booked_anew(published: Quarter) -> None:
    (before,) = amounts(CHANGED)

    correct(published)

    sheet = published.sheet(CHANGED)
    assert sheet.yuan != before
    assert amounts(CHANGED) == [before, -before, sheet.yuan]
    reversal = LedgerEntry.objects.get(unit_name=CHANGED, reverses__isnull=False)
    assert REASON in reversal.reason
    assert "第 2 版" in reversal.reason
    assert standing(CHANGED).assessment == published.assessment


def test_an_amount_that_stays_is_neither_reversed_nor_booked_again(published: Quarter) -> None:
    others = LedgerEntry.objects.exclude(unit_name=CHANGED)
    before = list(others.order_by("pk").values())

    former = correct(published)

    assert list(others.order_by("pk").values()) == before
    kept = others.first()
    assert kept is not None
    assert kept.assessment == former
    text = page(published.people.leader, f"/outcomes/entries/{kept.pk}/")
    assert "考核结果已更正，本笔不变" in text


def test_the_books_add_up_to_the_sheets_of_the_current_edition(published: Quarter) -> None:
    correct(published)

    booked = queries.totals(LedgerEntry.objects.filter(period="2024Q1")).balance
    assert booked == sum(row.yuan or 0 for row in published.assessment.sheets.filter(
        is_current=True
    ))  # fmt: skip


def test_the_budget_of_the_working_group_is_untouched_by_corrections(published: Quarter) -> None:
    evidence = SimpleUploadedFile("receipt.txt", "发票".encode())
    item = NewItem(Decimal(100), "奖品", clock.today(), evidence)
    services.spend(
        actor=published.people.working_group, pack_id=PACK, budget_id="group_budget", item=item
    )
    before = queries.book_view(PACK, "group_budget", clock.today())

    correct(published)

    after = queries.book_view(PACK, "group_budget", clock.today())
    assert before is not None
    assert after is not None
    assert (after.limit, after.spent, after.left) == (before.limit, before.spent, before.left)


def test_nothing_is_reversed_before_the_correction_is_approved(published: Quarter) -> None:
    before = LedgerEntry.objects.count()

    reopen(published)
    published.compute()
    published.submit()

    assert LedgerEntry.objects.count() == before


def test_decisions_lead_to_each_other(published: Quarter) -> None:
    first = standing(CHANGED)
    correct(published)
    second = standing(CHANGED)

    old = page(published.people.leader, f"/outcomes/entries/{first.pk}/")
    new = page(published.people.leader, f"/outcomes/entries/{second.pk}/")

    assert f"/outcomes/entries/{second.pk}/" in old
    assert "更正后重新记入" in old
    assert f"/outcomes/entries/{first.pk}/" in new


def test_a_measure_moves_to_the_new_decision_with_what_was_done(published: Quarter) -> None:
    order_measures(published)
    remedy = Remedy.objects.get(entry__unit_name=CHANGED)
    services.report_done(
        actor=published.people.clerk,
        remedy_id=remedy.pk,
        done=services.Done(
            clock.today(), "已培训", SimpleUploadedFile("list.txt", "签到".encode())
        ),
    )
    former = published.assessment
    reopen(published)
    published.enter("complaint", CHANGED, on=published.book.period.first, number="漏计-2",
                    customer="丁", content="x", validity="有效")  # fmt: skip
    published.compute()
    order_measures(published)

    remedy.refresh_from_db()
    assert remedy.entry.assessment == published.assessment
    assert remedy.entry.due_on == clock.today() + timedelta(days=30)
    assert remedy.state == RemedyState.DONE
    assert [step.kind for step in remedy.steps.all()] == [StepKind.DONE, StepKind.MOVED]
    other = Remedy.objects.get(entry__unit_name="储运中心")
    assert other.entry.assessment == former
    assert Remedy.objects.count() == 2


def test_a_measure_that_no_longer_follows_is_lifted(published: Quarter) -> None:
    order_measures(published)

    correct(published)

    remedy = Remedy.objects.get(entry__unit_name=CHANGED)
    assert remedy.state == RemedyState.LIFTED
    assert REASON in remedy.steps.get().text


def test_what_the_committee_took_back_is_not_revived_by_a_correction(published: Quarter) -> None:
    others = LedgerEntry.objects.exclude(unit_name=CHANGED)
    taken = others.get(pk=others.first().pk)  # type: ignore[union-attr]
    services.reverse(
        actor=published.people.committee, entry_id=taken.pk, reason="第 4 次会议决定撤销"
    )

    correct(published)

    left = LedgerEntry.objects.filter(unit_name=taken.unit_name, rule=taken.rule)
    assert sum(each.amount for each in left) == 0
    assert left.count() == 2


# --- what a correction does to the limit and the state of a measure ------------------------------


AGO = timedelta(days=10)


def reported(published: Quarter, remedy: Remedy, on: date | None = None) -> Remedy:
    evidence = SimpleUploadedFile("list.txt", "签到".encode())
    done = services.Done(on or clock.today(), "已培训", evidence)
    return services.report_done(actor=published.people.clerk, remedy_id=remedy.pk, done=done)


def ordered_again(published: Quarter, text: str = "三十日内整改", days: int = 30) -> Remedy:
    """Let the correction order the unit something that changed, or that did not."""
    reopen(published)
    published.enter("complaint", CHANGED, on=published.book.period.first, number="漏计-2",
                    customer="丁", content="x", validity="有效")  # fmt: skip
    published.compute()
    order_measures(published, text=text, days=days)
    return Remedy.objects.get(entry__unit_name=CHANGED)


def test_the_limit_of_an_order_that_stays_is_not_put_off(published: Quarter) -> None:
    order_measures(published, at=clock.now() - AGO)

    remedy = ordered_again(published)

    assert remedy.entry.assessment == published.assessment
    assert remedy.entry.effective_on == clock.today()
    assert remedy.entry.due_on == clock.today() - AGO + timedelta(days=30)


def test_another_number_of_days_is_another_limit(published: Quarter) -> None:
    order_measures(published, at=clock.now() - AGO)
    reported(published, Remedy.objects.get(entry__unit_name=CHANGED))

    remedy = ordered_again(published, days=15)

    assert remedy.entry.due_on == clock.today() + timedelta(days=15)
    assert remedy.state == RemedyState.DONE


def test_what_was_done_before_the_correction_can_still_be_reported(published: Quarter) -> None:
    order_measures(published, at=clock.now() - AGO)
    remedy = ordered_again(published)
    first = clock.day_of(clock.now() - AGO)
    assert remedy.ordered_on == first

    with pytest.raises(OutcomeRefused, match=r"^outcomes\.done_too_early$"):
        reported(published, remedy, first - timedelta(days=1))
    assert reported(published, remedy, first).state == RemedyState.DONE


@pytest.mark.parametrize("verified", [False, True])
def test_another_order_has_to_be_done_anew(published: Quarter, verified: bool) -> None:
    order_measures(published, at=clock.now() - AGO)
    remedy = reported(published, Remedy.objects.get(entry__unit_name=CHANGED))
    if verified:
        services.verify(
            actor=published.people.working_group, remedy_id=remedy.pk, accepted=True, text=""
        )

    after = ordered_again(published, text="三十日内整改并培训全体人员")

    assert after.state == RemedyState.OPEN
    assert after.entry.due_on == clock.today() + timedelta(days=30)
    *_before, moved, reopened = [step.kind for step in after.steps.all()]
    assert (moved, reopened) == (StepKind.MOVED, StepKind.REOPENED)
    assert "要求已改，重新整改" in page(published.people.leader, f"/outcomes/remedies/{after.pk}/")


def test_an_order_that_nobody_reported_stays_open_when_it_changes(published: Quarter) -> None:
    order_measures(published, at=clock.now() - AGO)

    after = ordered_again(published, text="限期整改并报告")

    assert after.state == RemedyState.OPEN
    assert [step.kind for step in after.steps.all()] == [StepKind.MOVED]
