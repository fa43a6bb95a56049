"""Messages that leave this site: by mail, and to the group robots of offices."""

from __future__ import annotations

import environ

_env = environ.Env()

# Where the site is reached from outside, such as https://quality.example.com; links begin with it.
SITE_URL = _env.str("SITE_URL", default="")

# Without a server for outgoing mail nobody is told that mail is on its way.
NOTIFICATIONS_BY_MAIL = bool(_env.str("EMAIL_URL", default=""))
# Each step of handing a mail over; a server that is silent must not hold the worker up.
EMAIL_TIMEOUT = 15

# The only hosts that the addresses of robots may name.
ROBOT_HOSTS = [
    "qyapi.weixin.qq.com",
    "oapi.dingtalk.com",
    "open.feishu.cn",
    *_env.list("ROBOT_HOSTS", default=[]),
]
# Plain HTTP to this machine itself: for tests alone.
ROBOTS_ON_THIS_MACHINE = False
