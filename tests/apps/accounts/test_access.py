"""Guards of views and of the API."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.people import make_people
from zhijian.accounts.access import permission_class, requires
from zhijian.accounts.models import User
from zhijian.foundation import gate

pytestmark = pytest.mark.django_db


@requires("records.enter")
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def _asked_by(user: User | AnonymousUser, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/records/?unit=1", headers=headers)
    request.user = user
    return request


def test_a_view_lets_in_whoever_holds_the_permission_for_some_unit() -> None:
    people = make_people()
    assert page(_asked_by(people.clerk)).content == b"in"
    assert page(_asked_by(people.working_group)).content == b"in"
    for somebody in (people.leader, people.outsider, people.administrator):
        with pytest.raises(PermissionDenied):
            page(_asked_by(somebody))


def test_a_visitor_signs_in_and_comes_back_to_the_whole_address() -> None:
    answer = page(_asked_by(AnonymousUser()))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/records/%3Funit%3D1")


def test_the_api_asks_for_its_own_permission_as_well() -> None:
    people = make_people()
    holds = permission_class("organizations.view")()
    assert holds.has_permission(_asked_by(people.clerk), None)
    assert not holds.has_permission(_asked_by(people.administrator), None)
    assert not permission_class("records.enter")().has_permission(_asked_by(people.leader), None)
    assert not holds.has_permission(_asked_by(AnonymousUser()), None)


def test_a_permission_that_does_not_exist_is_a_fault_at_once() -> None:
    for guard in (requires, permission_class):
        with pytest.raises(KeyError, match=r"records\.eat"):
            guard("records.eat")


def test_foundation_asks_the_same_question() -> None:
    people = make_people()
    assert gate.may(people.clerk, "records.enter", people.unit.pk)
    assert not gate.may(people.clerk, "records.enter", people.other_unit.pk)
