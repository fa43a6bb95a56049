"""Cases as the source of records: which cases count, on which day, and what each field takes.

Read strictly, but without the kind of case: it may belong to another regulation. Whether the two
fit is asked by ``zhijian.domain.casework.recording``, which knows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from zhijian.domain.policy.comparison import Comparison, read_comparisons
from zhijian.domain.policy.raw import Raw, Reading, as_text, entries, found_text, refuse

RECORD: Final = "record"
NOTHING: Final = "nothing"
GIVES: Final = (RECORD, NOTHING)
"""Whether a case in a state is a record."""

_OF_CASE: Final = ("number", "title", "opened", "ended")
_OF_CLOCK: Final = ("due", "done")


@dataclass(frozen=True, slots=True)
class Pick:
    """Where in a case a value is found: ``case.number``, ``fact.content``, ``step.verify`` (the
    day it was last taken), ``clock.handling.due`` (a day), or ``level``."""

    word: str
    name: str = ""
    part: str = ""

    def __str__(self) -> str:
        return ".".join(filter(None, (self.word, self.name, self.part)))


@dataclass(frozen=True, slots=True)
class FactTest:
    """A case counts only when this fact passes all comparisons."""

    fact: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class StateRule:
    """What a case in one of some states gives, and the words that the state puts into fields.

    ``pending`` marks states in which it is still to be decided what the case counts as.
    """

    states: tuple[str, ...]
    gives: str = RECORD
    pending: bool = False
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseSource:
    """One kind of case that gives records of a kind.

    ``pack`` is another regulation, or nothing for the own one. ``on`` is the day that puts a case
    into a period; ``unit`` the fact with the unit, or nothing for the unit of the case.
    """

    pack: str
    case: str
    on: Pick
    unit: str
    rules: tuple[StateRule, ...]
    fields: Mapping[str, Pick] = field(default_factory=dict)
    where: tuple[FactTest, ...] = ()

    def rule(self, state: str) -> StateRule | None:
        """What a case in a state gives; nothing is said of a state that the source leaves out."""
        return next((each for each in self.rules if state in each.states), None)


def read_sources(reading: Reading, raws: Iterable[Raw]) -> tuple[CaseSource, ...]:
    """Read the entries of ``from_cases``; each kind of case stands there once."""
    found: list[CaseSource] = []
    for raw in raws:
        source = _read_source(reading, raw)
        if any((each.pack, each.case) == (source.pack, source.case) for each in found):
            raise refuse(raw, "policy.id_twice", id=source.case)
        found.append(source)
    return tuple(found)


def _read_source(reading: Reading, raw: Raw) -> CaseSource:
    fields = reading.fields(raw)
    unit = fields.maybe("unit")
    picks = fields.maybe("fields")
    source = CaseSource(
        pack=fields.text("pack", ""),
        case=fields.name("case"),
        on=read_pick(fields.need("on")),
        unit=_fact(unit) if unit else "",
        rules=tuple(_rules(reading, fields.items("states"), fields.need("states"))),
        fields={name: read_pick(each) for name, each in entries(picks)} if picks else {},
        where=tuple(_tests(reading, fields.maybe("where"))),
    )
    fields.close()
    return source


def read_pick(raw: Raw) -> Pick:
    """Read where in a case a value is found."""
    word, *rest = as_text(raw).split(".")
    known = {
        "case": len(rest) == 1 and rest[0] in _OF_CASE,
        "fact": len(rest) == 1 and bool(rest[0]),
        "step": len(rest) == 1 and bool(rest[0]),
        "clock": len(rest) == 2 and bool(rest[0]) and rest[1] in _OF_CLOCK,
        "level": not rest,
    }
    if not known.get(word):
        raise refuse(raw, "records.not_in_a_case", found=found_text(raw))
    return Pick(word, *rest)


def _fact(raw: Raw) -> str:
    pick = read_pick(raw)
    if pick.word != "fact":
        raise refuse(raw, "records.not_in_a_case", found=found_text(raw))
    return pick.name


def _rules(reading: Reading, raws: Iterable[Raw], place: Raw) -> Iterator[StateRule]:
    named: set[str] = set()
    for raw in raws:
        fields = reading.fields(raw)
        sets = fields.maybe("sets")
        states = fields.texts("in")
        rule = StateRule(
            states,
            fields.word("gives", GIVES, RECORD),
            fields.flag("pending"),
            {name: as_text(each) for name, each in entries(sets)} if sets else {},
        )
        fields.close()
        if not states:
            raise refuse(raw, "policy.key_missing", key="in")
        if rule.sets and rule.gives != RECORD:
            raise refuse(raw, "records.state_gives_nothing", field=next(iter(rule.sets)))
        for state in states:
            if state in named:
                raise refuse(raw, "policy.id_twice", id=state)
            named.add(state)
        yield rule
    if not named:
        raise refuse(place, "policy.empty_list")


def _tests(reading: Reading, raw: Raw | None) -> Iterator[FactTest]:
    for name, each in entries(raw) if raw is not None else ():
        yield FactTest(name, read_comparisons(reading, each))
