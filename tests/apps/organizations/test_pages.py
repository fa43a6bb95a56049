"""Pages of the tree of units."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import make_people
from zhijian.organizations import queries

pytestmark = pytest.mark.django_db


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _fields(**changes) -> dict:
    return {
        "name": "招标分公司", "code": "D9", "kind": "department", "group": "", "position": "3",
        "attributes": "有回访要求=是\n\n人数=12", "parent": "",
    } | changes  # fmt: skip


@pytest.mark.req("ORG-01")
def test_the_administrator_builds_the_tree() -> None:
    people = make_people()
    client = _client(people.administrator)
    assert client.post("/organizations/new", _fields(parent=people.unit.pk)).status_code == 302
    unit = queries.units_by_name(["招标分公司"])["招标分公司"][0]
    assert unit.attributes == {"有回访要求": "是", "人数": "12"}
    assert unit.parent_id == people.unit.pk

    address = f"/organizations/{unit.id}/"
    assert "有回访要求=是" in client.get(address).content.decode()
    moved = client.post(address, _fields(name="招标公司", parent=people.other_unit.pk))
    assert moved.status_code == 302
    assert queries.unit(unit.id).name == "招标公司"
    assert queries.unit(unit.id).parent_id == people.other_unit.pk

    client.post(f"{address}active", {"active": "0"})
    assert not queries.unit(unit.id).is_active
    client.post(f"{address}active", {"active": "1"})
    assert queries.unit(unit.id).is_active


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "D1"}, "已被“市场经营部”使用"),
        ({"attributes": "没有等号"}, "第 1 行"),
        ({"name": ""}, "必填"),
    ],
)
def test_a_mistake_is_told_beside_the_form(changes: dict, words: str) -> None:
    people = make_people()
    page = _client(people.administrator).post("/organizations/new", _fields(**changes))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "招标分公司" not in queries.units_by_name(["招标分公司"])


def test_a_unit_is_not_moved_below_itself_nor_half_changed() -> None:
    people = make_people()
    company = queries.unit(people.unit.parent_id)
    fields = _fields(name="新名字", code="C0", kind="company", parent=people.unit.pk)
    page = _client(people.administrator).post(f"/organizations/{company.id}/", fields)
    assert "不能把" in page.content.decode()
    assert queries.unit(company.id) == company


def test_everybody_at_work_sees_the_tree() -> None:
    people = make_people()
    page = _client(people.clerk).get("/organizations/").content.decode()
    assert "市场经营部" in page
    assert "新建单位" not in page
    assert _client(people.administrator).get("/organizations/99999/").status_code == 404
