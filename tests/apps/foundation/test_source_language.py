"""The site speaks Chinese, in the words of its sources; English is there for who asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.people import make_people
from zhijian.accounts.roles import COMMITTEE, DEPARTMENT_CLERK, ROLES, WORKING_GROUP
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.files import load_pack

PACKS = Path(__file__).parents[3] / "packs"


def pack(name: str) -> Pack:
    found = load_pack(PACKS / name)
    assert isinstance(found, Pack)
    return found


def grades(name: str) -> list[str]:
    (scheme,) = [each for each in pack(name).schemes.values() if each.grading][:1]
    assert scheme.grading is not None
    return [each.zh for each in scheme.grading.titles.values()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["desk:home", "packs:packs", "intake:books", "reports:list"])
def test_pages_are_chinese_unless_english_is_asked_for(name: str) -> None:
    client = Client()
    client.force_login(make_people().working_group)

    chinese = client.get(reverse(name)).content.decode()
    english = client.get(reverse(name), headers={"Accept-Language": "en"}).content.decode()

    assert '<html lang="zh-hans"' in chinese
    assert "政策包" in chinese
    assert '<html lang="en"' in english


@pytest.mark.req("SYS-01")
def test_departments_grades_forms_and_roles_are_named_as_in_the_sources() -> None:
    regulation = pack("quarterly-service-quality")

    assert regulation.header.units == (
        "市场经营部", "物流业务部", "武汉业务部", "订单处理中心", "储运中心", "招标分公司",
        "计量检测中心",
    )  # fmt: skip
    assert {"质量管理委员会", "质量管理工作小组", "内部质量管理员"} <= {
        each.title.zh for each in regulation.header.bodies
    }
    assert grades("quarterly-service-quality") == ["优秀", "合格", "不合格"]
    assert grades("property-assessment-a") == ["优秀", "合格", "不合格"]
    assert pack("complaint-register").header.title.zh == "客户投诉受理及处理记录(附件4)"
    fines = pack("restaurant-service-inspection").stored_words()
    assert {"轻微过失", "过失", "严重过失", "重大过失"} <= set(fines)
    with override("zh-hans"):
        own = [str(ROLES[each]) for each in (COMMITTEE, WORKING_GROUP, DEPARTMENT_CLERK)]
    assert own == ["质量管理委员会", "质量管理工作小组", "内部质量管理员(部门质量员)"]


@pytest.mark.req("POL-01")
def test_regulations_are_data_and_hold_no_program() -> None:
    files = [each for each in PACKS.rglob("*") if each.is_file()]

    assert {each.suffix for each in files} == {".yaml", ".md"}
    together = [pack(each.parent.name) for each in sorted(PACKS.glob("*/pack.yaml"))]
    # levels, clocks, forms, checklists, formulas, money rules, publication rules
    for part in ("cases", "limits", "kinds", "schemes", "outcomes", "budgets", "outlines"):
        assert any(getattr(each, part) for each in together), part
    assert all(len(each.blocks()) == 7 for each in together)
