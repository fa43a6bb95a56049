"""What a pack says, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from zhijian.domain.policy import citing
from zhijian.domain.words import Words
from zhijian.foundation.language import joined, language

register = template.Library()


@register.filter
def said(words: Words | str | None) -> str:
    """Write a title or a text."""
    if isinstance(words, Words):
        return words.to(language())
    return words or ""


@register.filter
def cited(clause: str | None) -> str:
    """Write a clause as it is cited: 第八条 is Article 8 for readers of English."""
    return citing.cited(clause or "", language())


@register.filter
def listed(names: Iterable[str]) -> str:
    """Write names one after another, the way the language of the page lists things."""
    return joined(names)
