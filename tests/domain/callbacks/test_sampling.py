"""Samples: exact in size, the same for the same seed, halves that are equal."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.callbacks.sampling import digest_of, draw, draw_halves, size

FRAME = [f"WHD2024-{number:04d}" for number in range(1, 51)]
GOLDEN = ("WHD2024-0035", "WHD2024-0047", "WHD2024-0040", "WHD2024-0032")
MEMBERS = st.sets(st.integers(0, 500), max_size=60)


@pytest.mark.parametrize(
    ("percent", "count", "wanted"),
    [("20", 0, 0), ("20", 1, 1), ("20", 5, 1), ("20", 6, 2), ("20", 50, 10), ("20", 51, 11),
     ("100", 7, 7), ("12.5", 8, 1), ("12.5", 9, 2)],
)  # fmt: skip
def test_the_size_is_exact_and_rounded_up(percent: str, count: int, wanted: int) -> None:
    assert size(Fraction(percent), count) == wanted


def test_a_seed_gives_this_sample_for_good() -> None:
    assert draw("0123456789abcdef", FRAME, 4) == GOLDEN
    assert draw("0123456789abcdef", FRAME[::-1], 4) == GOLDEN
    assert draw("another seed", FRAME, 4) != GOLDEN


@given(MEMBERS, st.integers(0, 70), st.text(max_size=8))
def test_nothing_is_drawn_twice_or_from_elsewhere(numbers: set[int], count: int, seed: str) -> None:
    frame = [str(each) for each in numbers]

    found = draw(seed, frame, count)

    assert len(found) == len(set(found)) == min(count, len(frame))
    assert set(found) <= set(frame)


@given(MEMBERS, MEMBERS, st.integers(0, 40))
def test_halves_are_equal_or_say_what_is_lacking(
    numbers: set[int], sampled: set[int], count: int
) -> None:
    frame = [str(each) for each in numbers]
    before = [str(each) for each in sampled]

    found = draw_halves("seed", frame, before, count)

    half = -(-count // 2)
    assert len(found.before) == min(half, len(numbers & sampled))
    assert len(found.others) == min(half, len(numbers - sampled))
    assert found.lacking == 2 * half - len(found.sample)
    assert set(found.before) <= set(before)
    assert not set(found.others) & set(before)


def test_the_digest_does_not_depend_on_the_order() -> None:
    assert digest_of(FRAME) == digest_of(reversed(FRAME))
    assert digest_of(FRAME) != digest_of(FRAME[1:])
