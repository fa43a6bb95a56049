"""Working hours: the spans of a working day in which a clock of working time runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from zhijian.domain.deadlines.vocabulary import BadLimit

_SPAN: Final = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Part of a day in minutes from midnight: ``opens`` belongs to it, ``closes`` does not.

    ``closes`` may be 1440, the midnight at the end of the day.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= _DAY:
            raise BadLimit("limit.bad_hours", found=str(self))

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read a span written as ``08:30-12:00``."""
        found = _SPAN.fullmatch(text)
        if found is None or int(found[2]) > 59 or int(found[4]) > 59:
            raise BadLimit("limit.bad_hours", found=text)
        opens, closes = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
        return cls(opens, closes)

    def __str__(self) -> str:
        return f"{_dial(self.opens)}-{_dial(self.closes)}"

    @property
    def minutes(self) -> int:
        """How long the span lasts."""
        return self.closes - self.opens


def check_hours(spans: tuple[Span, ...]) -> None:
    """Refuse spans that overlap or do not go from early to late."""
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise BadLimit("limit.bad_hours", found=f"{earlier}, {later}")


def _dial(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
