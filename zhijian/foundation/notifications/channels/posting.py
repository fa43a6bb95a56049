"""Posting JSON to a robot: only to hosts the settings name, and never further than that.

A robot's address is typed by an administrator and asked by our server, so it must not become a way
into the network behind it: https only, hosts from a list, no redirects, little time, small answers.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from zhijian.foundation.notifications.channels.failing import NeverSent, NotSent, TooFast

_SECONDS_PER_STEP = 5.0
_SECONDS_IN_ALL = 10.0
_LARGEST_ANSWER = 64 * 1024
_LONGEST_ADDRESS = 1000
_HTTPS = 443
_OK, _TOO_MANY = 200, 429
_REDIRECTS = range(300, 400)
_PAUSE_SECONDS = 60
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Post:
    """What is asked of a robot's server."""

    url: str
    body: dict[str, Any]


def host_of(address: str) -> str:
    """Return the host of an address that may be asked; refuse every other one."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise NeverSent("notifications.bad_address") from error
    plain = not parts.username and not parts.password and not parts.fragment
    is_text = address.isascii() and address.isprintable() and " " not in address
    if not (plain and is_text and parts.hostname and len(address) <= _LONGEST_ADDRESS):
        raise NeverSent("notifications.bad_address")
    if not _is_allowed(parts, port):
        raise NeverSent(
            "notifications.host_not_allowed",
            host=parts.hostname,
            hosts=", ".join(settings.ROBOT_HOSTS),
        )
    return parts.hostname


def _is_allowed(parts: SplitResult, port: int | None) -> bool:
    if settings.ROBOTS_ON_THIS_MACHINE and (parts.scheme, parts.hostname) == ("http", _LOOPBACK):
        return True
    is_https = parts.scheme == "https" and port in (None, _HTTPS)
    return is_https and parts.hostname in settings.ROBOT_HOSTS


def post(asked: Post) -> dict[str, Any]:
    """Send and return what was answered, a JSON object; raises ``NotSent`` otherwise."""
    host = host_of(asked.url)
    try:
        status, content = _exchange(asked)
    except (OSError, http.client.HTTPException) as error:
        # A time limit says nothing about itself.
        reason = str(error) or type(error).__name__
        raise NotSent("notifications.no_answer", host=host, reason=reason) from error
    if status in _REDIRECTS:
        raise NotSent("notifications.redirected", host=host, status=status)
    if status == _TOO_MANY:
        raise TooFast(_PAUSE_SECONDS)
    if status != _OK:
        raise NotSent("notifications.bad_status", host=host, status=status)
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise NotSent("notifications.bad_answer", host=host) from error
    if len(content) > _LARGEST_ANSWER or not isinstance(answer, dict):
        raise NotSent("notifications.bad_answer", host=host)
    return answer


def _exchange(asked: Post) -> tuple[int, bytes]:
    parts = urlsplit(asked.url)
    connection = _connection(parts)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    content = json.dumps(asked.body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
    connection.connect()
    # The limit of a step starts anew with every byte; this one does not.
    end = threading.Timer(_SECONDS_IN_ALL, _cut, (connection.sock,))
    end.daemon = True
    end.start()
    try:
        connection.request("POST", path, content, headers)
        response = connection.getresponse()
        return response.status, response.read(_LARGEST_ANSWER + 1)
    finally:
        end.cancel()
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=_SECONDS_PER_STEP)
    return http.client.HTTPSConnection(
        host, port, timeout=_SECONDS_PER_STEP, context=ssl.create_default_context()
    )


def _cut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It was closed in the same moment.
        return
