"""Rewards and penalties of persons: proposed, decided by another, contested, kept on file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error as DatabaseError
from django.db import transaction

from tests.apps.outcomes.discipline import (
    FINES,
    STAFF,
    faults_of,
    in_force,
    lapse,
    make_office,
    proposal,
    proposed,
    version,
)
from tests.people import People, make_person
from zhijian.accounts import roles
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.foundation.notifications.models import Notification
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import PersonalDecision, PersonalState
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.packs.models import PackVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_office()


@pytest.fixture
def technician(people: People) -> Any:
    return make_person("technician", roles.DEPARTMENT_CLERK, people.unit)


def refused(code: str) -> Any:
    return pytest.raises(OutcomeRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


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
