"""What a regulation says of calling back the people whom a case is about (SPT-10, SPT-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.who import Selector
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import NOTHING, Words

WAYS: Final = ("phone", "visit")
"""By phone, or at the door."""

CARRIED: Final = ("call_back.number", "call_back.caller", "case.number", "case.unit")
"""What of a record a finding about it may take over."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """When somebody counts as unreachable: after ``count`` attempts on ``days`` different days.

    Between two attempts lie ``hours`` hours at least, unless somebody asked for another time.
    """

    count: Operand
    days: Operand
    hours: Operand


@dataclass(frozen=True, slots=True)
class Drawn:
    """Only a random sample is called back: ``share`` of all, drawn by ``by``.

    With ``halves`` one half of the sample has been drawn for that other call-back before, and the
    other half has not (SPT-04, SPT-06).
    """

    share: Operand
    by: tuple[Selector, ...]
    cites: str = ""
    halves: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The case that a finding opens, perhaps of another regulation; ``pack`` is empty for the own.

    ``carries`` fills facts of it from the record that was looked at, by one of ``CARRIED``.
    """

    pack: str
    case: str
    step: str
    carries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A random sample of the records is compared with the facts (SPT-12)."""

    share: Operand
    by: tuple[Selector, ...]
    finding: Finding
    cites: str = ""


@dataclass(frozen=True, slots=True)
class CallBack:
    """One way of calling back. It falls due when a case comes into one of the ``due`` states.

    ``needs`` and ``may`` are the questions, facts of the kind like any other; ``satisfied`` says
    which answers mean that somebody is. The steps that follow an outcome stand in ``satisfied_by``,
    ``dissatisfied_by`` and ``unreached_by``: the first that leads on is taken. Whoever took one of
    the ``passing`` steps alone has only passed the case on, and may call.
    """

    id: str
    title: Words
    due: tuple[str, ...]
    by: tuple[Selector, ...]
    needs: tuple[str, ...]
    satisfied: Condition
    attempts: Attempts
    cites: str = ""
    way: str = "phone"
    phone: str = ""
    may: tuple[str, ...] = ()
    satisfied_by: tuple[str, ...] = ()
    dissatisfied_by: tuple[str, ...] = ()
    unreached_by: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    hours: Span | None = None
    script: Words = NOTHING
    drawn: Drawn | None = None
    checked: Checked | None = None

    @property
    def asking(self) -> CaseStep:
        """The questions as a step asks them, so that answers are checked as all facts are."""
        return CaseStep(self.id, self.title, self.due, "", self.by, needs=self.needs, may=self.may)

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that are asked."""
        return (*self.needs, *self.may)

    @property
    def closing(self) -> tuple[str, ...]:
        """Steps that carry out a call-back where they are taken."""
        return (*self.satisfied_by, *self.dissatisfied_by, *self.unreached_by)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that it rests on."""
        inner = [each.cites for each in (self.drawn, self.checked) if each]
        return (self.cites, *inner)
