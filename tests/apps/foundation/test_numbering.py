"""Numbers without gaps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.apps.foundation.failing import rolled_back
from zhijian.foundation.numbering.services import next_number


@pytest.mark.django_db
@pytest.mark.req("SYS-05")
def test_each_kind_and_year_counts_from_one() -> None:
    assert [next_number(kind="notice", year=2024) for _ in range(3)] == [1, 2, 3]
    assert next_number(kind="notice", year=2025) == 1
    assert next_number(kind="report", year=2024) == 1


@pytest.mark.django_db
@pytest.mark.req("SYS-05")
def test_a_number_that_was_rolled_back_is_given_again() -> None:
    next_number(kind="notice", year=2024)
    with pytest.raises(RuntimeError):
        rolled_back(lambda: next_number(kind="notice", year=2024))
    assert next_number(kind="notice", year=2024) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("SYS-05")
def test_many_at_once_get_every_number_once() -> None:
    def take(_: int) -> int:
        try:
            return next_number(kind="notice", year=2024)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(take, range(40)))

    assert sorted(taken) == list(range(1, 41))
