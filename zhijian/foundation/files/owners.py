"""Who may read which kind of file: each owning app says so when the program starts.

Apart from the queries, because it is filled before models can be imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: Decides by the user and the ``FileRef`` of the file.
MayRead = Callable[[Any, Any], bool]

_may_read: dict[str, MayRead] = {}


def register_owner(kind: str, may_read: MayRead) -> None:
    """Let ``may_read(user, file)`` decide for files of one kind; call it in ``ready``."""
    _may_read[kind] = may_read


def reader_of(kind: str) -> MayRead | None:
    """Return who decides for a kind, or nothing when no app owns it."""
    return _may_read.get(kind)
