"""The cache as rows: what one process counts, every other one knows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.core import context
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory

from tests.processes import ENGINES, Site, fresh_database
from zhijian.foundation.jobs.tasks import tidy
from zhijian.foundation.sharing.cache import SharedCache
from zhijian.foundation.sharing.models import SharedEntry


def let_time_pass(seconds: int) -> None:
    for row in SharedEntry.objects.exclude(expires_at=None):
        row.expires_at -= timedelta(seconds=seconds)
        row.save()


@pytest.mark.django_db
class TestOneProcess:
    def test_the_site_counts_in_rows(self) -> None:
        cache.set("failed", [1.5, 2.5])

        assert SharedEntry.objects.get().value == [1.5, 2.5]
        assert SharedCache("", {}).get("failed") == [1.5, 2.5]

    def test_a_value_is_added_once(self) -> None:
        assert cache.add("lock", True, timeout=10)
        assert not cache.add("lock", False, timeout=10)
        assert cache.get("lock") is True

        let_time_pass(10)
        assert cache.add("lock", False, timeout=10)
        assert cache.get("lock") is False

    def test_a_value_ends_with_its_time(self) -> None:
        cache.set("short", 1, timeout=60)
        cache.set("long", 2, timeout=None)
        cache.set("former", 3, timeout=0)
        assert [cache.get(key, "gone") for key in ("short", "long", "former")] == [1, 2, "gone"]

        let_time_pass(60)
        assert [cache.get(key, "gone") for key in ("short", "long")] == ["gone", 2]

    def test_a_value_lives_on_when_it_is_touched(self) -> None:
        cache.set("short", 1, timeout=60)

        assert cache.touch("short", timeout=120)
        let_time_pass(60)

        assert cache.get("short") == 1
        let_time_pass(60)
        assert not cache.touch("short", timeout=120)

    def test_a_number_is_added_to(self) -> None:
        cache.set("guesses", 1, timeout=60)

        assert (cache.incr("guesses"), cache.incr("guesses", 5), cache.decr("guesses")) == (2, 7, 6)
        assert cache.get("guesses") == 6
        let_time_pass(60)
        for key in ("guesses", "never"):
            with pytest.raises(ValueError, match="no value under"):
                cache.incr(key)

    def test_values_are_forgotten(self) -> None:
        cache.set_many({"one": 1, "two": 2})

        assert cache.delete("one")
        assert not cache.delete("one")
        cache.clear()
        assert cache.get_many(["one", "two"]) == {}

    def test_the_night_sweeps_what_is_over(self) -> None:
        cache.set("over", 1, timeout=60)
        cache.set("alive", 2, timeout=3600)
        let_time_pass(61)

        assert tidy.call()["shared"] == 1
        assert cache.get("alive") == 2


def at_once(act: Callable[[], None], count: int = 4) -> None:
    """Let some threads do the same at the same moment."""
    start = threading.Barrier(count)

    def go() -> None:
        start.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_added_at_once_are_all_counted() -> None:
    cache.set("guesses", 0, timeout=60)

    at_once(lambda: [cache.incr("guesses") for _ in range(25)] and None)

    assert cache.get("guesses") == 100


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_guesses_made_at_once_are_each_counted() -> None:
    allowed: list[int] = []

    def guess() -> None:
        with context.request_context(RequestFactory().post("/")):
            for _ in range(5):
                with suppress(ValidationError):
                    check_rate_limit(SimpleNamespace(pk=7))  # type: ignore[arg-type]
                    allowed.append(1)

    at_once(guess)

    # Of twenty guesses ten pass at most, however they overlap.
    assert 0 < len(allowed) <= 10


GUESS = """
from types import SimpleNamespace
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from allauth.core import context
from allauth.mfa.base.internal.flows import check_rate_limit
refused = 0
with context.request_context(RequestFactory().post("/")):
    for _ in range({times}):
        try:
            check_rate_limit(SimpleNamespace(pk=7))
        except ValidationError:
            refused += 1
print(refused)
"""


@pytest.fixture(params=ENGINES)
def site(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str], str]
) -> Iterator[Site]:
    with fresh_database(request.param, tmp_path, like=migrated(request.param)) as url:
        yield Site(url, tmp_path)


@pytest.mark.slow
def test_guesses_of_a_second_step_are_counted_over_all_processes(site: Site) -> None:
    refused = [site.shell(GUESS.format(times=6)) for _ in range(2)]

    # Ten guesses in five minutes, wherever they are made.
    assert refused == ["0", "2"]
