"""Turns what services hold (dates, decimals, keys) into JSON that reads back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from zhijian.foundation.audit import chain


@dataclass(frozen=True, slots=True)
class Subject:
    """What an audit entry is about: a kind, the key within the kind, and words for people."""

    kind: str
    key: str
    label: str = ""


class Actor(Protocol):
    """Anybody who can be named in the audit trail; a user is one."""

    pk: Any

    def get_username(self) -> str:
        """Return the name the person signs in with."""
        ...


SYSTEM = "system"


def plain(value: Any) -> Any:
    """Return ``value`` in JSON types; numbers with fractions become exact text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return chain.moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        members = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(each) for each in members]
    return str(value)
