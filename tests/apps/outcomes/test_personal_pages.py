"""The pages of rewards and penalties of persons, as people use them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.outcomes.discipline import (
    FINES,
    STAFF,
    faults_of,
    in_force,
    lapse,
    make_office,
    version,
)
from tests.people import People, make_person
from zhijian.accounts import roles
from zhijian.outcomes import queries
from zhijian.outcomes.models import PersonalDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_office()


@pytest.fixture
def technician(people: People) -> Any:
    return make_person("technician", roles.DEPARTMENT_CLERK, people.unit)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_propose_decide_object_and_answer(people: People, technician: Any) -> None:
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


def test_a_fault_of_a_case_is_offered_and_prepared(people: People, technician: Any) -> None:
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


def test_lists_and_files_are_complete(people: People, technician: Any) -> None:
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


def test_what_may_be_proposed_is_found_in_one_look_at_all_regulations(
    people: People, django_assert_num_queries: Any
) -> None:
    queries.plans()
    with django_assert_num_queries(1):
        assert len(queries.plans()) == 2
