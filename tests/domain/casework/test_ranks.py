"""Levels of different regulations stand side by side; a common rank compares them in statistics."""

from __future__ import annotations

import pytest

from tests.golden.test_examples import PACKS, pack_of
from zhijian.packs.printing.regulation import regulation

THREE, SAME_DAY = PACKS / "nonconformity-three-levels", PACKS / "nonconformity-same-day"


@pytest.mark.req("POL-19")
def test_each_level_has_its_own_name_and_a_common_rank() -> None:
    def ranks(folder, kind: str = "nonconformity") -> dict[str, int]:
        return {each.title.zh: each.rank for each in pack_of(folder).cases[kind].levels.values()}

    assert ranks(THREE) == {"轻微": 1, "一般": 2, "严重": 4}
    assert ranks(SAME_DAY) == {"影响不大": 1, "严重不满": 4}


def test_every_level_of_the_delivered_regulations_counts_in_statistics() -> None:
    for folder in sorted(PACKS.glob("*/cases")):
        for kind in pack_of(folder.parent).cases.values():
            assert all(1 <= each.rank <= 4 for each in kind.levels.values()), folder


def test_the_printed_regulation_tells_the_rank() -> None:
    assert "统计时计为共同等级 4" in regulation(pack_of(THREE), "")
    assert "rank 4 in statistics" in regulation(pack_of(THREE), "", "en")
