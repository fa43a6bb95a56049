"""Corrective action: causes, plan, measure of success; what stands against carrying on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.nonconformities.checks import action, found, later, make_checks, taken
from tests.people import People
from zhijian.cases import queries as cases
from zhijian.cases.models import Case
from zhijian.cases.refusals import StepRefused
from zhijian.cases.services import Seen, Taking, advance_case
from zhijian.foundation import clock
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import Cause, Criterion, PlanLine
from zhijian.nonconformities.refusals import NonconformityRefused
from zhijian.nonconformities.services import Measure, NewCause, NewLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_checks()


@pytest.fixture
def clerk(people: People) -> Client:
    client = Client()
    client.force_login(people.clerk)
    return client


def url(name: str, case: Case, **more: int) -> str:
    return reverse(f"nonconformities:{name}", kwargs={"case_id": case.pk, **more})


def view_of(case: Case) -> queries.ActionView:
    case.refresh_from_db()
    standing = cases.known(case).standing
    return queries.action_of(case, standing, queries.round_of(standing), clock.today())


def with_line(people: People, case: Case, person: object = None) -> PlanLine:
    who = person or people.clerk
    line = NewLine("更换拖把", "保洁班长", who.pk, clock.today())
    return services.add_line(actor=people.clerk, case_id=case.pk, line=line, at=clock.now())


def with_measure(people: People, case: Case, most: int = 0, days: int = 30) -> Criterion:
    measure = Measure(most, days, "item", "保洁")
    return services.set_measure(
        actor=people.clerk, case_id=case.pk, measure=measure, at=clock.now()
    )


def planned(people: People, case: Case) -> None:
    taken(case, people.clerk, "plan", cause="拖把", action="更换", responsible=str(people.clerk.pk))


def finished(people: People, case: Case, row: PlanLine) -> None:
    services.finish_line(
        actor=people.clerk, case_id=case.pk, line_id=row.pk, result="已更换", at=clock.now()
    )


def refused_with(code: str, case: Case, actor: object, step: str, **told: object) -> None:
    events = case.events.count()
    with pytest.raises(StepRefused) as refused:
        taken(case, actor, step, **told)
    assert code in {each.code for each in refused.value.problems}
    assert case.events.count() == events


def test_causes_and_plan_go_into_the_case_and_its_report(clerk: Client, people: People) -> None:
    case = action(people)
    for heading, text in (("为什么地面有水？", "拖把过湿"), ("为什么过湿？", "没有拧干工具")):
        told = {"why-method": "why", "why-heading": heading, "why-text": text,
                "why-evidence": "照片 3", "why-is_root": text == "没有拧干工具"}  # fmt: skip
        clerk.post(url("cause", case), told)
    clerk.post(url("cause", case), {
        "fishbone-method": "fishbone", "fishbone-heading": "设备设施", "fishbone-text": "拖把老旧",
    })  # fmt: skip
    clerk.post(url("line", case), {
        "line-text": "配拧干桶", "line-post": "保洁班长", "line-person": people.clerk.pk,
        "line-due_on": clock.today().isoformat(),
    })  # fmt: skip
    clerk.post(url("measure", case), {
        "measure-aspect": "item", "measure-value": "保洁", "measure-most": "1",
        "measure-days": "30",
    })  # fmt: skip

    page = clerk.get(url("action", case)).content.decode()
    assert "<svg" in page
    assert page.count("没有拧干工具") >= 1
    form = clerk.get(url("plan", case)).context["form"]
    assert "为什么 2：为什么过湿？ 因为：没有拧干工具(证据：照片 3)" in form.initial["cause"]
    assert "设备设施：拖把老旧" in form.initial["cause"]
    assert "根本原因：没有拧干工具" in form.initial["cause"]
    assert form.initial["action"].startswith("1. 配拧干桶(保洁班长 ")
    told = {f"plan-{name}": value for name, value in form.initial.items()}
    refused = clerk.post(url("plan", case), {**told, "seq": "1"})
    assert refused.status_code == 422
    done = clerk.post(url("plan", case),
                      {**told, "plan-responsible": people.clerk.pk, "seq": "1"})  # fmt: skip
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == "planned"
    assert "没有拧干工具" in str(cases.known(case).facts["cause"])
    assert clerk.get(url("plan", case)).status_code == 302


def test_a_plan_that_stands_is_changed_no_more(people: People) -> None:
    case = action(people)
    row = with_line(people, case)
    planned(people, case)

    cause = NewCause("why", "为什么？", "因为")
    calls = (
        lambda: services.add_cause(
            actor=people.clerk, case_id=case.pk, cause=cause, at=clock.now()
        ),
        lambda: services.drop_line(actor=people.clerk, case_id=case.pk, line_id=row.pk),
        lambda: with_line(people, case),
        lambda: with_measure(people, case),
    )
    for call in calls:
        with pytest.raises(NonconformityRefused) as refused:
            call()
        assert refused.value.code == "nonconformities.plan_stands"
    assert (Cause.objects.count(), PlanLine.objects.count()) == (0, 1)


def test_an_action_with_open_lines_is_not_carried_out(clerk: Client, people: People) -> None:
    case = action(people)
    row = with_line(people, case)
    with pytest.raises(NonconformityRefused) as early:
        finished(people, case, row)
    assert early.value.code == "nonconformities.not_planned_yet"
    planned(people, case)

    refused_with("nonconformities.lines_open", case, people.clerk, "carry_out", result="完")
    case.refresh_from_db()
    page = clerk.post(
        reverse("cases:step", kwargs={"case_id": case.pk, "step": "carry_out"}),
        {"carry_out-result": "完", "seq": case.seq},
    )
    assert page.status_code == 422
    assert "还有 1 项措施没有完成" in page.content.decode()

    clerk.post(url("finish_line", case, line_id=row.pk), {"result": "已更换"})
    assert taken(case, people.clerk, "carry_out", result="完").state == "done"


def test_only_who_is_named_says_that_a_line_is_done(people: People) -> None:
    case = action(people)
    row = with_line(people, case, people.working_group)
    planned(people, case)

    with pytest.raises(NonconformityRefused) as refused:
        services.finish_line(
            actor=people.committee, case_id=case.pk, line_id=row.pk, result="好", at=clock.now()
        )

    assert refused.value.code == "nonconformities.not_your_line"
    row.refresh_from_db()
    assert row.done_at is None


def test_nobody_verifies_a_plan_in_which_they_have_a_line(people: People) -> None:
    case = action(people)
    row = with_line(people, case, people.working_group)
    planned(people, case)
    services.finish_line(
        actor=people.working_group, case_id=case.pk, line_id=row.pk, result="好", at=clock.now()
    )
    taken(case, people.clerk, "carry_out", result="完")

    refused_with("nonconformities.own_line", case, people.working_group, "verify", effective="是")


def test_an_effect_is_only_verified_when_its_time_is_over_and_few_enough_came(
    people: People,
) -> None:
    case = action(people)
    with_measure(people, case, most=1, days=30)
    planned(people, case)
    taken(case, people.clerk, "carry_out", result="完")
    assert Criterion.objects.get().starts_on == clock.today()

    refused_with(
        "nonconformities.effect_not_due", case, people.working_group, "verify", effective="是"
    )
    refused_with(
        "nonconformities.effect_not_due", case, people.working_group, "verify",
        at=later(30), effective="是",
    )  # fmt: skip
    assert (
        taken(case, people.working_group, "verify", at=later(31), effective="是").ends == "closed"
    )
    row = Criterion.objects.get()
    assert (row.found, row.is_met) == (0, True)


def test_too_many_alike_are_not_effective_and_a_new_round_begins(people: People) -> None:
    case = action(people)
    with_measure(people, case, most=1, days=30)
    planned(people, case)
    done = clock.today() - timedelta(days=20)
    taken(case, people.clerk, "carry_out", result="完")
    Criterion.objects.update(starts_on=done)
    found(people, found_on=done.isoformat())
    for days in (1, 2):
        found(people, found_on=(done + timedelta(days=days)).isoformat())
    found(people, item="保安", found_on=(done + timedelta(days=3)).isoformat())

    view = view_of(case)
    assert view.effect is not None
    assert (view.effect.state, len(view.hits)) == ("missed", 2)
    refused_with(
        "nonconformities.not_effective", case, people.working_group, "verify", effective="是"
    )
    case.refresh_from_db()
    advance_case(
        actor=people.working_group, seen=Seen(case.pk, case.seq),
        taking=Taking("send_back", {}, reason="又发生两件"), at=clock.now(),
    )  # fmt: skip
    again = view_of(case)
    assert (again.round, again.may_plan, again.criterion) == (2, True, None)
    with_line(people, case)
    assert PlanLine.objects.get().round == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": " "}, "nonconformities.line_empty"),
        ({"post": ""}, "nonconformities.line_empty"),
        ({"due_on": clock.today() - timedelta(days=1)}, "nonconformities.due_past"),
        ({"person_id": 10**9}, "nonconformities.no_such_person"),
    ],
)
def test_a_line_names_what_post_person_and_day(
    people: People, change: dict[str, object], code: str
) -> None:
    case = action(people)
    told = {"text": "更换", "post": "班长", "person_id": people.clerk.pk, "due_on": clock.today()}

    with pytest.raises(NonconformityRefused) as refused:
        services.add_line(
            actor=people.clerk, case_id=case.pk, line=NewLine(**{**told, **change}), at=clock.now()
        )

    assert refused.value.code == code
    assert not PlanLine.objects.exists()


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (Measure(1, 0), "nonconformities.days_out_of_range"),
        (Measure(-1, 9), "nonconformities.days_out_of_range"),
        (Measure(1, 9, "item", " "), "nonconformities.value_missing"),
        (Measure(1, 9, "mood", "x"), "nonconformities.value_missing"),
    ],
)
def test_a_measure_can_be_counted(people: People, measure: Measure, code: str) -> None:
    case = action(people)

    with pytest.raises(NonconformityRefused) as refused:
        services.set_measure(actor=people.clerk, case_id=case.pk, measure=measure, at=clock.now())

    assert refused.value.code == code


def test_causes_are_taken_out_again_and_not_without_end(clerk: Client, people: People) -> None:
    case = action(people)
    for number in range(10):
        cause = NewCause("why", f"为什么 {number}？", "因为")
        row = services.add_cause(actor=people.clerk, case_id=case.pk, cause=cause, at=clock.now())
    with pytest.raises(NonconformityRefused) as refused:
        services.add_cause(actor=people.clerk, case_id=case.pk, cause=cause, at=clock.now())
    assert refused.value.code == "nonconformities.too_many"

    clerk.post(url("drop_cause", case, cause_id=row.pk))
    line = with_line(people, case)
    clerk.post(url("drop_line", case, line_id=line.pk))

    assert (Cause.objects.count(), PlanLine.objects.count()) == (9, 0)


def test_people_of_other_units_have_no_part_in_it(people: People) -> None:
    case = action(people)
    client = Client()
    client.force_login(people.other_clerk)

    assert client.get(url("action", case)).status_code == 404
    with pytest.raises(NonconformityRefused) as refused:
        services.drop_line(actor=people.other_clerk, case_id=case.pk, line_id=1)
    assert refused.value.code == "nonconformities.not_there"
