"""Titles, texts and stored words in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Titles = Mapping[str, "Words"]
"""Stored words (options, grades) by the Chinese that is stored, and how people read each."""


@dataclass(frozen=True, slots=True)
class Words:
    """Chinese first; English where the pack gives it, else the Chinese again."""

    zh: str
    en: str = ""

    def to(self, language: str) -> str:
        """Return the wording for ``language`` (``zh`` or ``en``)."""
        return self.en if language.startswith("en") and self.en else self.zh

    def __str__(self) -> str:
        return self.zh

    def __bool__(self) -> bool:
        return bool(self.zh)


NOTHING = Words("")


def english(titles: Titles) -> dict[str, str]:
    """Return stored words with their English, for data that travel without their pack."""
    return {word: words.en for word, words in titles.items() if words.en}


def listed(phrases: Iterable[Words]) -> Words:
    """Join phrases the way each language lists things."""
    told = tuple(phrases)
    return Words("、".join(each.zh for each in told), ", ".join(each.to("en") for each in told))
