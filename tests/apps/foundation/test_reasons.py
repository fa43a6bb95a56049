"""The program's own reasons are read in both languages; what people wrote stays."""

from __future__ import annotations

import pytest

from zhijian.foundation import reasons


@pytest.mark.parametrize(
    ("stored", "english"),
    [
        (
            reasons.corrected(2, "漏计一件\n投诉"),
            "The result was corrected (edition 2): 漏计一件\n投诉",
        ),
        (reasons.replaced("2026-04-20", 3), "The result was corrected on 2026-04-20 (edition 3)."),
        ("客户撤诉", "客户撤诉"),
        ("", ""),
    ],
)
def test_the_own_reasons_of_the_program_have_english(stored: str, english: str) -> None:
    words = reasons.in_words(stored)
    assert words.zh == stored
    assert words.to("en") == english
