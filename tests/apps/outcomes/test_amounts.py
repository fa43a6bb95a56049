"""An amount that the regulation leaves open: typed by the approver, and counted only then."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from tests.apps.outcomes.open_results import PLAN, Decided, decided, publish
from tests.corrections import REASON, second_committee
from tests.people import make_person
from zhijian.accounts import roles
from zhijian.accounts.models import User
from zhijian.assessments.services import correcting
from zhijian.assessments.services.approving import hindrances
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import AmountState, LedgerEntry, OpenAmount, TypedAmount
from zhijian.outcomes.refusals import OutcomeRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def result() -> Decided:
    return decided()


def type_amount(
    result: Decided, amount: str = "3000", actor: User | None = None, rule: str = "honour"
) -> LedgerEntry:
    return services.type_amount(
        actor=actor or result.people.committee,
        entry_id=result.entry(rule).pk,
        amount=Decimal(amount),
        reason="委员会第 3 次会议",
    )


def balance() -> Decimal:
    return queries.totals(LedgerEntry.objects.all()).balance


def state(result: Decided) -> str:
    return OpenAmount.objects.get(entry=result.entry()).state


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


# --- what is booked ------------------------------------------------------------------------------


@pytest.mark.req("DIS-16")
def test_the_approval_waits_for_no_typed_amount(result: Decided) -> None:
    entry = result.entry()

    assert result.assessment.state == "approved"
    assert hindrances(result.assessment) == []
    assert (entry.amount, entry.awaits_amount, state(result)) == (0, True, "open")
    assert (entry.open_amount.least, entry.open_amount.most) == (Decimal(100), Decimal(5000))
    assert (balance(), queries.awaiting(result.people.leader)) == (0, 1)


@pytest.mark.req("DIS-16", "SYS-14")
def test_what_is_typed_is_booked_with_who_typed_it(result: Decided) -> None:
    booked = type_amount(result, "3000.50")

    assert (booked.amount, booked.capitals) == (Decimal("3000.50"), "叁仟元伍角整")
    assert (booked.rule, booked.kind, booked.unit_id) == ("honour.amount", "reward", result.unit.pk)
    assert booked.working["value"] == "3000.5"
    typed = TypedAmount.objects.get(entry=booked)
    assert (typed.by, typed.reason) == (result.people.committee, "委员会第 3 次会议")
    assert (balance(), queries.awaiting(result.people.leader)) == (Decimal("3000.50"), 0)
    (told,) = of_subject("outcomes.entry", str(result.entry().pk))
    assert (told.action, told.after["amount"]) == ("outcomes.type_amount", "3000.50")


def test_the_amount_of_a_penalty_is_booked_negative() -> None:
    result = decided(score="50")

    booked = type_amount(result, "200", result.people.leader, "warning")

    assert (booked.amount, booked.due_on) == (Decimal(-200), None)
    assert result.entry("warning").due_on is not None


def test_zero_is_an_answer_where_the_limits_allow_it() -> None:
    result = decided(score="50")

    booked = type_amount(result, "0", result.people.leader, "warning")

    assert (booked.amount, booked.capitals, balance()) == (0, "", 0)
    assert queries.awaiting(result.people.leader) == 0


@pytest.mark.parametrize("amount", ["99.99", "5000.01", "-100", "100.001"])
def test_beyond_the_limits_nothing_is_booked(result: Decided, amount: str) -> None:
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.typed_out_of_range$"):
        type_amount(result, amount)

    assert not TypedAmount.objects.exists()
    assert state(result) == AmountState.OPEN


def test_an_amount_is_typed_once(result: Decided) -> None:
    type_amount(result)

    with pytest.raises(OutcomeRefused, match=r"^outcomes\.amount_not_awaited$"):
        type_amount(result, "4000")
    assert balance() == 3000


def test_an_amount_needs_a_reason(result: Decided) -> None:
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.reason_needed$"):
        services.type_amount(
            actor=result.people.committee, entry_id=result.entry().pk,
            amount=Decimal(100), reason=" ",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("working_group", "outcomes.may_not"),
        ("clerk", "outcomes.may_not"),
        ("auditor", "outcomes.may_not"),
        # Leaders may be left amounts, but this one is left to the committee.
        ("leader", "outcomes.not_the_approver"),
    ],
)
def test_only_the_role_that_the_regulation_names_types_it(
    result: Decided, who: str, code: str
) -> None:
    with pytest.raises(OutcomeRefused, match=f"^{code}$".replace(".", r"\.")):
        type_amount(result, actor=getattr(result.people, who))


def test_an_entry_whose_amount_was_worked_out_awaits_none(result: Decided) -> None:
    booked = type_amount(result)

    with pytest.raises(OutcomeRefused, match=r"^outcomes\.amount_not_awaited$"):
        services.type_amount(
            actor=result.people.committee, entry_id=booked.pk, amount=Decimal(9), reason="x"
        )


# --- reversals and corrections -------------------------------------------------------------------


def test_a_typed_amount_that_is_reversed_is_open_again(result: Decided) -> None:
    wrong = type_amount(result)

    services.reverse(actor=result.people.committee, entry_id=wrong.pk, reason="填错")
    assert (balance(), state(result)) == (0, AmountState.OPEN)
    right = type_amount(result, "300")

    assert (balance(), state(result)) == (300, AmountState.TYPED)
    assert right.revision == wrong.revision + 1
    assert [each.entry for each in queries.typed_for(result.entry())] == [right, wrong]


def test_what_was_typed_goes_with_the_entry_that_left_it_open(result: Decided) -> None:
    entry = result.entry()
    type_amount(result)

    services.reverse(actor=result.people.committee, entry_id=entry.pk, reason="撤销称号")

    assert balance() == 0
    assert OpenAmount.objects.get(entry=entry).state == AmountState.LIFTED
    assert queries.awaiting(result.people.leader) == 0
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.amount_not_awaited$"):
        services.type_amount(
            actor=result.people.committee, entry_id=entry.pk, amount=Decimal(100), reason="x"
        )


def test_settling_again_changes_nothing(result: Decided) -> None:
    type_amount(result)
    before = list(LedgerEntry.objects.order_by("pk").values())

    services.settle(result.assessment, result.people.committee, clock.now())

    assert list(LedgerEntry.objects.order_by("pk").values()) == before
    assert state(result) == AmountState.TYPED


def correct(result: Decided, score: str) -> None:
    result.assessment = correcting.reopen(
        actor=second_committee(), assessment_id=result.assessment.pk, reason=REASON
    )
    result.enter(score)
    result.approve()


def test_a_correction_that_changes_nothing_leaves_the_typed_amount(result: Decided) -> None:
    type_amount(result)

    correct(result, "90")

    assert (balance(), state(result)) == (3000, AmountState.TYPED)


def test_a_corrected_result_asks_for_the_amount_anew(result: Decided) -> None:
    former = result.entry()
    type_amount(result)

    correct(result, "80")

    assert result.entry() != former
    assert (balance(), state(result)) == (0, AmountState.OPEN)
    assert OpenAmount.objects.get(entry=former).state == AmountState.LIFTED


def test_a_correction_under_another_approver_asks_that_one(result: Decided) -> None:
    former = result.entry()
    publish(PLAN.replace("approver: committee", "approver: leader"), ("1.1", "2024-02-01"))

    correct(result, "90")

    assert OpenAmount.objects.get(entry=former).state == AmountState.LIFTED
    assert OpenAmount.objects.get(entry=result.entry()).approver == "leader"


def test_a_correction_with_another_term_orders_anew() -> None:
    result = decided("20")
    former = result.entry("warning")
    publish(PLAN.replace('days: "7"', 'days: "14"'), ("1.1", "2024-02-01"))

    correct(result, "20")

    term = result.entry("warning").due_on - former.due_on
    assert term == timedelta(days=7)


def test_a_result_that_no_longer_earns_it_takes_it_back(result: Decided) -> None:
    type_amount(result)

    correct(result, "20")

    assert balance() == 0
    assert not LedgerEntry.objects.filter(rule="honour", reverses=None, reversed_by=None).exists()
    assert queries.awaiting(result.people.leader) == 1  # that of the warning


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_at_once_one_is_told() -> None:
    result = decided()
    start, told = threading.Barrier(2), []
    second = make_person("second", roles.COMMITTEE)

    def go(actor: User) -> None:
        start.wait()
        try:
            told.append(str(type_amount(result, "500", actor).amount))
        except OutcomeRefused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[who]) for who in (result.people.committee, second)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(told) == ["500", "outcomes.amount_not_awaited"]
    assert balance() == 500


# --- pages ---------------------------------------------------------------------------------------


def test_the_approver_types_it_on_the_page_of_the_decision(result: Decided) -> None:
    client, entry = signed_in(result.people.committee), result.entry()
    page, address = f"/outcomes/entries/{entry.pk}/", f"/outcomes/entries/{entry.pk}/amount"
    text = client.get(page).content.decode()
    assert "由审定人填写，100 至 5000 元" in text
    assert "金额待填写" in text

    refused = client.post(address, {"amount": "6000", "reason": "会议决定"})
    assert refused.status_code == 422
    assert "100.00 至 5000.00 元" in refused.content.decode()
    assert 'value="6000"' in refused.content.decode()
    assert client.post(address, {"amount": "600", "reason": ""}).status_code == 422
    answer = client.post(address, {"amount": "600", "reason": "会议决定"})

    booked = LedgerEntry.objects.get(rule="honour.amount")
    assert answer["Location"] == f"/outcomes/entries/{booked.pk}/"
    shown = client.get(answer["Location"]).content.decode()
    assert "会议决定" in shown
    assert result.people.committee.display_name in shown
    after = client.get(page).content.decode()
    assert booked.code in after
    assert address not in after


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 422), ("working_group", 403), ("clerk", 403), ("outsider", 403)]
)
def test_nobody_else_can_send_it(result: Decided, who: str, status: int) -> None:
    client = signed_in(getattr(result.people, who))
    page = client.get(f"/outcomes/entries/{result.entry().pk}/").content.decode()
    sent = {"amount": "600", "reason": "x"}

    answer = client.post(f"/outcomes/entries/{result.entry().pk}/amount", sent)

    assert answer.status_code == status
    assert "填写后另记一笔" not in page
    assert not TypedAmount.objects.exists()


def test_the_ledger_marks_what_is_open_and_lists_it(result: Decided) -> None:
    client = signed_in(result.people.leader)

    page = client.get("/outcomes/").content.decode()
    assert "1 笔的金额待审定人填写" in page
    assert result.entry().code in client.get("/outcomes/", {"awaiting": "1"}).content.decode()
    booked = type_amount(result)
    after = client.get("/outcomes/", {"awaiting": "1"}).content.decode()
    assert booked.code not in after
    assert result.entry().code not in after


def test_an_open_amount_is_a_blank_in_the_exported_list(result: Decided) -> None:
    content = signed_in(result.people.leader).get("/outcomes/ledger.xlsx").content

    row = list(load_workbook(io.BytesIO(content)).active.values)[1]
    assert row[6] in (None, "")


def test_the_pages_speak_english(result: Decided) -> None:
    client = signed_in(result.people.committee)
    client.cookies["django_language"] = "en"
    type_amount(result)
    services.reverse(
        actor=result.people.committee,
        entry_id=LedgerEntry.objects.get(rule="honour.amount").pk,
        reason="wrong",
    )

    page = client.get(f"/outcomes/entries/{result.entry().pk}/").content.decode()

    assert "typed by the approver, 100 to 5000 yuan" in page
    assert "Amount to be typed" in page


def test_the_approver_is_reminded(result: Decided) -> None:
    def home(who: str) -> str:
        return signed_in(getattr(result.people, who)).get("/").content.decode()

    assert "填写 1 笔奖惩的金额" in home("committee")
    assert "填写 1 笔奖惩的金额" not in home("leader")
    type_amount(result)
    assert "填写 1 笔奖惩的金额" not in home("committee")
