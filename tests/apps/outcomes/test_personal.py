"""Rewards and penalties of persons: proposed, decided by another, contested, kept on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.kept import kept
from tests.people import People, make_people, make_person
from zhijian.accounts import roles
from zhijian.cases import services as cases
from zhijian.cases.models import CaseFault
from zhijian.cases.services import Opening, Taking
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.foundation.notifications.models import Notification
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import PersonalDecision, PersonalState
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import NewPersonal
from zhijian.packs.models import PackVersion
from zhijian.packs.services.confirmations import Choice, confirm_parameter
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

pytestmark = pytest.mark.django_db

PACKS = Path(__file__).parents[3] / "packs"
STAFF, FINES = "technical-service-supervision", "restaurant-service-inspection"


@kept
def make_office() -> People:
    """The cast, with the two regulations that punish people."""
    people, now = make_people(), clock.now()
    for name in (STAFF, FINES):
        publish(load_from_folder(PACKS / name, None, now).pk, None, now)
    reason = Choice("objection_days", "沿用五日")
    confirm_parameter(version(STAFF), reason, people.committee, now)
    return people


def version(pack_id: str) -> int:
    return PackVersion.objects.get(pack_id=pack_id).pk


@pytest.fixture
def people() -> People:
    return make_office()


@pytest.fixture
def technician(people: People) -> Any:
    return make_person("technician", roles.DEPARTMENT_CLERK, people.unit)


def proposal(people: People, person: Any, **changed: Any) -> NewPersonal:
    told = NewPersonal(
        version_id=version(STAFF), plan="staff", ground="complaint", measure="department_notice",
        person_id=person.pk, account="6月3日上门迟到，用户投诉属实", unit_id=people.unit.pk,
    )  # fmt: skip
    return replace(told, **changed)


def proposed(people: People, person: Any, **changed: Any) -> PersonalDecision:
    return services.propose(actor=people.working_group, new=proposal(people, person, **changed))


def in_force(people: People, person: Any, **changed: Any) -> PersonalDecision:
    row = proposed(people, person, **changed)
    return services.decide(actor=people.leader, decision_id=row.pk, agreed=True, text="")


def refused(code: str) -> Any:
    return pytest.raises(OutcomeRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.req("DIS-25", "DIS-08")
def test_a_penalty_names_proposer_approver_day_and_the_last_day_to_object(
    people: People, technician: Any
) -> None:
    file = SimpleUploadedFile("form.txt", "用户投诉表".encode())
    row = in_force(people, technician, amount=Decimal("200.00"), evidence=(file,))

    row.refresh_from_db()
    today = clock.today()
    assert (row.state, row.number, row.year) == (PersonalState.IN_FORCE, 1, today.year)
    assert (row.effective_on, row.objection_until) == (today, today + timedelta(days=5))
    assert (row.measure_title, row.cites, row.amount) == ("部门通报批评", "三.3", Decimal(200))
    assert [each.name for each in queries.evidence_of_personal(row)] == ["form.txt"]
    steps = [(step.kind, step.by) for step in row.steps.all()]
    assert steps == [("proposed", people.working_group), ("agreed", people.leader)]
    actions = {each.action for each in of_subject("outcomes.personal", str(row.pk))}
    assert actions == {"outcomes.personal_proposed", "outcomes.personal_agreed"}
    told = Notification.objects.values_list("recipient__username", "message__event")
    assert ("technician", "outcomes.personal_decided") in told
    assert ("leader", "outcomes.personal_proposed") in told


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"account": "  "}, "outcomes.account_needed"),
        ({"unit_id": None}, "outcomes.unit_needed"),
        ({"unit_id": 10**9}, "outcomes.unit_needed"),
        ({"person_id": 10**9}, "outcomes.unknown_person"),
        ({"plan": "nobody"}, "outcomes.no_personal_plan"),
        ({"version_id": 10**9}, "outcomes.no_personal_plan"),
        ({"ground": "whim"}, "policy.unknown_word"),
        ({"measure": "reward"}, "outcomes.measure_not_for_ground"),
        ({"amount": Decimal(0)}, "outcomes.amount_not_positive"),
        ({"ground": "concealed"}, "outcomes.offender_needed"),
        ({"ground": "concealed", "offender_id": 10**9}, "outcomes.unknown_offender"),
        ({"fault_id": 10**9}, "outcomes.unknown_fault"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    people: People, technician: Any, changed: dict[str, Any], code: str
) -> None:
    with refused(code):
        proposed(people, technician, **changed)

    assert not PersonalDecision.objects.exists()


def test_nobody_proposes_or_decides_about_themselves(people: People, technician: Any) -> None:
    with refused("outcomes.about_oneself"):
        proposed(people, people.working_group)
    row = proposed(people, people.leader)
    with refused("outcomes.about_oneself"):
        services.decide(actor=people.leader, decision_id=row.pk, agreed=True, text="")
    own = services.propose(actor=people.leader, new=proposal(people, technician))
    with refused("outcomes.about_oneself"):
        services.decide(actor=people.leader, decision_id=own.pk, agreed=True, text="")
    with refused("outcomes.personal_may_not"):
        services.decide(actor=people.working_group, decision_id=row.pk, agreed=True, text="")
    with refused("outcomes.personal_may_not"):
        services.propose(actor=people.inspector, new=proposal(people, technician))
    with refused("outcomes.personal_may_not"):
        services.propose(actor=people.other_clerk, new=proposal(people, technician))


def test_a_refusal_needs_its_reason_and_ends_it(people: People, technician: Any) -> None:
    row = proposed(people, technician)
    with refused("outcomes.reason_needed"):
        services.decide(actor=people.leader, decision_id=row.pk, agreed=False, text=" ")
    services.decide(actor=people.leader, decision_id=row.pk, agreed=False, text="情节轻微")

    row.refresh_from_db()
    assert (row.state, row.number) == (PersonalState.REFUSED, None)
    with refused("outcomes.personal_moved_on"):
        services.decide(actor=people.committee, decision_id=row.pk, agreed=True, text="")
    with refused("outcomes.personal_moved_on"):
        services.withdraw(actor=people.working_group, decision_id=row.pk, text="")


def test_only_the_proposer_takes_a_proposal_back(people: People, technician: Any) -> None:
    row = proposed(people, technician)
    with refused("outcomes.personal_may_not"):
        services.withdraw(actor=people.committee, decision_id=row.pk, text="误提")
    services.withdraw(actor=people.working_group, decision_id=row.pk, text="误提")

    assert PersonalDecision.objects.get().state == PersonalState.WITHDRAWN


@pytest.mark.req("DIS-25")
def test_the_person_objects_once_and_somebody_else_answers(people: People, technician: Any) -> None:
    row = in_force(people, technician)
    with refused("outcomes.personal_may_not"):
        services.object_to(actor=people.clerk, decision_id=row.pk, text="不公")
    with refused("outcomes.reason_needed"):
        services.object_to(actor=technician, decision_id=row.pk, text="")
    services.object_to(actor=technician, decision_id=row.pk, text="当日堵车，已电话告知")
    with refused("outcomes.own_decision"):
        services.answer(actor=people.leader, decision_id=row.pk, upheld=False, text="维持")
    services.answer(actor=people.committee, decision_id=row.pk, upheld=False, text="未提前告知")
    row.refresh_from_db()
    assert row.state == PersonalState.IN_FORCE

    with refused("outcomes.objected_before"):
        services.object_to(actor=technician, decision_id=row.pk, text="再次异议")


def test_an_objection_that_holds_takes_the_decision_back(people: People, technician: Any) -> None:
    row = in_force(people, technician, amount=Decimal(200))
    services.object_to(actor=technician, decision_id=row.pk, text="认错人了")
    services.answer(actor=people.committee, decision_id=row.pk, upheld=True, text="查明属实")

    file = queries.quality_file(technician, technician.pk)
    assert file is not None
    assert (file.counts["penalty"], file.fined) == (0, 0)
    assert [each.state for each in file.decisions] == [PersonalState.TAKEN_BACK]


def test_an_objection_after_the_last_day_is_too_late(
    people: People, technician: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = in_force(people, technician)
    later = clock.today() + timedelta(days=6)
    monkeypatch.setattr(clock, "today", lambda: later)

    with refused("outcomes.objection_late"):
        services.object_to(actor=technician, decision_id=row.pk, text="迟了")


@pytest.mark.req("DIS-09", "CMP-05")
def test_whoever_hides_a_complaint_is_treated_as_the_offender(
    people: People, technician: Any
) -> None:
    offender = in_force(people, technician, amount=Decimal(200))
    hidden = {"ground": "concealed", "offender_id": offender.pk}
    with refused("outcomes.not_as_offender"):
        proposed(people, people.clerk, **hidden)
    with refused("outcomes.unknown_offender"):
        proposed(people, technician, amount=Decimal(200), **hidden)

    row = in_force(people, people.clerk, amount=Decimal(200), **hidden)

    assert (row.measure, row.offender) == (offender.measure, offender)


def test_nothing_rests_on_a_decision_that_was_taken_back(people: People, technician: Any) -> None:
    offender = in_force(people, technician)
    row = proposed(people, people.clerk, ground="concealed", offender_id=offender.pk)
    services.object_to(actor=technician, decision_id=offender.pk, text="认错人了")
    services.answer(actor=people.committee, decision_id=offender.pk, upheld=True, text="属实")

    with refused("outcomes.offender_taken_back"):
        services.decide(actor=people.leader, decision_id=row.pk, agreed=True, text="")


def test_an_unconfirmed_term_decides_nothing(technician: Any, people: People) -> None:
    row = proposed(people, technician)
    PackVersion.objects.get(pack_id=STAFF).confirmations.all()._raw_delete("default")
    with refused("outcomes.days_unconfirmed"):
        services.decide(actor=people.leader, decision_id=row.pk, agreed=True, text="")

    assert PersonalDecision.objects.get().number is None


def lapse(people: People, person: Any, superior: Any) -> list[CaseFault]:
    """A feedback order that nobody answered in time: one fault each."""
    sent = clock.now() - timedelta(days=8)
    facts = {
        "class": "服务质量缺陷", "problem": "上菜超时", "responsible": str(person.pk),
        "responsible_rank": "D级以下(员工)", "superior": str(superior.pk),
        "superior_rank": "B级(主管)", "answer_by": str(clock.day_of(sent) + timedelta(days=2)),
        "loss": "否",
    }  # fmt: skip
    opening = Opening(FINES, "feedback_order", Taking("send", facts), people.unit.pk)
    cases.open_case(actor=people.working_group, opening=opening, at=sent)
    cases.sweep(at=clock.now())
    return list(CaseFault.objects.order_by("key"))


@pytest.mark.req("DIS-01", "DIS-02", "DIS-03", "DIS-04")
def test_an_unanswered_order_costs_both_at_their_own_rank(people: People, technician: Any) -> None:
    faults = lapse(people, technician, people.clerk)
    assert {each.person: each.fine for each in faults} == {technician: "30", people.clerk: "100"}
    assert set(queries.faults_undecided(people.working_group)) == set(faults)

    rows = [
        in_force(
            people, fault.person, version_id=version(FINES), ground="fault",
            measure="contribution", fault_id=fault.pk, amount=Decimal(fault.fine),
        )
        for fault in faults
    ]  # fmt: skip

    assert sum(row.amount or 0 for row in rows) == Decimal(130)
    assert not queries.faults_undecided(people.working_group).exists()
    with refused("outcomes.fault_taken"):
        proposed(
            people, technician, version_id=version(FINES), ground="fault",
            measure="contribution", fault_id=faults_of(faults, technician).pk, amount=Decimal(30),
        )  # fmt: skip


def faults_of(faults: list[CaseFault], person: Any) -> CaseFault:
    return next(each for each in faults if each.person == person)


def test_a_fault_is_charged_to_its_person_at_its_price(people: People, technician: Any) -> None:
    fault = faults_of(lapse(people, technician, people.clerk), technician)
    told = {"version_id": version(FINES), "ground": "fault", "measure": "contribution",
            "fault_id": fault.pk}  # fmt: skip
    with refused("outcomes.not_the_fine"):
        proposed(people, technician, amount=Decimal(50), **told)
    with refused("outcomes.fault_of_another"):
        proposed(people, people.clerk, amount=Decimal(30), **told)
    with refused("outcomes.fault_of_other_rules"):
        proposed(people, technician, fault_id=fault.pk)


@pytest.mark.req("DIS-21")
def test_a_file_is_open_to_the_person_and_to_who_looks_after_the_unit(
    people: People, technician: Any
) -> None:
    in_force(people, technician, amount=Decimal(200))
    in_force(people, technician, ground="outstanding", measure="reward", amount=Decimal(300))

    for reader in (technician, people.committee, people.clerk):
        file = queries.quality_file(reader, technician.pk)
        assert file is not None
        assert (file.counts, file.fined, file.rewarded) == (
            {"penalty": 1, "training": 0, "reward": 1}, 200, 300,
        )  # fmt: skip
    for other in (people.other_clerk, people.inspector, people.outsider):
        assert queries.quality_file(other, technician.pk) is None
    (line,) = queries.people_on_record(people.committee)
    assert (line["penalties"], line["rewards"], line["fined"]) == (1, 1, 200)


def test_the_database_keeps_what_was_proposed(people: People, technician: Any) -> None:
    row = proposed(people, technician, amount=Decimal(200))
    rows = PersonalDecision.objects.filter(pk=row.pk)
    for change in (
        lambda: rows.update(amount=Decimal(1)),
        lambda: rows.update(account="别的"),
        lambda: row.steps.update(text="别的"),
        lambda: row.steps.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


class TestPages:
    """As people use them."""

    def test_propose_decide_object_and_answer(self, people: People, technician: Any) -> None:
        page = signed_in(people.working_group)
        url = reverse("outcomes:propose", args=[version(STAFF), "staff"])
        told = {"person": technician.pk, "unit": people.unit.pk, "ground": "complaint",
                "measure": "oral_warning", "account": "上门迟到"}  # fmt: skip
        assert page.get(url).status_code == 200
        assert page.post(url, {**told, "measure": "reward"}).status_code == 422
        assert page.post(url, told).status_code == 302
        row = PersonalDecision.objects.get()
        where = reverse("outcomes:personal_decision", args=[row.pk])

        leader = signed_in(people.leader)
        assert "记录决定" in leader.get(where).content.decode()
        decide = reverse("outcomes:decide_personal", args=[row.pk])
        assert leader.post(decide, {"agreed": "no"}).status_code == 422
        assert leader.post(decide, {"agreed": "yes"}).status_code == 302

        own = signed_in(technician)
        assert "提出异议" in own.get(where).content.decode()
        objection = reverse("outcomes:object_personal", args=[row.pk])
        assert own.post(objection, {"reason": "堵车"}).status_code == 302
        answer = reverse("outcomes:answer_personal", args=[row.pk])
        assert leader.post(answer, {"agreed": "no", "text": "维持"}).status_code == 422
        committee = signed_in(people.committee)
        assert committee.post(answer, {"agreed": "no", "text": "维持"}).status_code == 302
        assert "异议不成立，维持" in own.get(where).content.decode()
        assert signed_in(people.outsider).get(where).status_code == 404

    def test_a_fault_of_a_case_is_offered_and_prepared(
        self, people: People, technician: Any
    ) -> None:
        fault = faults_of(lapse(people, technician, people.clerk), technician)
        page = signed_in(people.working_group)
        url = f"{reverse('outcomes:propose', args=[version(FINES), 'staff'])}?fault={fault.pk}"
        assert url.replace("&", "&amp;") in page.get(reverse("outcomes:personal")).content.decode()
        told = {"person": technician.pk, "unit": people.unit.pk, "ground": "fault",
                "measure": "contribution", "account": "逾期未复", "amount": "30"}  # fmt: skip
        assert 'value="30"' in page.get(url).content.decode()
        assert page.post(url, told).status_code == 302
        assert PersonalDecision.objects.get().fault == fault
        for bad in ("x", "0", "9" * 30):
            assert page.get(url.split("?")[0], {"fault": bad}).status_code == 404

    def test_lists_and_files_are_complete(self, people: People, technician: Any) -> None:
        row = in_force(people, technician, amount=Decimal(200))
        page = signed_in(people.committee)

        listed = page.get(reverse("outcomes:personal"), {"state": "in_force", "kind": "penalty"})
        assert row.code in listed.content.decode()
        nothing = page.get(reverse("outcomes:personal"), {"q": "nobody"})
        assert row.code not in nothing.content.decode()
        csv = page.get(reverse("outcomes:export_personal", args=["csv"])).content.decode()
        assert f"{row.code},technician,市场经营部,被用户投诉，查证属实,部门通报批评,200.00" in csv
        assert "technician" in page.get(reverse("outcomes:people")).content.decode()
        file = page.get(reverse("outcomes:quality_file", args=[technician.pk]))
        assert "200.00" in file.content.decode()
        assert page.get(reverse("outcomes:quality_file", args=[10**9])).status_code == 404
