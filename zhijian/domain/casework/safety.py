"""What a kind of case is to safety: an incident, a hazard, a duty that comes round again, the
concealment of an incident, or a hint that there was one (INC-01…07, INC-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident or accident, by the facts and steps of its kind; what is not there is empty.

    ``step`` is the quick report by which a case is opened, ``follow_ups`` the reports that come
    after it, ``final`` the last one. ``ladder`` are the clocks of reporting upwards, lowest rung
    first. ``circulates`` is the step after which the lessons go to every unit.
    """

    step: str
    account: str
    happened: str
    place: str = ""
    sort: str = ""
    follow_ups: tuple[str, ...] = ()
    final: str = ""
    ladder: tuple[str, ...] = ()
    circulates: str = ""

    def chain(self, steps: Sequence[str]) -> tuple[tuple[int, str], ...]:
        """Return which of the steps taken are reports: their places, from 0, and what each is."""
        sorts = {self.step: "first", self.final: "final", **dict.fromkeys(self.follow_ups, "more")}
        taken = (pair for pair in enumerate(steps) if pair[1])
        return tuple((place, sorts[each]) for place, each in taken if each in sorts)


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard that somebody follows until it is gone.

    ``on_spot`` opens and ends a case at once, ``follow`` opens one that its owner follows; ``line``
    are the bodies one of whose people takes over where the owner is gone, nearest first.
    """

    follow: str
    on_spot: str
    place: str
    account: str
    line: tuple[str, ...]
    area: str = ""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A duty that comes round again: a drill, a check, a training. ``clock`` runs until ``done``
    is taken; ``step`` opens the first one, and ``done`` is expected to open the next."""

    step: str
    done: str
    clock: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Concealment:
    """The concealment of an incident as an offence of its own; ``step`` opens a case."""

    step: str
    account: str


@dataclass(frozen=True, slots=True)
class Safety:
    """What a kind is, as far as it says so. ``hint`` holds in a case of another kind that speaks
    of an incident, which ought then to be reported as one."""

    incident: Incident | None = None
    hazard: Hazard | None = None
    recurring: Recurring | None = None
    concealment: Concealment | None = None
    hint: Condition | None = None

    def is_hint(
        self,
        facts: Mapping[str, Fact],
        values: Mapping[str, FactValue],
        level: str,
        around: Circumstances,
    ) -> bool:
        """Tell whether a case with these values speaks of an incident that has to be reported."""
        return self.hint is not None and self.hint.holds(context_of(facts, values, level, around))


ROLES = {
    "incident": Words("事件事故", "incident"),
    "hazard": Words("隐患", "hazard"),
    "recurring": Words("定期事项", "recurring duty"),
    "concealment": Words("隐瞒事故", "concealment"),
    "hint": Words("事件线索", "hint of an incident"),
}
"""What a kind can be, by the key that says it."""
