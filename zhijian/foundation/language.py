"""The language in which a person is answered, as the domain names it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import get_language

from zhijian.domain.words import Words, listed

Language = Literal["zh", "en"]


def language() -> Language:
    """Return the language of the request; Chinese where none was asked for, as in jobs."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def joined(names: Iterable[str]) -> str:
    """Return names one after another, the way the language of the request lists things."""
    return listed(Words(name) for name in names).to(language())


def language_asked(request: HttpRequest) -> Language:
    """Return the language a paper is asked for in, with ``?lang=``; else that of the request."""
    asked = request.GET.get("lang", "")
    if asked == "en":
        return "en"
    return "zh" if asked == "zh" else language()
