"""Telling a group: one line of words and a link, by the robot of its maker."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from zhijian.foundation.notifications.channels import dingtalk, feishu, wecom
from zhijian.foundation.notifications.channels.posting import Post, post
from zhijian.foundation.notifications.models import Robot, RobotKind
from zhijian.foundation.sealing import unseal


class _Maker(Protocol):
    def request(self, address: str, secret: str, text: str, at: datetime, /) -> Post: ...

    def check(self, answer: dict[str, object], /) -> None: ...


_MAKERS: dict[str, _Maker] = {
    RobotKind.WECOM: wecom,
    RobotKind.DINGTALK: dingtalk,
    RobotKind.FEISHU: feishu,
}


def tell(robot: Robot, text: str, at: datetime) -> None:
    """Let the robot say ``text`` in its group; raises ``NotSent`` when it did not."""
    maker = _MAKERS[robot.kind]
    asked = maker.request(unseal(robot.sealed_address), unseal(robot.sealed_secret), text, at)
    maker.check(post(asked))
