"""Which units there are, and which ones a grant or a group robot reaches.

``organizations`` knows the tree and installs the answers; until it does, there are no units to
choose from, and whoever names a unit reaches exactly that one.
"""

from __future__ import annotations

from collections.abc import Callable

Expand = Callable[[frozenset[int]], frozenset[int]]
List = Callable[[], list[tuple[int, str]]]


def _only_themselves(unit_ids: frozenset[int]) -> frozenset[int]:
    return unit_ids


def _none() -> list[tuple[int, str]]:
    return []


_expand: list[Expand] = [_only_themselves]
_list: list[List] = [_none]


def install(*, expand: Expand, choices: List) -> None:
    """Let ``expand`` say which units lie at or below others, ``choices`` which there are."""
    _expand[0], _list[0] = expand, choices


def unit_choices() -> list[tuple[int, str]]:
    """Return the units as choices of a form."""
    return _list[0]()


def at_or_below(unit_ids: frozenset[int]) -> frozenset[int]:
    """Return the given units and all below them."""
    return _expand[0](unit_ids) if unit_ids else unit_ids
