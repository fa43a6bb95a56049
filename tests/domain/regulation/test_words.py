"""What a regulation says in Chinese, with its English."""

from __future__ import annotations

from tests.domain.tiny import pack
from zhijian.domain.regulation.wording import english_of

SCHEME = """
id: main
title: {zh: 考核, en: Assessment}
subject: 单位
periods: [quarter]
lines: [{id: score, title: {zh: 好, en: Good score}, mean: check.points}]
score: score
grade:
  of: score
  order: [{zh: 好, en: Fine}, 差]
  bands: [{below: "60", is: 差}, {at_least: "60", is: 好}]
"""


def test_titles_and_stored_words_are_told_and_a_stored_word_comes_first() -> None:
    told = english_of(pack({"scoring/main.yaml": SCHEME}))

    assert told["考核"] == "Assessment"
    assert told["好"] == "Fine"
    assert "差" not in told
