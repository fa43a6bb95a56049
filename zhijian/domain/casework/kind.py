"""A kind of case as its regulation describes it: facts, levels, states, steps and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from zhijian.domain.casework.call_back import CallBack
from zhijian.domain.casework.compensation import Compensation
from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.level import Level, Repetition
from zhijian.domain.casework.paper import PaperRule
from zhijian.domain.casework.receiving import Receiving
from zhijian.domain.casework.register import ActionRule, Control, Listing
from zhijian.domain.casework.safety import Safety
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.who import Selector
from zhijian.domain.words import NOTHING, Words

_FACT: Final = "fact."


class Cited(Protocol):
    """Any part that may rest on a clause."""

    @property
    def cites(self) -> str:
        """The clause, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """Where a case may stand; ``ends`` says how it ended, of a state that ends it."""

    id: str
    title: Words
    ends: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock of a case, with the limit it has unless the level of the case has another one."""

    id: str
    title: Words
    limit: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that steps fill in, by its title and its number in the source.

    ``paper`` says how it is printed and handed over; without it the form is a name only.
    """

    id: str
    title: Words
    number: str = ""
    cites: str = ""
    paper: PaperRule | None = None


@dataclass(frozen=True, slots=True)
class Charged:
    """Somebody to whom a fault is charged, and the fact that holds their rank."""

    who: Selector
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A fault that follows by itself, once in a case: a clock was overdue, or a step was taken.

    ``fault`` is a word, or ``fact.name`` for the word that a fact holds; ``fine`` a table of rank
    by fault.
    """

    id: str
    title: Words
    fault: Words
    charged: tuple[Charged, ...]
    cites: str = ""
    overdue: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    fine: str = ""

    @property
    def fault_fact(self) -> str:
        """The fact that holds the fault, or nothing where the fault is a word."""
        return self.fault.zh.removeprefix(_FACT) if self.fault.zh.startswith(_FACT) else ""


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case. ``levels`` stand mildest first; ``confidential`` is the flag that hides a
    case; ``note`` is shown where a case is opened, and says what belongs here; ``receiving`` tells
    what comes from outside, ``compensation`` what is paid for a loss, ``safety`` whether it is an
    incident, a hazard and the like, ``listing`` what the register of nonconformities reads,
    ``controls`` what it counts, ``action`` how causes are removed, ``call_backs`` who is called
    back afterwards."""

    id: str
    title: Words
    cites: str
    prefix: str
    facts: Mapping[str, Fact]
    states: Mapping[str, State]
    steps: Mapping[str, CaseStep]
    levels: Mapping[str, Level] = field(default_factory=dict)
    repeats: tuple[Repetition, ...] = ()
    clocks: Mapping[str, CaseClock] = field(default_factory=dict)
    consequences: tuple[Consequence, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    confidential: str = ""
    note: Words = NOTHING
    receiving: Receiving | None = None
    compensation: Compensation | None = None
    safety: Safety | None = None
    listing: Listing | None = None
    controls: tuple[Control, ...] = ()
    action: ActionRule | None = None
    call_backs: Mapping[str, CallBack] = field(default_factory=dict)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that the kind and its parts rest on."""
        parts: list[Cited] = [*self.states.values(), *self.steps.values(), *self.levels.values()]
        parts += [*self.repeats, *self.clocks.values(), *self.consequences, *self.forms.values()]
        paid = self.compensation.clauses if self.compensation else ()
        parts += self.controls
        called = (clause for each in self.call_backs.values() for clause in each.clauses)
        return (self.cites, *(each.cites for each in parts), *paid, *called)

    def steps_from(self, state: str) -> tuple[CaseStep, ...]:
        """The steps that lead on from a state; from no state, those that open a case."""
        if not state:
            return tuple(each for each in self.steps.values() if each.is_opening)
        return tuple(each for each in self.steps.values() if state in each.sources)

    def ends(self, state: str) -> str:
        """Return how a case in a state has ended, if it has."""
        return self.states[state].ends if state else ""
