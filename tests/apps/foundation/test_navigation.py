"""Each person sees the part of the menu that is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from zhijian.foundation import gate, navigation
from zhijian.foundation.navigation import Entry, entries_for

pytestmark = pytest.mark.urls("tests.gallery.urls")


class Person:
    is_authenticated = True


@pytest.fixture(autouse=True)
def _menu(monkeypatch: pytest.MonkeyPatch) -> None:
    def may(user: Any, permission: str, unit_id: int | None = None) -> bool:
        return permission == "granted"

    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(gate, "_answer", [may])
    navigation.register(Entry("公开", "gallery", "home", order=2))
    navigation.register(Entry("任务", "gallery-job", "loader", permission="granted", order=1))
    navigation.register(Entry("机密", "api-docs", "lock", permission="refused", order=0))


def test_nobody_is_shown_what_they_may_not_open() -> None:
    assert [entry.label for entry in entries_for(Person(), "/")] == ["任务", "公开"]


def test_a_visitor_has_no_menu() -> None:
    assert entries_for(AnonymousUser(), "/gallery/") == ()


def test_the_closest_entry_is_the_current_one() -> None:
    current = [
        entry.label for entry in entries_for(Person(), "/gallery/job/7/") if entry.is_current
    ]

    assert current == ["任务"]
