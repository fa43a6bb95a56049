"""How a result came about, kept beside the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from zhijian.domain.exact import plain
from zhijian.domain.words import Words

Value = Fraction | str | bool | None
Status = Literal["assessed", "not_assessed", "blocked"]
_UNTITLED = Words("")


class WrongKind(TypeError):
    """A line holds a word where a number is needed; the line that needs it says so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records a figure was measured from: how many, which, and how to find them all again.

    ``keys`` may be cut to the first few for a unit with very many records; ``count`` never is.
    """

    kind: str
    count: int
    keys: tuple[str, ...] = ()
    months: tuple[tuple[str, Fraction], ...] = ()


class Step(NamedTuple):
    """One line of a working-out: what was found, from what, and under which text.

    A result of a thousand units has tens of thousands of lines; a named tuple is made in a third of
    the time that a frozen data class takes.

    ``op`` names the step of the vocabulary, ``given`` the constants and the circumstances it used,
    ``because`` the lines it rests on. ``unconfirmed`` marks a value that a person with authority
    still has to confirm; it colours everything computed from it.
    """

    id: str
    op: str
    value: Value
    title: Words = _UNTITLED
    cites: str = ""
    because: tuple[Step, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None
    status: Status = "assessed"
    reason: str = ""
    unconfirmed: bool = False

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the working-out as indented text, outermost line first."""
        cited = f"  〔{self.cites}〕" if self.cites else ""
        yield f"{'  ' * depth}{self.id} = {shown(self.value)}{cited}"
        for step in self.because:
            yield from step.lines(depth + 1)

    def walk(self) -> Iterator[Step]:
        """Yield this step and everything below it, each shared line once."""
        yield from walk_all((self,))

    @property
    def number(self) -> Fraction:
        """The value of a step that is known to hold a number."""
        if not isinstance(self.value, Fraction):
            raise WrongKind(f"{self.id}: {self.value!r} is not a number")
        return self.value


def walk_all(roots: Iterable[Step]) -> Iterator[Step]:
    """Yield several steps and everything below them, each shared line once."""
    seen: set[int] = set()
    waiting = list(roots)
    # The list grows while it is gone through.
    for step in waiting:
        own = id(step)
        if own not in seen:
            seen.add(own)
            yield step
            if step.because:
                waiting += step.because


def shown(value: Value, least_places: int = 0) -> str:
    """Write the value of a step for people and for machines."""
    if value is None:
        return "—"
    # Asked first: whether a word is a number is slow to tell of an abstract class.
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value, least_places)
