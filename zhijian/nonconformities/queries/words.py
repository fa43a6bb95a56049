"""Stored words in the language of the page."""

from __future__ import annotations

from zhijian.foundation.language import language
from zhijian.nonconformities.queries.kinds import listed_kinds


def english_words() -> dict[str, str]:
    """Return the options of the aspects of every kind by what is stored."""
    lang, found = language(), dict[str, str]()
    for each in listed_kinds():
        for fact in each.listing.aspects.values():
            options = each.kind.facts[fact].field.options
            found |= {key: words.to(lang) for key, words in options.items()}
    return found
