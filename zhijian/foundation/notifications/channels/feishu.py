"""Group robots of Feishu (飞书).

The address ends in its token (``…/open-apis/bot/v2/hook/…``). The body is ``{"msg_type": "text",
"content": {"text": …}}``; where the robot asks for signatures also ``timestamp`` (seconds) and
``sign``: the HMAC-SHA256 of nothing under the key "timestamp, line feed, secret", in base64. The
answer says ``code`` 0, older robots ``StatusCode`` 0. A hundred messages a minute, five a second.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

from zhijian.foundation.notifications.channels.failing import NotSent, TooFast
from zhijian.foundation.notifications.channels.posting import Post

_TOO_FAST = frozenset({9499, 11232})
_PAUSE_SECONDS = 60


def request(address: str, secret: str, text: str, at: datetime) -> Post:
    """Return what to ask of the robot's server, signed when there is a secret."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        moment = str(int(at.timestamp()))
        body |= {"timestamp": moment, "sign": signature(secret, moment)}
    return Post(address, body)


def signature(secret: str, moment: str) -> str:
    """Return the signature of a moment in seconds."""
    digest = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def check(answer: dict[str, Any]) -> None:
    """Raise unless the robot says that it told the group."""
    code = answer.get("code", answer.get("StatusCode"))
    if code in _TOO_FAST:
        raise TooFast(_PAUSE_SECONDS)
    if code != 0:
        reason = answer.get("msg", answer.get("StatusMessage", ""))
        raise NotSent("notifications.robot_refused", code=code, reason=reason)
