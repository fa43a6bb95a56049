"""What is read from files is kept: once for all threads, the latest for longest."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from tests.domain.tiny import pack

_Shelf: Any = importlib.import_module("zhijian.packs.queries.typed")._Shelf
PACK = pack()


def test_what_one_thread_is_reading_another_waits_for() -> None:
    shelf, begun, readings = _Shelf(room=2), Event(), []

    def read() -> Any:
        readings.append(1)
        begun.wait(10)
        return PACK

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(shelf.get, "a", read) for _ in range(2)]
        begun.set()

    assert [each.result() for each in asked] == [PACK, PACK]
    assert len(readings) == 1


def test_what_is_asked_for_again_outlives_what_is_not() -> None:
    shelf, readings = _Shelf(room=2), []

    def get(key: str) -> None:
        shelf.get(key, lambda: readings.append(key) or PACK)

    for key in "abacab":
        get(key)

    # The third took the place of the second, which was not asked for as lately as the first.
    assert readings == ["a", "b", "c", "b"]
