"""Whatever the site says in Chinese, it also says in English."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.architecture.messages import (
    catalogue_of,
    is_translated,
    messages_by_room,
    read_catalogue,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)s|{(\w*)}")


def test_every_string_of_every_room_has_its_english() -> None:
    missing = {
        f"{room}: {message.text}"
        for room, found in messages_by_room().items()
        for message in found
        if not is_translated(read_catalogue(catalogue_of(room)), message)
    }

    assert missing == set(), "run `make messages` and fill the empty translations"


def test_translations_are_english_and_keep_their_places() -> None:
    wrong = {
        f"{room}: {entry.id}"
        for room in messages_by_room()
        for entry in read_catalogue(catalogue_of(room))
        if entry.id
        if not _fits(entry.id, entry.string)
    }

    assert wrong == set()


def _fits(source: object, translation: object) -> bool:
    said, meant = _forms(translation)[-1], _forms(source)[-1]
    return not CHINESE.search(said) and set(PLACE.findall(said)) == set(PLACE.findall(meant))


def test_the_same_chinese_has_the_same_english_in_every_room() -> None:
    # Django keeps one English for the whole site, that of whichever room it happens to read last.
    said: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for room in messages_by_room():
        for entry in read_catalogue(catalogue_of(room)):
            if entry.id and all(_forms(entry.string)):
                said[_forms(entry.id)[0], entry.context or ""][room] = " | ".join(
                    _forms(entry.string)
                )

    differing = {
        f"{text} ({context})" if context else text: english
        for (text, context), english in said.items()
        if len(set(english.values())) > 1
    }
    assert differing == {}, "say the same, or tell the meanings apart by a context (msgctxt)"


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)
