"""One step of a kind of case: who may take it, what it asks for, and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhijian.domain.casework.who import Selector
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Act:
    """What a step does to a clock.

    ``word`` is start, stop, pause, resume, agree, request, grant or refuse. ``fact`` holds what
    the clock counts from, until when it stands or is agreed, or how much longer it gets;
    ``consent`` the flag of the other side's consent.
    """

    word: str
    clock: str
    fact: str = ""
    consent: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """Another case that a step opens: of which kind, by which opening step, when, and what of
    this case it takes over (its own fact → the fact of this one)."""

    kind: str
    step: str
    when: Condition | None = None
    carries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step. Without ``sources`` it opens a case; without ``target`` the state stays.

    ``when`` is looked at before the step and ``must`` with what is entered in it. ``verifies``
    names the steps that it verifies; nobody verifies what they did themselves, unless ``alone``.
    ``within`` is a limit counted from when the case came into its state; ``overdue`` are clocks
    one of which must be over, ``in_time`` clocks none of which may be; ``waits_for`` kinds of
    linked cases that must have ended.
    """

    id: str
    title: Words
    sources: tuple[str, ...]
    target: str
    by: tuple[Selector, ...]
    cites: str = ""
    not_by: tuple[Selector, ...] = ()
    verifies: tuple[str, ...] = ()
    alone: bool = False
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    when: Condition | None = None
    must: Condition | None = None
    reason: bool = False
    once: bool = False
    reopens: bool = False
    within: str = ""
    overdue: tuple[str, ...] = ()
    in_time: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    level: str = ""
    anonymous: str = "never"
    acts: tuple[Act, ...] = ()
    owner: str = ""
    unit: str = ""
    opens: tuple[Successor, ...] = ()
    form: str = ""
    note: Words = NOTHING

    @property
    def is_opening(self) -> bool:
        """Tell whether the step opens a case."""
        return not self.sources

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that may be entered in it."""
        return (*self.needs, *self.may)

    def does(self, word: str, clock: str) -> bool:
        """Tell whether the step starts, stops … a clock."""
        return any((each.word, each.clock) == (word, clock) for each in self.acts)

    def leaves_running(self, clock: str) -> bool:
        """Tell whether a clock that the step starts runs on after it: it is started last."""
        words = [each.word for each in self.acts if each.clock == clock]
        moving = [word for word in words if word in ("start", "stop")]
        return moving[-1:] == ["start"]
