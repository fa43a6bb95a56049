"""Strict reading of a pack's files: every value knows its place, and nothing passes unread.

The reader of files (outside the domain) turns YAML into ``Raw`` values; here they become typed
values or problems. An unknown key is a problem, because a misspelt key that is silently ignored
is a rule that silently does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from zhijian.domain.exact import plain
from zhijian.domain.problems import Problem
from zhijian.domain.words import Titles, Words

T = TypeVar("T")
PLACES = 10
"""The most decimals that anything is kept or rounded to."""
NAME_LENGTH, TITLE_LENGTH = 60, 200
"""The most characters of a name and of a title, in either language; rows hold no more."""
_NAME = re.compile(r"[^\W\d][\w-]*")
_YEARS = range(1900, 2200)
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A fraction that stood without quotes, such as ``0.1``: its exact value is already lost."""

    text: str


Scalar = str | int | bool | date | Unquoted | None


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as it stands in a file."""

    value: Scalar | tuple[Raw, ...] | Mapping[str, Raw]
    file: str
    line: int

    @property
    def where(self) -> str:
        """The place, as ``file:line``."""
        return f"{self.file}:{self.line}"


class Unreadable(Exception):
    """A value could not be read; ``problem`` says why. Caught by ``Reading.attempt``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(raw: Raw, code: str, **facts: object) -> Unreadable:
    """Return the exception that reports ``code`` at the place of ``raw``."""
    return Unreadable(Problem.at(raw.where, code, **facts))


class Reading:
    """Collects what is wrong while the files of one pack are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, raw: Raw, code: str, **facts: object) -> None:
        """Note a problem and read on."""
        self.problems.append(Problem.at(raw.where, code, **facts))

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Return what ``read`` returns, or note its problem and return nothing."""
        try:
            return read()
        except Unreadable as error:
            self.problems.append(error.problem)
            return None

    def fields(self, raw: Raw) -> Fields:
        """Open a mapping for reading key by key."""
        return Fields(self, raw)


class Fields:
    """The keys of one mapping; ``close`` reports the keys that nobody asked for."""

    def __init__(self, reading: Reading, raw: Raw) -> None:
        if not isinstance(raw.value, Mapping):
            raise refuse(raw, "policy.not_a_mapping")
        self.reading = reading
        self.raw = raw
        self._values: Mapping[str, Raw] = raw.value
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._values)

    def maybe(self, key: str) -> Raw | None:
        """The raw value of ``key``, or nothing."""
        self._asked.add(key)
        return self._values.get(key)

    def need(self, key: str) -> Raw:
        """The raw value of ``key``; its absence is a problem."""
        found = self.maybe(key)
        if found is None or found.value is None:
            raise refuse(self.raw, "policy.key_missing", key=key)
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed unless a default is given."""
        if key not in self and default is not None:
            self._asked.add(key)
            return default
        return as_text(self.need(key))

    def name(self, key: str = "id") -> str:
        """A name by which something else calls this: one word, not beginning with a digit."""
        raw = self.need(key)
        found = as_text(raw)
        if not _NAME.fullmatch(found) or len(found) > NAME_LENGTH:
            told = found[:NAME_LENGTH]
            raise refuse(raw, "policy.bad_name", found=told, limit=NAME_LENGTH)
        return found

    def title(self) -> Words:
        """The title, which is needed, in one language or in two."""
        raw = self.need("title")
        words = as_words(self.reading, raw)
        for text in (words.zh, words.en):
            check_length(raw, text, TITLE_LENGTH)
        return words

    def words(self, key: str, default: Words | None = None) -> Words:
        """A text in one language or, as ``{zh: …, en: …}``, in two; needed without a default."""
        if key not in self and default is not None:
            self._asked.add(key)
            return default
        return as_words(self.reading, self.need(key))

    def phrases(self, key: str) -> tuple[Words, ...]:
        """A list of texts in one language or in two, empty when the key is absent."""
        return tuple(as_words(self.reading, each) for each in self.items(key))

    def options(self, key: str) -> Titles:
        """The words of a list that are stored, each once, with how people read it."""
        read = [(raw, as_words(self.reading, raw)) for raw in self.items(key)]
        refuse_twice(((raw, words.zh) for raw, words in read), NAME_LENGTH)
        return {words.zh: words for _, words in read}

    def number(self, key: str, default: Fraction | None = None) -> Fraction:
        """An exact number; needed unless a default is given."""
        if key not in self and default is not None:
            self._asked.add(key)
            return default
        return as_number(self.need(key))

    def whole(
        self, key: str, default: int | None = None, *, least: int = -MOST, most: int = MOST
    ) -> int:
        """A whole number from ``least`` to ``most``; needed unless a default is given."""
        if key not in self and default is not None:
            self._asked.add(key)
            return default
        raw = self.need(key)
        number = as_number(raw)
        if number.denominator != 1:
            raise refuse(raw, "policy.not_whole", found=found_text(raw))
        check_range(raw, number, Fraction(least), Fraction(most))
        return int(number)

    def day(self, key: str) -> date:
        """A date."""
        return as_day(self.need(key))

    def flag(self, key: str, default: bool = False) -> bool:
        """``true`` or ``false``."""
        raw = self.maybe(key)
        if raw is None:
            return default
        if not isinstance(raw.value, bool):
            raise refuse(raw, "policy.not_a_flag", found=found_text(raw))
        return raw.value

    def word(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a closed list of words."""
        if key not in self and default is not None:
            self._asked.add(key)
            return default
        raw = self.need(key)
        found = as_text(raw)
        if found not in allowed:
            raise refuse(raw, "policy.unknown_word", found=found, allowed=", ".join(allowed))
        return found

    def items(self, key: str) -> tuple[Raw, ...]:
        """The entries of a list, empty when the key is absent."""
        raw = self.maybe(key)
        return () if raw is None else as_list(raw)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is absent."""
        return tuple(as_text(each) for each in self.items(key))

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key, raw in self._values.items():
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.reading.add(raw, "policy.unknown_key", key=key, known=known)


def as_text(raw: Raw) -> str:
    """Return a text that is not empty; a number or date in its place is a problem."""
    if isinstance(raw.value, int) and not isinstance(raw.value, bool):
        return str(raw.value)
    if not isinstance(raw.value, str) or not raw.value.strip():
        raise refuse(raw, "policy.not_a_text", found=found_text(raw))
    return raw.value.strip()


def as_words(reading: Reading, raw: Raw) -> Words:
    """Return a title, in one language or in two."""
    if not isinstance(raw.value, Mapping):
        return Words(as_text(raw))
    fields = reading.fields(raw)
    words = Words(fields.text("zh"), fields.text("en", ""))
    fields.close()
    return words


def as_number(raw: Raw) -> Fraction:
    """Return an exact number: a whole number, or a decimal in quotes."""
    if isinstance(raw.value, Unquoted):
        raise refuse(raw, "policy.unquoted_fraction", found=raw.value.text)
    if isinstance(raw.value, bool) or not isinstance(raw.value, int | str):
        raise refuse(raw, "policy.not_a_number", found=found_text(raw))
    number = number_of(str(raw.value))
    if number is None:
        raise refuse(raw, "policy.not_a_number", found=raw.value)
    return number


def check_range(raw: Raw, number: Fraction, least: Fraction, most: Fraction) -> None:
    """Refuse a number below ``least`` or above ``most``."""
    if not least <= number <= most:
        raise refuse(
            raw, "policy.out_of_range", found=found_text(raw), least=plain(least), most=plain(most)
        )


def check_length(raw: Raw, text: str, limit: int) -> None:
    """Refuse a text that is too long to be kept."""
    if len(text) > limit:
        raise refuse(raw, "policy.too_long", found=text[:NAME_LENGTH], limit=limit)


def refuse_twice(named: Iterable[tuple[Raw, str]], limit: int = TITLE_LENGTH) -> None:
    """Refuse what stands in a list a second time, or is too long."""
    seen: set[str] = set()
    for raw, name in named:
        check_length(raw, name, limit)
        if name in seen:
            raise refuse(raw, "policy.id_twice", id=name)
        seen.add(name)


def number_of(text: str) -> Fraction | None:
    """Return the number that ``text`` writes in plain decimals, or nothing."""
    unsigned = text.strip().removeprefix("-")
    whole, _, decimals = unsigned.partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(unsigned) > 40:
        return None
    if "." in unsigned and not (decimals.isascii() and decimals.isdigit()):
        return None
    return Fraction(text.strip())


def as_day(raw: Raw) -> date:
    """Return a date."""
    if not isinstance(raw.value, date):
        raise refuse(raw, "policy.not_a_date", found=found_text(raw))
    check_years(raw, raw.value)
    return raw.value


def check_years(raw: Raw, *days: date) -> None:
    """Refuse days of a year that can only be a slip."""
    for day in days:
        if day.year not in _YEARS:
            raise refuse(raw, "policy.strange_year", found=day)


def as_list(raw: Raw) -> tuple[Raw, ...]:
    """Return the entries of a list."""
    if not isinstance(raw.value, tuple):
        raise refuse(raw, "policy.not_a_list", found=found_text(raw))
    return raw.value


def entries(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Yield the keys and values of a mapping."""
    if not isinstance(raw.value, Mapping):
        raise refuse(raw, "policy.not_a_mapping")
    yield from raw.value.items()


def found_text(raw: Raw) -> str:
    """Say in short what stands there instead."""
    if isinstance(raw.value, Mapping):
        return "{…}"
    if isinstance(raw.value, tuple):
        return "[…]"
    return "" if raw.value is None else str(getattr(raw.value, "text", raw.value))[:60]
