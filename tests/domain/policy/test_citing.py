"""A clause of a Chinese text is cited in English by its number."""

from __future__ import annotations

import pytest

from zhijian.domain.policy.citing import cited


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("第八条", "Article 8"),
        ("第八条第4项", "Article 8 item 4"),
        ("第十七条第二款", "Article 17 paragraph 2"),
        ("第一百二十条", "Article 120"),
        ("第二十条", "Article 20"),
        ("第一至七项", "items 1 to 7"),
        ("附件2", "Annex 2"),
        ("编号1", "No. 1"),
        ("三.1", "Part 3.1"),
        ("五.3(2)", "Part 5.3(2)"),
        ("十二", "Part 12"),
        ("5.2 以后", "after 5.2"),
        ("引言", "Introduction"),
        ("4.2", "4.2"),
        ("R12", "R12"),
    ],
)
def test_the_number_of_a_clause_is_told_in_english(clause: str, told: str) -> None:
    assert cited(clause, "en") == told
    assert cited(clause, "zh") == clause


def test_a_clause_of_another_shape_stays_as_it_is() -> None:
    assert cited("权重表", "en") == "权重表"
    assert cited("第八条之表", "en") == "第八条之表"
