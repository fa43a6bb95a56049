"""Everything a regulation says with its English, for what was stored in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words, english


def english_of(pack: Pack) -> dict[str, str]:
    """Return titles, texts and stored words by their Chinese; stored words outrank the others."""
    told = {each.zh: each.en for each in texts_of(pack) if each.en}
    return {**told, **english(pack.stored_words())}


def texts_of(value: object) -> Iterator[Words]:
    """Yield everything in a part of a regulation that people read."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
