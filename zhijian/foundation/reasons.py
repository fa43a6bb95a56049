"""Reasons that the program itself writes into rows that stay, and how people read them.

Rows keep the Chinese sentence, as they keep what a person wrote; an English page or paper tells
the program's own sentences in English. What a person wrote stays word for word.
"""

from __future__ import annotations

import re

from zhijian.domain.words import Words

_CORRECTED = "考核结果更正为第 {edition} 版：{reason}"
_REPLACED = "考核结果已于 {day} 更正为第 {edition} 版。"
_ENGLISH = {
    _CORRECTED: "The result was corrected (edition {edition}): {reason}",
    _REPLACED: "The result was corrected on {day} (edition {edition}).",
}


def corrected(edition: int, reason: str) -> str:
    """Return why an entry is taken back by the correction of a result."""
    return _CORRECTED.format(edition=edition, reason=reason)


def replaced(day: str, edition: int) -> str:
    """Return why a report is withdrawn by the correction of a result."""
    return _REPLACED.format(day=day, edition=edition)


def in_words(reason: str) -> Words:
    """Return a stored reason; with English where the program wrote it."""
    for chinese, english in _ENGLISH.items():
        found = re.fullmatch(_PLACE.sub(r"(?P<\1>.+)", chinese), reason, re.DOTALL)
        if found:
            return Words(reason, english.format(**found.groupdict()))
    return Words(reason)


_PLACE = re.compile(r"\{(\w+)\}")
