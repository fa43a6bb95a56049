"""Group robots of DingTalk (钉钉).

The address carries its token (``…/robot/send?access_token=…``). Where the robot asks for signatures
it also takes ``timestamp`` (milliseconds) and ``sign``: the HMAC-SHA256, under the secret, of
"timestamp, line feed, secret", in base64. The body is ``{"msgtype": "text", "text": {"content":
…}}``, the answer ``{"errcode": 0, "errmsg": "ok"}``. Who sends more than twenty messages a minute
is silenced for ten.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from zhijian.foundation.notifications.channels.failing import NotSent, TooFast
from zhijian.foundation.notifications.channels.posting import Post

_TOO_FAST = frozenset({130101, 410100})
_PAUSE_SECONDS = 600


def request(address: str, secret: str, text: str, at: datetime) -> Post:
    """Return what to ask of the robot's server, signed when there is a secret."""
    body = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return Post(address, body)
    moment = str(round(at.timestamp() * 1000))
    signed = urlencode({"timestamp": moment, "sign": signature(secret, moment)})
    return Post(f"{address}{'&' if '?' in address else '?'}{signed}", body)


def signature(secret: str, moment: str) -> str:
    """Return the signature of a moment in milliseconds."""
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def check(answer: dict[str, Any]) -> None:
    """Raise unless the robot says that it told the group."""
    code = answer.get("errcode")
    if code in _TOO_FAST:
        raise TooFast(_PAUSE_SECONDS)
    if code != 0:
        raise NotSent("notifications.robot_refused", code=code, reason=answer.get("errmsg", ""))
