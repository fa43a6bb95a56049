"""Tests on one value: equals, one of, between, before, empty, and their opposites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.policy.raw import (
    Raw,
    Reading,
    Unquoted,
    as_list,
    as_number,
    as_text,
    entries,
    found_text,
    number_of,
    refuse,
)

Comparable = Fraction | str | bool | date | None
ORDER = ("at_least", "above", "at_most", "below")
WORDS = (
    *ORDER,
    "equals",
    "not",
    "one_of",
    "none_of",
    "between",
    "before",
    "after",
    "empty",
    "line",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test; ``word`` is of the closed list ``WORDS``.

    ``line`` compares with the value of an earlier line and is settled before records are read.
    """

    word: str
    operands: tuple[Comparable, ...]

    def holds(self, value: Comparable) -> bool:
        """Tell whether ``value`` passes; a missing one passes only ``empty: true`` and ``not``."""
        if self.word == "empty":
            return (value is None or value == "") is self.operands[0]
        if value is None:
            return self.word in ("not", "none_of")
        return _holds(self.word, value, self.operands)


def _holds(word: str, value: Comparable, operands: tuple[Comparable, ...]) -> bool:
    match word:
        case "equals" | "one_of" | "line":
            return value in operands
        case "not" | "none_of":
            return value not in operands
        case "between":
            return _order(operands[0], value) in _NOT_ABOVE and (
                _order(value, operands[1]) in _NOT_ABOVE
            )
    return _order(value, operands[0]) in _SIGNS[word]


_NOT_ABOVE = frozenset({-1, 0})
_SIGNS: dict[str, frozenset[int]] = {
    "at_least": frozenset({0, 1}),
    "after": frozenset({1}),
    "above": frozenset({1}),
    "at_most": _NOT_ABOVE,
    "before": frozenset({-1}),
    "below": frozenset({-1}),
}


def _order(left: Comparable, right: Comparable) -> int | None:
    """Return -1, 0 or 1, or nothing: values of different kinds have no order and pass no test."""
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    return None


def read_comparisons(reading: Reading, raw: Raw, texts: bool = False) -> tuple[Comparison, ...]:
    """Read the tests of one field: a plain value, or ``{above: "0", below: "10"}``.

    ``texts`` says that the field holds words, so that ``"1.1"`` is a word and not a number.
    """
    if not isinstance(raw.value, Mapping):
        return (Comparison("equals", (as_comparable(raw, texts),)),)
    if not raw.value:
        raise refuse(raw, "policy.empty_list")
    found = tuple(_read_one(word, each, texts) for word, each in entries(raw))
    _check_possible(raw, found)
    return found


def _check_possible(raw: Raw, comparisons: tuple[Comparison, ...]) -> None:
    """Refuse limits that no value can keep, such as at least 9 and at most 1."""
    lows = [(each.operands[0], _OPEN[each.word]) for each in comparisons if each.word in _LOWS]
    highs = [(each.operands[-1], _OPEN[each.word]) for each in comparisons if each.word in _HIGHS]
    for low, low_open in lows:
        for high, high_open in highs:
            order = _order(low, high)
            if order == 1 or (order == 0 and (low_open or high_open)):
                raise refuse(raw, "policy.never_holds", low=told(low), high=told(high))


_LOWS = ("at_least", "above", "after", "between")
_HIGHS = ("at_most", "below", "before", "between")
_OPEN = {
    "at_least": False,
    "at_most": False,
    "between": False,
    "above": True,
    "below": True,
    "after": True,
    "before": True,
}


def told(value: Comparable) -> str:
    """Write an operand as packs write it."""
    return plain(value) if isinstance(value, Fraction) else str(value)


def _read_one(word: str, raw: Raw, texts: bool) -> Comparison:
    if word not in WORDS:
        raise refuse(raw, "policy.unknown_word", found=word, allowed=", ".join(WORDS))
    if word in ("one_of", "none_of", "between"):
        operands = tuple(as_comparable(each, texts) for each in as_list(raw))
        if not operands:
            raise refuse(raw, "policy.empty_list")
        if word == "between" and len(operands) != 2:
            raise refuse(raw, "policy.not_a_pair", found=len(operands))
        return Comparison(word, operands)
    if word == "empty":
        if not isinstance(raw.value, bool):
            raise refuse(raw, "policy.not_a_flag", found=found_text(raw))
        return Comparison(word, (raw.value,))
    if word in ORDER:
        return Comparison(word, (as_number(raw),))
    return Comparison(word, (as_text(raw) if word == "line" else as_comparable(raw, texts),))


def as_comparable(raw: Raw, texts: bool = False) -> Comparable:
    """Read a value to compare with: a number, a text, a flag or a date."""
    if texts and isinstance(raw.value, str | int) and not isinstance(raw.value, bool):
        return as_text(raw)
    if isinstance(raw.value, bool | date):
        return raw.value
    if isinstance(raw.value, Unquoted | int):
        return as_number(raw)
    text = as_text(raw)
    number = number_of(text)
    return text if number is None else number
