"""Robots of group chats: what their servers are sent, and what of their answers counts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.apps.foundation.notifications.example_rows import make_robot
from tests.receiving import Receiver, receiving
from zhijian.foundation.notifications.channels import dingtalk, feishu, posting, robot
from zhijian.foundation.notifications.channels.failing import NeverSent, NotSent, TooFast
from zhijian.foundation.notifications.channels.posting import Post, host_of, post
from zhijian.foundation.notifications.models import Robot
from zhijian.foundation.sealing import SealBroken, seal, unseal

AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def robot_at(server: Receiver, kind: str, secret: str = "") -> Robot:
    address = f"{server.address}?key=k1"
    return Robot(kind=kind, sealed_address=seal(address), sealed_secret=seal(secret))


def test_wecom_is_sent_a_text(server: Receiver) -> None:
    robot.tell(robot_at(server, "wecom"), "考核结果待审定", AT)

    (got,) = server.got
    assert (got.path, got.body["text"]) == ("/robot?key=k1", {"content": "考核结果待审定"})
    assert got.body["msgtype"] == "text"
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"


def test_dingtalk_is_sent_a_signed_text(server: Receiver) -> None:
    robot.tell(robot_at(server, "dingtalk", "SEC1"), "待审定", AT)

    (got,) = server.got
    told = parse_qs(urlsplit(got.path).query)
    moment = str(int(AT.timestamp()) * 1000)
    digest = hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), hashlib.sha256).digest()
    assert told == {
        "key": ["k1"],
        "timestamp": [moment],
        "sign": [base64.b64encode(digest).decode()],
    }
    assert got.body == {"msgtype": "text", "text": {"content": "待审定"}}


def test_feishu_is_sent_a_signed_text(server: Receiver) -> None:
    robot.tell(robot_at(server, "feishu", "SEC2"), "待审定", AT)

    (got,) = server.got
    moment = str(int(AT.timestamp()))
    digest = hmac.new(f"{moment}\nSEC2".encode(), b"", hashlib.sha256).digest()
    assert got.body == {
        "msg_type": "text",
        "content": {"text": "待审定"},
        "timestamp": moment,
        "sign": base64.b64encode(digest).decode(),
    }


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_without_a_secret_nothing_is_signed(server: Receiver, kind: str) -> None:
    robot.tell(robot_at(server, kind), "待审定", AT)
    (got,) = server.got
    assert "sign" not in got.path
    assert "sign" not in got.body


def test_an_address_without_question_is_signed_too() -> None:
    asked = dingtalk.request("https://oapi.dingtalk.com/robot/send", "S", "t", AT)
    assert asked.url.startswith("https://oapi.dingtalk.com/robot/send?timestamp=")
    assert feishu.signature("S", "1") != dingtalk.signature("S", "1")


@pytest.mark.parametrize(
    ("kind", "answer", "kind_of_fault"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, NotSent),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, TooFast),
        ("wecom", {}, NotSent),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, NotSent),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, TooFast),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, NotSent),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, TooFast),
        ("feishu", {"StatusCode": 1, "StatusMessage": "bad"}, NotSent),
    ],
)
def test_a_robot_that_says_no_did_not_tell_the_group(
    server: Receiver, kind: str, answer: dict[str, Any], kind_of_fault: type[Exception]
) -> None:
    server.says(**answer)
    with pytest.raises(NotSent) as refused:
        robot.tell(robot_at(server, kind), "待审定", AT)
    assert type(refused.value) is kind_of_fault


def test_an_older_feishu_robot_says_yes_in_its_own_way(server: Receiver) -> None:
    server.says(StatusCode=0, StatusMessage="success")
    robot.tell(robot_at(server, "feishu"), "待审定", AT)


class TestPosting:
    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_no_redirect_is_followed(self, server: Receiver, status: int) -> None:
        server.status, server.headers = status, {"Location": server.address}
        with pytest.raises(NotSent) as refused:
            post(Post(server.address, {}))
        assert refused.value.code == "notifications.redirected"
        assert len(server.got) == 1

    @pytest.mark.parametrize(
        ("status", "answer", "code"),
        [
            (500, b"{}", "notifications.bad_status"),
            (429, b"{}", "notifications.too_fast"),
            (200, b"<html>", "notifications.bad_answer"),
            (200, b"[1]", "notifications.bad_answer"),
            (200, b'{"a": "' + b"x" * 70_000 + b'"}', "notifications.bad_answer"),
        ],
    )
    def test_another_answer_is_a_failure(
        self, server: Receiver, status: int, answer: bytes, code: str
    ) -> None:
        server.status, server.answer = status, answer
        with pytest.raises(NotSent) as refused:
            post(Post(server.address, {}))
        assert refused.value.code == code

    def test_who_does_not_answer_is_not_waited_for(
        self, server: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(posting, "_SECONDS_PER_STEP", 0.2)
        server.seconds = 30
        with pytest.raises(NotSent) as refused:
            post(Post(server.address, {}))
        assert refused.value.code == "notifications.no_answer"

    def test_who_answers_drop_by_drop_is_cut_off(
        self, server: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(posting, "_SECONDS_IN_ALL", 0.2)
        server.seconds = 30
        with pytest.raises(NotSent) as refused:
            post(Post(server.address, {}))
        assert refused.value.code == "notifications.no_answer"

    def test_nobody_there(self) -> None:
        with pytest.raises(NotSent):
            post(Post("http://127.0.0.1:9/", {}))

    @pytest.mark.parametrize(
        "address",
        [
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
            "https://oapi.dingtalk.com:443/robot/send?access_token=1",
            " https://open.feishu.cn/open-apis/bot/v2/hook/1 ",
            "https://OPEN.FEISHU.CN/open-apis/bot/v2/hook/1",
        ],
    )
    def test_the_hosts_of_the_makers_may_be_asked(self, address: str) -> None:
        assert host_of(address.strip()) in {
            "qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "qyapi.weixin.qq.com/send",
            "http://qyapi.weixin.qq.com/send",
            "https://qyapi.weixin.qq.com:8443/send",
            "https://qyapi.weixin.qq.com:0x/send",
            "https://qyapi.weixin.qq.com@169.254.169.254/",
            "https://user:word@qyapi.weixin.qq.com/",
            "https://qyapi.weixin.qq.com.evil.example/",
            "https://evil.example/#qyapi.weixin.qq.com",
            "https://169.254.169.254/latest/meta-data/",
            "http://169.254.169.254/",
            "http://localhost:8000/",
            "http://[::1]/",
            "https://127.0.0.1/",
            "file:///etc/passwd",
            "https://qyapi.weixin.qq.com/a b",
            "https://qyapi.weixin.qq.com/\r\nHost: x",
            "https://qyapi.weixin.qq.com/中",
            "https://qyapi.weixin.qq.com/" + "a" * 1000,
        ],
    )
    def test_no_other_address_may_be_asked(self, address: str) -> None:
        with pytest.raises(NeverSent):
            host_of(address)

    def test_this_machine_may_be_asked_in_tests_alone(self, settings: Any) -> None:
        settings.ROBOTS_ON_THIS_MACHINE = False
        with pytest.raises(NeverSent):
            host_of("http://127.0.0.1:8000/robot")

    def test_the_host_is_looked_at_again_when_something_is_sent(self, settings: Any) -> None:
        settings.ROBOT_HOSTS = []
        with pytest.raises(NeverSent):
            post(Post("https://qyapi.weixin.qq.com/send", {}))


class TestSeals:
    def test_what_is_sealed_reads_back_and_shows_nothing(self) -> None:
        sealed = seal("https://oapi.dingtalk.com/robot/send?access_token=t0k3n")
        assert "t0k3n" not in sealed
        assert unseal(sealed).endswith("t0k3n")
        assert (seal(""), unseal("")) == ("", "")

    def test_a_new_key_of_the_site_opens_nothing_without_the_former_one(
        self, settings: Any
    ) -> None:
        former, sealed = settings.SECRET_KEY, seal("secret")
        settings.SECRET_KEY = "another" * 10
        with pytest.raises(SealBroken):
            unseal(sealed)
        settings.SECRET_KEY_FALLBACKS = [former]
        assert unseal(sealed) == "secret"

    @pytest.mark.django_db
    def test_the_database_holds_no_address(self) -> None:
        row = make_robot(sealed_secret=seal("SEC-1"))
        stored = json.dumps(list(Robot.objects.filter(pk=row.pk).values()), default=str)
        assert "127.0.0.1:9" not in stored
        assert "SEC-1" not in stored
