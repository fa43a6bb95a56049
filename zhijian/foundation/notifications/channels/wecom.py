"""Group robots of WeCom (企业微信).

The address carries its key (``…/cgi-bin/webhook/send?key=…``); there is no signature and nothing by
which WeCom would know a message again. The body is ``{"msgtype": "text", "text": {"content": …}}``
with 2048 bytes at most, the answer ``{"errcode": 0, "errmsg": "ok"}``. Twenty messages a minute.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zhijian.foundation.notifications.channels.failing import NotSent, TooFast
from zhijian.foundation.notifications.channels.posting import Post

_TOO_FAST = 45009
_PAUSE_SECONDS = 60


def request(address: str, _secret: str, text: str, _at: datetime) -> Post:
    """Return what to ask of the robot's server."""
    return Post(address, {"msgtype": "text", "text": {"content": text}})


def check(answer: dict[str, Any]) -> None:
    """Raise unless the robot says that it told the group."""
    code = answer.get("errcode")
    if code == _TOO_FAST:
        raise TooFast(_PAUSE_SECONDS)
    if code != 0:
        raise NotSent("notifications.robot_refused", code=code, reason=answer.get("errmsg", ""))
