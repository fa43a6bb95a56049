"""What a kind of case must keep as a whole: every state is reached and left, every clock ends.

A kind that reads well may still hold a case for ever, or let a clock run that nobody can stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from zhijian.domain.casework.call_back import CallBack
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.parts import CALL_BACK, CLOCK, FACT, FORM, LEVEL, STATE, STEP, Parts
from zhijian.domain.casework.step import Act, CaseStep
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.policy.raw import Raw

_TERMS: Final = {"pause": "pauses", "agree": "agreed", "request": "extension"}
"""What a limit must provide for before a step can do it."""


def check_kind(parts: Parts, kind: CaseKind, raw: Raw) -> None:
    """Note everything that is wrong with a kind whose parts all read well."""
    checking = _Checking(parts, kind, raw)
    checking.states()
    checking.steps()
    checking.clocks()
    checking.levels()
    checking.facts()
    checking.papers()
    checking.call_backs()


class _Checking:
    def __init__(self, parts: Parts, kind: CaseKind, raw: Raw) -> None:
        self.parts = parts
        self.kind = kind
        self.raw = raw
        self.add = parts.reading.add

    def states(self) -> None:
        """Every state can be reached, and unless it is an end, an end can be reached from it."""
        reached = self._reached(lambda step: True)
        for state in self.kind.states.values():
            place = self.parts.places[STATE, state.id]
            if state.id not in reached:
                self.add(place, "casework.unreachable", state=state.title)
            elif not any(self.kind.ends(each) for each in self._onward(state.id)):
                self.add(place, "casework.no_way_out", state=state.title)

    def _reached(self, takes: Callable[[CaseStep], bool]) -> set[str]:
        opening = (each for each in self.kind.steps.values() if each.is_opening and takes(each))
        return self._closure((each.target for each in opening), takes)

    def _onward(self, state: str) -> set[str]:
        return self._closure((state,), lambda step: not step.reopens)

    def _closure(self, states: Iterable[str], takes: Callable[[CaseStep], bool]) -> set[str]:
        """Return the states and all that can be reached from them by some of the steps."""
        found: set[str] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            found.add(state)
            steps = self.kind.steps_from(state)
            waiting += [each.target or state for each in steps if takes(each)]
        return found

    def steps(self) -> None:
        """Whoever is barred for an earlier step has left a name there; an owner is once named."""
        self._owner()
        for step in self.kind.steps.values():
            barred = (*step.verifies, *(each.name for each in step.not_by if each.word == "step"))
            opener = any(each.word == "opener" for each in step.not_by)
            for other in self.kind.steps.values():
                named = other.id in barred or (opener and other.is_opening)
                if named and other.anonymous != "never":
                    place = self.parts.places[STEP, step.id]
                    self.add(place, "casework.four_eyes_blind", step=step.title, other=other.title)

    def _owner(self) -> None:
        if any(step.owner for step in self.kind.steps.values()):
            return
        for step in self.kind.steps.values():
            if any(each.word == "owner" for each in step.by):
                place = self.parts.places[STEP, step.id]
                self.add(place, "casework.owner_never_named", step=step.title)

    def clocks(self) -> None:
        """Every clock is started, has a limit that provides for its steps, and is stopped."""
        for clock in self.kind.clocks.values():
            place = self.parts.places[CLOCK, clock.id]
            steps = self.kind.steps.values()
            starting = [each for each in steps if each.does("start", clock.id)]
            if not starting:
                self.add(place, "casework.clock_never_started", clock=clock.title)
            elif not any(each.does("stop", clock.id) for each in steps):
                self.add(place, "casework.clock_never_stopped", clock=clock.title)
            else:
                self._left_running(clock.id, starting)
            if not clock.limit and not self.kind.levels:
                self.add(place, "casework.clock_without_limit", clock=clock.title)
            self._terms(clock.id)

    def _left_running(self, clock: str, starting: Iterable[CaseStep]) -> None:
        """A case is not closed while a clock runs: its duty was not done."""
        for step in starting:
            if not step.leaves_running(clock):
                continue
            states = (step.target,) if step.target else step.sources
            onward = self._closure(states, lambda each: not _ends_clock(each, clock))
            for state in onward:
                if self.kind.ends(state) == "closed":
                    self.add(
                        self.parts.places[STEP, step.id],
                        "casework.clock_left_running",
                        clock=self.kind.clocks[clock].title,
                        step=step.title,
                        state=self.kind.states[state].title,
                    )

    def _terms(self, clock: str) -> None:
        """What a step does to a clock has an effect under at least one of its limits."""
        limits = [self.parts.own.limits[each].limit for each in self._limits(clock)]
        title = self.kind.clocks[clock].title
        for step in self.kind.steps.values():
            place = self.parts.places[STEP, step.id]
            for act in step.acts if limits else ():
                if act.clock != clock:
                    continue
                if not any(_provides(each, act) for each in limits):
                    key = _TERMS[act.word]
                    self.add(place, "casework.limit_without_term", clock=title, key=key)
                elif not act.consent and all(_asks_consent(each, act) for each in limits):
                    self.add(place, "casework.consent_never_given", clock=title, step=step.title)
                if self._counts_from_day(act) and any(each.is_timed for each in limits):
                    fact = self.kind.facts[act.fact].title
                    self.add(place, "casework.clock_needs_moment", clock=title, fact=fact)

    def _counts_from_day(self, act: Act) -> bool:
        return act.word == "start" and act.fact != "" and self.kind.facts[act.fact].type == "date"

    def _limits(self, clock: str) -> Iterator[str]:
        yield from filter(None, [self.kind.clocks[clock].limit])
        for level in self.kind.levels.values():
            yield from filter(None, [level.limits.get(clock, "")])

    def levels(self) -> None:
        """Some step sets the level, and every level has the limits that clocks need."""
        plain = [each for each in self.kind.levels.values() if each.when is None]
        if len(plain) > 1 and any(each.when for each in self.kind.levels.values()):
            place = self.parts.places[LEVEL, plain[1].id]
            self.add(place, "casework.two_otherwise", one=plain[0].title, other=plain[1].title)
        if self.kind.levels and not any(each.level for each in self.kind.steps.values()):
            self.add(self.raw, "casework.level_never_set")
        for level in self.kind.levels.values():
            for clock in self.kind.clocks.values():
                if not clock.limit and clock.id not in level.limits:
                    self.add(
                        self.parts.places[LEVEL, level.id],
                        "casework.level_without_limit",
                        level=level.title,
                        clock=clock.title,
                    )

    def facts(self) -> None:
        """A fact that no step and no call-back asks for would never be known."""
        asked = {name for step in self.kind.steps.values() for name in step.asks}
        asked |= {name for each in self.kind.call_backs.values() for name in each.asks}
        for fact in self.kind.facts.values():
            if fact.id not in asked:
                place = self.parts.places[FACT, fact.id]
                self.add(place, "casework.fact_never_asked", fact=fact.title)

    def papers(self) -> None:
        """No two papers, and no paper and its case, have numbers that could be mistaken."""
        taken = {self.kind.prefix: self.kind.title}
        for form in self.kind.forms.values():
            if form.paper is None:
                continue
            prefix = form.paper.prefix
            if prefix in taken:
                place, other = self.parts.places[FORM, form.id], taken[prefix]
                self.add(place, "casework.prefix_twice", prefix=prefix, other=other)
            taken[prefix] = form.title

    def call_backs(self) -> None:
        """What follows a call-back can be filled in from it; halves rest on another draw."""
        for rule in self.kind.call_backs.values():
            place = self.parts.places[CALL_BACK, rule.id]
            for name in rule.closing:
                step = self.kind.steps[name]
                beyond = [each for each in step.needs if each not in rule.asks]
                if beyond and name not in rule.unreached_by:
                    field = self.kind.facts[beyond[0]].title
                    self.add(place, "casework.call_back_step", step=step.title, field=field)
                if step.is_opening or (step.needs and name in rule.unreached_by):
                    self.add(place, "casework.call_back_leads", step=step.title)
            self._halves(rule)

    def _halves(self, rule: CallBack) -> None:
        other = rule.drawn.halves if rule.drawn else ""
        first = self.kind.call_backs.get(other)
        if other and (first is None or first.drawn is None or other == rule.id):
            place = self.parts.places[CALL_BACK, rule.id]
            self.add(place, "casework.call_back_halves", name=other)


def _ends_clock(step: CaseStep, clock: str) -> bool:
    return step.does("stop", clock) and not step.leaves_running(clock)


def _provides(limit: Limit, act: Act) -> bool:
    """Tell whether a limit provides for what a step does to its clock."""
    match act.word:
        case "pause":
            return limit.pauses is not None and limit.pauses.reason(act.reason) is not None
        case "agree":
            return limit.agreed is not None
        case "request":
            return limit.extension is not None
    return True


def _asks_consent(limit: Limit, act: Act) -> bool:
    """Tell whether a limit only allows it with a consent that the step would have to ask for."""
    if act.word == "agree":
        return limit.agreed is not None and limit.agreed.consent
    reason = limit.pauses.reason(act.reason) if act.word == "pause" and limit.pauses else None
    return reason is not None and reason.consent
