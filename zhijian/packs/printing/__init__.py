"""Rules and workings-out in words, Chinese and English. Needs no framework."""

from __future__ import annotations

from zhijian.packs.printing.steps import number, step_in_words
from zhijian.packs.printing.typed import limits_in_words

__all__ = ["limits_in_words", "number", "step_in_words"]
