"""Samples that anybody can draw again, records compared with the facts, and what that costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.callbacks.ledger_cases import CALLS, MORNING, PACKS, call, customer, of
from tests.kept import kept
from tests.people import People, make_people, make_person
from zhijian.accounts import roles
from zhijian.callbacks import queries, services
from zhijian.callbacks.linked import of_case
from zhijian.callbacks.models import CallBack, CallState, Check, CheckResult, Draw
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services import Asked, Found
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.cases.models import Case
from zhijian.cases.refusals import StepRefused
from zhijian.cases.services import Opening, Taking
from zhijian.foundation import clock
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

pytestmark = pytest.mark.django_db
DAY = MORNING.date()
ORDERS = "technical-service-supervision:work_order"
HOUR = timedelta(hours=1)
GOOD = {"manners": "好", "time": "好", "skill": "好", "satisfaction": "满意"}


@kept
def make_departments() -> People:
    """The cast, with the regulations of the technical department and of the quarter."""
    people = make_people()
    now = clock.now()
    for name in ("technical-service-supervision", "quarterly-service-quality"):
        publish(load_from_folder(PACKS / name, None, now).pk, None, now)
    return people


@pytest.fixture
def people() -> People:
    return make_departments()


def order(people: People, number: int) -> Case:
    told = {
        "customer": f"用户{number}",
        "department": str(people.unit.pk),
        "technician": str(people.clerk.pk),
        "done_on": DAY.isoformat(),
        "work": "更换网卡",
        "phone": "13800005678",
    }
    opening = Opening("technical-service-supervision", "work_order", Taking("upload", told))
    return case_services.open_case(actor=people.clerk, opening=opening, at=MORNING)


def week(people: People, rule: str, **changed: Any) -> Asked:
    asked = Asked(ORDERS, rule, people.unit.pk, DAY - timedelta(days=6), DAY)
    return replace(asked, **changed)


@pytest.mark.req("SPT-02", "SPT-03")
def test_a_fifth_of_the_orders_is_drawn_and_called(people: People) -> None:
    orders = [order(people, number) for number in range(11)]
    assert not CallBack.objects.exists()  # only those that are drawn are called

    row = services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)

    assert len(row.sample) == 3  # ceil(0.2 × 11)
    assert sorted(row.frame) == sorted(each.number for each in orders)
    assert set(CallBack.objects.values_list("case__number", flat=True)) == set(row.sample)
    assert queries.is_repeatable(row)
    assert (row.by, row.at) == (people.leader, MORNING + HOUR)


def test_a_sample_that_was_tampered_with_is_found_out(people: People) -> None:
    for number in range(8):
        order(people, number)
    row = services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)
    others = [each for each in row.frame if each not in row.sample]

    assert not queries.is_repeatable(replace_draw(row, sample=[*row.sample[1:], others[0]]))
    assert not queries.is_repeatable(replace_draw(row, frame=row.frame[1:]))
    assert not queries.is_repeatable(replace_draw(row, seed="0" * 32))


def replace_draw(row: Draw, **changed: Any) -> Draw:
    """The same draw with something changed, as nobody can write it."""
    told = {
        name: getattr(row, name)
        for name in ("seed", "frame", "before", "digest", "sample", "lacking", "percent")
    }
    return Draw(**{**told, **changed})


@pytest.mark.req("SPT-04")
def test_the_recheck_takes_half_from_those_already_sampled(people: People) -> None:
    for number in range(20):
        order(people, number)
    first = services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)

    second = services.draw_calls(
        actor=people.committee, asked=week(people, "recheck"), at=MORNING + 2 * HOUR
    )

    assert len(second.sample) == 2
    assert len(set(second.sample) & set(first.sample)) == 1
    assert second.lacking == 0
    assert queries.is_repeatable(second)


@pytest.mark.parametrize(
    ("rule", "who", "changed", "code"),
    [
        ("phone", "clerk", {}, "callbacks.not_entitled"),
        ("phone", "leader", {"first": date(2026, 11, 20)}, "callbacks.span"),
        ("phone", "leader", {"unit_id": 10**9}, "callbacks.no_such_unit"),
        ("phone", "leader", {"first": DAY, "last": DAY}, "callbacks.drawn_already"),
        ("mail", "leader", {}, "callbacks.no_such_rule"),
    ],
)
def test_what_cannot_be_drawn(
    people: People, rule: str, who: str, changed: dict[str, Any], code: str
) -> None:
    order(people, 1)
    services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)

    asked = week(people, rule, **changed)
    with pytest.raises(CallBackRefused) as refused:
        services.draw_calls(actor=getattr(people, who), asked=asked, at=MORNING + 2 * HOUR)

    assert refused.value.code == code
    assert Draw.objects.count() == 1


def test_nothing_is_drawn_from_nothing(people: People) -> None:
    with pytest.raises(CallBackRefused) as refused:
        services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING)

    assert refused.value.code == "callbacks.nothing_to_draw"


@pytest.mark.req("SPT-05", "SPT-07", "SPT-18")
def test_phone_and_visit_of_one_order_stand_side_by_side(people: People) -> None:
    case = order(people, 1)
    services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)
    services.draw_calls(actor=people.working_group, asked=week(people, "visit"), at=MORNING + HOUR)
    phone, visit = CallBack.objects.order_by("pk")
    call(people.leader, phone, "reached", **GOOD, other="无")
    call(
        people.working_group, visit, "reached",
        **{**GOOD, "manners": "差", "satisfaction": "不满意"}, effect="一般", note="态度差",
    )  # fmt: skip

    found = of_case(people.leader, case)

    assert found is not None
    assert {each.title for each in found.rows if each.contradicts} == {"服务态度", "用户满意度"}
    assert [each.satisfied for each in found.records] == [True, False]


def checked(people: People) -> Check:
    """A record of the department, drawn by the working group."""
    call(
        people.clerk, of(customer(people, 1, people.clerk)), "reached", service="满意", opinion="好"
    )
    asked = Asked(CALLS, "phone", people.unit.pk, DAY, DAY)
    row = services.draw_checks(actor=people.working_group, asked=asked, at=MORNING + 3 * HOUR)
    return Check.objects.get(draw=row)


@pytest.mark.req("SPT-11")
def test_the_person_named_calls_and_nobody_else(people: People) -> None:
    case = customer(people, 1, people.clerk)
    with pytest.raises(CallBackRefused):
        call(people.working_group, of(case), "reached", service="满意", opinion="好")

    call(people.clerk, of(case), "reached", service="满意", opinion="好")

    case.refresh_from_db()
    assert case.state == "done"


def test_a_bad_answer_is_followed_up(people: People) -> None:
    case = customer(people, 1, people.clerk)

    row = call(people.clerk, of(case), "reached", service="不满意", opinion="总晚到", note="总晚到")

    case.refresh_from_db()
    assert (row.satisfied, case.state) == (False, "bad")


@pytest.mark.req("SPT-12")
def test_a_finding_becomes_a_case_with_its_points(people: People) -> None:
    row = checked(people)
    second = make_person("second", roles.WORKING_GROUP)
    told = {"found_on": DAY.isoformat(), "problem": "记录不全", "points": "0.5", "reason": "缺意见"}

    services.settle_check(
        actor=second,
        check_id=row.pk,
        found=Found(CheckResult.FINDING, "听过录音", Taking("find", told)),
        at=MORNING + 4 * HOUR,
    )

    row.refresh_from_db()
    assert row.finding is not None
    facts = cases.known(row.finding).facts
    assert (facts["points"], facts["record_number"]) == (1 / 2, row.call_back.number)
    assert facts["department"] == str(people.unit.pk)
    assert row.finding.number.startswith("HFWT")


@pytest.mark.req("SPT-12")
@pytest.mark.parametrize("points", ["0.4", "1.1"])
def test_points_outside_the_range_are_refused_and_nothing_is_stored(
    people: People, points: str
) -> None:
    row = checked(people)
    told = {
        "found_on": DAY.isoformat(),
        "problem": "记录不全",
        "points": points,
        "reason": "缺意见",
    }

    with pytest.raises(StepRefused):
        services.settle_check(
            actor=make_person("second", roles.WORKING_GROUP),
            check_id=row.pk,
            found=Found(CheckResult.FINDING, "", Taking("find", told)),
            at=MORNING + 4 * HOUR,
        )

    row.refresh_from_db()
    assert row.result == CheckResult.WAITING


def test_nobody_checks_their_own_record_and_none_twice(people: People) -> None:
    row = checked(people)
    call_back = row.call_back
    CallBack.objects.filter(pk=call_back.pk).update(caller=people.working_group)
    with pytest.raises(CallBackRefused) as own:
        services.settle_check(
            actor=people.working_group, check_id=row.pk, found=Found(CheckResult.IN_ORDER),
            at=MORNING + 4 * HOUR,
        )  # fmt: skip
    assert own.value.code == "callbacks.own_record"

    told = {"check_id": row.pk, "found": Found(CheckResult.IN_ORDER), "at": MORNING + 4 * HOUR}
    second = make_person("second", roles.WORKING_GROUP)
    services.settle_check(actor=second, **told)
    with pytest.raises(CallBackRefused) as twice:
        services.settle_check(actor=second, **told)
    assert twice.value.code == "callbacks.checked_already"


def test_a_sample_is_drawn_and_checked_on_its_pages(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(people, 1)
    case = customer(people, 1, people.clerk)
    call(people.clerk, of(case), "reached", service="满意", opinion="好")
    now = MORNING + 5 * HOUR
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(make_person("second", roles.WORKING_GROUP))
    told = {
        "source": f"check/{CALLS}/phone",
        "unit": people.unit.pk,
        "first": DAY.isoformat(),
        "last": DAY.isoformat(),
    }

    assert f"check/{CALLS}/phone" in client.get(reverse("callbacks:new_draw")).content.decode()
    sent = client.post(reverse("callbacks:new_draw"), told)

    row = Draw.objects.get()
    assert sent.headers["Location"] == reverse("callbacks:draw", args=[row.pk])
    page = client.get(sent.headers["Location"]).content.decode()
    assert row.seed in page
    assert "重抽结果相同" in page
    assert client.post(reverse("callbacks:new_draw"), told).status_code == 422
    check = Check.objects.get()
    place = reverse("callbacks:check", args=[check.pk])
    assert "found-points" in client.get(place).content.decode()
    finding = {"found-result": "finding", "found-problem": "记录不全", "found-found_on": DAY}
    bad = client.post(place, {**finding, "found-points": "3", "found-reason": "缺项"})
    assert bad.status_code == 422
    good = client.post(place, {**finding, "found-points": "0.6", "found-reason": "缺项"})
    assert good.status_code == 302
    check.refresh_from_db()
    assert check.finding is not None
    assert check.finding.number in client.get(sent.headers["Location"]).content.decode()
    for place in (
        reverse("callbacks:export_draw", args=[row.pk, "csv"]),
        reverse("callbacks:draws"),
    ):
        assert client.get(place).status_code == 200


def test_whoever_did_the_work_is_not_asked_to_call(people: People) -> None:
    case = order(people, 1)
    services.draw_calls(actor=people.leader, asked=week(people, "phone"), at=MORNING + HOUR)

    with pytest.raises(CallBackRefused):
        call(people.clerk, of(case), "reached", **GOOD)
    call(people.leader, of(case), "reached", **GOOD)

    case.refresh_from_db()
    assert (of(case).state, case.state) == (CallState.DONE, "filed")
