"""Strips above every page: sample data, maintenance. Rooms register where they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Banner:
    """One strip: what it says, and where one may read or do more."""

    text: str | Promise
    kind: Literal["note", "warn", "bad"] = "warn"
    url: str = ""
    url_text: str | Promise = ""


Source = Callable[[HttpRequest], Banner | None]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Ask ``source`` on every page; it is called often and must answer from a cache."""
    _sources[name] = source


def banners_for(request: HttpRequest) -> tuple[Banner, ...]:
    """Return the strips of this page, in the order of their names."""
    answers = (_sources[name](request) for name in sorted(_sources))
    return tuple(banner for banner in answers if banner is not None)
