"""Administrators set up group robots; what is secret goes in and never comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.apps.foundation.notifications.example_rows import make_robot
from tests.people import People, make_people
from tests.receiving import Receiver, receiving
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.notifications.models import Robot
from zhijian.foundation.notifications.robots import RobotFacts, RobotRefused, save_robot, send_test
from zhijian.foundation.sealing import seal, unseal

pytestmark = pytest.mark.django_db

ADDRESS = "https://oapi.dingtalk.com/robot/send?access_token=t0k3n"
FORM = {
    "name": "质量管理群",
    "kind": "dingtalk",
    "address": ADDRESS,
    "secret": "SEC-1",
    "language": "zh",
    "events": ["assessments.submitted", "assessments.published"],
    "is_active": "on",
}


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def administrator(people: People, client: Client) -> Client:
    client.force_login(people.administrator)
    return client


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def test_a_robot_is_set_up_and_its_secrets_are_never_shown(
    administrator: Client, people: People
) -> None:
    assert "没有群机器人" in administrator.get("/notifications/robots/").content.decode()
    assert administrator.get("/notifications/robots/new").status_code == 200
    answer = administrator.post("/notifications/robots/new", {**FORM, "units": [people.unit.pk]})

    row = Robot.objects.get()
    assert answer["Location"] == f"/notifications/robots/{row.pk}/"
    assert (unseal(row.sealed_address), unseal(row.sealed_secret)) == (ADDRESS, "SEC-1")
    assert (row.host, row.unit_ids) == ("oapi.dingtalk.com", [people.unit.pk])
    assert row.events == ["assessments.published", "assessments.submitted"]
    shown = "".join(
        administrator.get(path).content.decode()
        for path in ("/notifications/robots/", f"/notifications/robots/{row.pk}/")
    )
    trail = "".join(str(entry.after) for entry in AuditEntry.objects.all())
    for text in (shown, trail):
        assert "oapi.dingtalk.com" in text
        assert "t0k3n" not in text
        assert "SEC-1" not in text


def test_what_is_left_empty_stays_and_a_secret_can_be_dropped(administrator: Client) -> None:
    administrator.post("/notifications/robots/new", FORM)
    row = Robot.objects.get()
    path = f"/notifications/robots/{row.pk}/"

    administrator.post(path, {**FORM, "address": "", "secret": "", "name": "另一个群"})
    row.refresh_from_db()
    kept = (row.name, unseal(row.sealed_address), unseal(row.sealed_secret))
    assert kept == ("另一个群", ADDRESS, "SEC-1")

    changed = {**FORM, "address": "", "secret": "", "without_secret": "on", "is_active": ""}
    administrator.post(path, changed)
    row.refresh_from_db()
    assert (row.sealed_secret, row.is_active) == ("", False)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": ""}, "请填写机器人地址"),
        ({"address": "https://evil.example/x"}, "不能向 evil.example 发送"),
        ({"address": "https://[bad"}, "机器人地址无法识别"),
        ({"name": "群"}, "已有名为“群”的机器人"),
        ({"events": []}, "事件"),
        ({"kind": "fax"}, "类别"),
    ],
)
def test_a_bad_form_is_told_what_to_mend_and_stores_nothing(
    administrator: Client, wrong: dict[str, Any], words: str
) -> None:
    make_robot(name="群")

    answer = administrator.post("/notifications/robots/new", {**FORM, **wrong})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "t0k3n" not in answer.content.decode()
    assert Robot.objects.count() == 1


def test_a_test_message_says_at_once_whether_it_came(
    administrator: Client, server: Receiver
) -> None:
    row = make_robot(name="群", sealed_address=seal(server.address))
    path = f"/notifications/robots/{row.pk}/test"

    page = administrator.post(path, follow=True).content.decode()
    assert "测试消息已发送" in page
    assert server.got[0].body["text"]["content"] == "质鉴测试消息：机器人“群”已接通。"

    server.says(errcode=93000, errmsg="invalid webhook url")
    page = administrator.post(path, follow=True).content.decode()
    assert "代码 93000：invalid webhook url" in page


def test_a_robot_is_removed(administrator: Client) -> None:
    row = make_robot()
    administrator.post(f"/notifications/robots/{row.pk}/remove")
    assert not Robot.objects.exists()
    assert administrator.get(f"/notifications/robots/{row.pk}/").status_code == 404


def test_nobody_else_sets_robots_up(people: People, server: Receiver) -> None:
    row = make_robot(sealed_address=seal(server.address))
    facts = RobotFacts(name="x", kind="wecom", address=ADDRESS)
    with pytest.raises(RobotRefused):
        save_robot(actor=people.working_group, facts=facts)
    with pytest.raises(RobotRefused):
        send_test(actor=people.working_group, robot_id=row.pk)
    with pytest.raises(RobotRefused):
        save_robot(actor=people.administrator, facts=RobotFacts(name="x", kind="fax"))
    assert server.got == []


def test_the_pages_speak_english(administrator: Client) -> None:
    make_robot()
    administrator.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = administrator.get("/notifications/robots/").content.decode()
    assert "WeCom group robot" in page
