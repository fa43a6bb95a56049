"""The keys of the records behind a figure, written out only when somebody reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import polars as pl


class RowKeys(Sequence[str]):
    """Behaves as the tuple of keys ``sheet!row``; a million of them cost nothing until read."""

    __slots__ = ("_lists", "_place", "_prefix")

    def __init__(self, prefix: str, lists: pl.Series, place: int) -> None:
        self._prefix = prefix
        self._lists = lists
        self._place = place

    def _written(self) -> tuple[str, ...]:
        return tuple(f"{self._prefix}{row}" for row in self._lists[self._place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._written())

    def __len__(self) -> int:
        return len(self._lists[self._place])

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self._written()[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | RowKeys) and self._written() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._written())

    def __repr__(self) -> str:
        return repr(self._written())
