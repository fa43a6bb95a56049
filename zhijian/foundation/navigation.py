"""The menu: each room registers its entries at start-up, each person sees what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from zhijian.foundation import gate


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu.

    ``permission`` is asked at the gate; left empty, everybody who has signed in sees the entry.
    Entries with the same ``section`` stand together under that heading.
    """

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""
    order: int = 100
    section: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one person sees it on one page."""

    label: str | Promise
    url: str
    icon: str
    section: str | Promise
    is_current: bool


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add ``entry``; registering the same page again replaces it."""
    _entries[entry.url_name] = entry


def registered() -> tuple[Entry, ...]:
    """Return every entry in the order of the menu."""
    return tuple(sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name)))


def entries_for(user: Any, path: str) -> tuple[Shown, ...]:
    """Return what ``user`` may see while on ``path``; the closest entry is the current one."""
    if not user.is_authenticated:
        return ()
    open_to_user = [
        (entry, reverse(entry.url_name))
        for entry in registered()
        if not entry.permission or gate.may(user, entry.permission)
    ]
    around = [url for _, url in open_to_user if path == url or _lies_under(path, url)]
    current = max(around, key=len, default="")
    return tuple(
        Shown(entry.label, url, entry.icon, entry.section, url == current)
        for entry, url in open_to_user
    )


def _lies_under(path: str, url: str) -> bool:
    # Everything lies under "/", which says nothing about where one is.
    return url != "/" and path.startswith(url)
