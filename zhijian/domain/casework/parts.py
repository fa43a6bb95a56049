"""What the parts of one kind of case may name while they are read, and where each part stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

from zhijian.domain.casework.conditions import Known
from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.kind import CaseClock, Form, State
from zhijian.domain.casework.who import Cast
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.policy.raw import Fields, Raw, Reading, as_text, refuse
from zhijian.domain.records.kind import FieldType
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.words import Words

STATE: Final = Words("状态", "state")
STEP: Final = Words("办理节点", "step")
FACT: Final = Words("事实", "fact")
LEVEL: Final = Words("等级", "level")
CLOCK: Final = Words("计时", "clock")
LIMIT: Final = Words("时限", "limit")
FORM: Final = Words("表单", "form")
CALL_BACK: Final = Words("回访", "call-back")
KIND: Final = Words("案件种类", "kind of case")

_PREFIX: Final = re.compile(r"[A-Z][A-Z0-9]{0,9}")


class Named(Protocol):
    """Anything that is kept by its name."""

    @property
    def id(self) -> str:
        """The name."""
        ...


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class CaseScope:
    """What of its pack a kind of case may name: parameters and articles, limits, bodies."""

    scope: Scope
    limits: Mapping[str, LimitRule]
    bodies: Mapping[str, Words]

    @property
    def reading(self) -> Reading:
        """Collects what is wrong."""
        return self.scope.reading


@dataclass(slots=True)
class Parts:
    """The parts that are known so far; ``places`` says where each stands."""

    own: CaseScope
    facts: Mapping[str, Fact] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    clocks: Mapping[str, CaseClock] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    steps: Mapping[str, Words] = field(default_factory=dict)
    places: dict[tuple[Words, str], Raw] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """Collects what is wrong."""
        return self.own.reading

    @property
    def known(self) -> Known:
        """What conditions may name."""
        return Known(self.own.scope, self.facts, self.levels)

    @property
    def cast(self) -> Cast:
        """Whom steps may name."""
        return Cast(self.own.bodies, self.steps, self.facts)

    def keyed(self, thing: Words, raws: Iterable[Raw], read: Callable[[Raw], T]) -> dict[str, T]:
        """Read a list of things by their names, each once."""
        found: dict[str, T] = {}
        for raw in raws:
            value = self.reading.attempt(partial(read, raw))
            if value is None:
                continue
            if value.id in found:
                self.reading.add(raw, "policy.id_twice", id=value.id)
            found[value.id] = value
            self.places[thing, value.id] = raw
        return found

    def cites(self, fields: Fields) -> str:
        """Read the citation of a part, if it has one."""
        return self.own.scope.cites(fields.maybe("cites"))

    def fact(self, raw: Raw, *types: FieldType) -> str:
        """Read the name of a fact, of one of the given types where some are wanted."""
        name = chosen(raw, self.facts, FACT)
        found = self.facts[name].type
        if types and found not in types:
            wanted = ", ".join(types)
            raise refuse(raw, "casework.fact_type", name=name, type=found, wanted=wanted)
        return name

    def limit(self, raw: Raw) -> str:
        """Read the name of a limit of the pack."""
        return chosen(raw, self.own.limits, LIMIT)


def read_prefix(raw: Raw) -> str:
    """Read what the numbers of a kind of case or of a paper begin with."""
    prefix = as_text(raw)
    if not _PREFIX.fullmatch(prefix):
        raise refuse(raw, "casework.bad_prefix", found=prefix)
    return prefix


def chosen(raw: Raw, allowed: Collection[str], thing: Words) -> str:
    """Read a name that must be among those of one sort of thing."""
    name = as_text(raw)
    if name not in allowed:
        known = ", ".join(allowed) or "—"
        raise refuse(raw, "casework.unknown_name", name=name, thing=thing, known=known)
    return name


def each_chosen(raws: Iterable[Raw], allowed: Collection[str], thing: Words) -> tuple[str, ...]:
    """Read a list of such names, each once."""
    found: list[str] = []
    for raw in raws:
        name = chosen(raw, allowed, thing)
        if name in found:
            raise refuse(raw, "policy.id_twice", id=name)
        found.append(name)
    return tuple(found)
