"""What rooms have stored of a regulation (grades, options, titles, texts), as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from zhijian.domain.regulation.wording import english_of
from zhijian.packs.models import PackVersion
from zhijian.packs.queries.typed import PackUnreadable, digest_of_version, typed

_MOST = 200
#: Equal files say the same; what they say in English is gathered once.
_gathered: dict[str, Mapping[str, str]] = {}


class Judged(Protocol):
    """Whatever is judged under a version: an assessment."""

    @property
    def pack_version_id(self) -> int:
        """The version."""
        ...

    @property
    def pack_digest(self) -> str:
        """The digest of its files, once results rest on them."""
        ...


def stored_word(of: Judged, word: str, language: str) -> str:
    """Return a stored word or text in a language; what the version does not know stays as it is."""
    return english_words(of, language).get(word, word) if word else word


def english_words(of: Judged, language: str) -> Mapping[str, str]:
    """Return everything the version says with its English; nothing for readers of Chinese."""
    if language != "en":
        return {}
    digest = of.pack_digest or digest_of_version(of.pack_version_id)
    return _gather(of.pack_version_id, digest)


def english_words_of(version: PackVersion, language: str) -> Mapping[str, str]:
    """Return everything a version says with its English; a draft with faults says nothing."""
    if language != "en":
        return {}
    try:
        return _gather(version.pk, version.digest)
    except PackUnreadable:
        return {}


def _gather(version_id: int, digest: str) -> Mapping[str, str]:
    if digest not in _gathered:
        if len(_gathered) >= _MOST:
            _gathered.clear()
        _gathered[digest] = english_of(typed(version_id))
    return _gathered[digest]
