"""Strict reading of what a kind of case is to safety."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhijian.domain.casework.kind import State
from zhijian.domain.casework.parts import CLOCK, STEP, Parts, chosen, each_chosen
from zhijian.domain.casework.safety import ROLES, Concealment, Hazard, Incident, Recurring, Safety
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.policy.raw import Fields, Raw, refuse
from zhijian.domain.records.kind import FieldType
from zhijian.domain.words import Words

_BODY: Final = Words("机构", "body")
_NOT_OF_THE_HOUSE: Final = frozenset({"case", "platform", "public"})


def read_safety(parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> Safety:
    """Read the ``safety`` of a kind of case, whose steps are known."""
    fields = parts.reading.fields(raw)
    read = _Reader(parts, steps)
    incident, hazard = fields.maybe("incident"), fields.maybe("hazard")
    recurring, concealment = fields.maybe("recurring"), fields.maybe("concealment")
    safety = Safety(
        read.incident(incident) if incident else None,
        read.hazard(hazard) if hazard else None,
        read.recurring(recurring) if recurring else None,
        read.concealment(concealment) if concealment else None,
        parts.known.read(fields.maybe("hint")),
    )
    fields.close()
    if len([key for key in ROLES if key in fields]) != 1:
        raise refuse(raw, "casework.safety_one", known=", ".join(ROLES))
    return safety


class _Reader:
    def __init__(self, parts: Parts, steps: Mapping[str, CaseStep]) -> None:
        self.parts = parts
        self.steps = steps

    def incident(self, raw: Raw) -> Incident:
        fields = self.parts.reading.fields(raw)
        found = Incident(
            step=self._opening(fields, "step"),
            account=self._fact(fields, "account", "text"),
            happened=self._fact(fields, "happened", "moment"),
            place=self._maybe(fields, "place", "text"),
            sort=self._maybe(fields, "sort", "choice"),
            follow_ups=each_chosen(fields.items("follow_ups"), self.steps, STEP),
            final=self._later(fields, "final"),
            ladder=each_chosen(fields.items("ladder"), self.parts.clocks, CLOCK),
            circulates=self._later(fields, "circulates"),
        )
        fields.close()
        self._asked(raw, found.step, found.account, found.happened, found.place, found.sort)
        return found

    def hazard(self, raw: Raw) -> Hazard:
        fields = self.parts.reading.fields(raw)
        found = Hazard(
            follow=self._opening(fields, "follow"),
            on_spot=self._opening(fields, "on_spot"),
            place=self._fact(fields, "place", "text"),
            account=self._fact(fields, "account", "text"),
            line=each_chosen(fields.items("line"), self.parts.own.bodies, _BODY),
            area=self._maybe(fields, "area", "choice"),
        )
        if not found.line:
            raise refuse(raw, "policy.key_missing", key="line")
        fields.close()
        for step in (found.follow, found.on_spot):
            self._asked(raw, step, found.place, found.account, found.area)
        if not self._state(found.on_spot).ends or self._state(found.follow).ends:
            raise refuse(raw, "casework.hazard_ends")
        if not self.steps[found.follow].owner:
            raise refuse(raw, "casework.hazard_owner", step=self.steps[found.follow].title)
        return found

    def recurring(self, raw: Raw) -> Recurring:
        fields = self.parts.reading.fields(raw)
        clock = chosen(fields.need("clock"), self.parts.clocks, CLOCK)
        found = Recurring(
            step=self._opening(fields, "step"),
            done=chosen(fields.need("done"), self.steps, STEP),
            clock=clock,
            area=self._maybe(fields, "area", "choice"),
        )
        fields.close()
        self._asked(raw, found.step, found.area)
        if not self.steps[found.done].does("stop", clock):
            raise refuse(raw, "casework.recurring_stops", step=self.steps[found.done].title)
        return found

    def concealment(self, raw: Raw) -> Concealment:
        fields = self.parts.reading.fields(raw)
        found = Concealment(self._opening(fields, "step"), self._fact(fields, "account", "text"))
        fields.close()
        self._asked(raw, found.step, found.account)
        return found

    def _opening(self, fields: Fields, key: str) -> str:
        """Read a step by which people of the house open a case."""
        raw = fields.need(key)
        step = self.steps[chosen(raw, self.steps, STEP)]
        if not step.is_opening or {each.word for each in step.by} <= _NOT_OF_THE_HOUSE:
            raise refuse(raw, "casework.safety_step", step=step.title)
        return step.id

    def _later(self, fields: Fields, key: str) -> str:
        raw = fields.maybe(key)
        return chosen(raw, self.steps, STEP) if raw else ""

    def _fact(self, fields: Fields, key: str, wanted: FieldType) -> str:
        return self.parts.fact(fields.need(key), wanted)

    def _maybe(self, fields: Fields, key: str, wanted: FieldType) -> str:
        raw = fields.maybe(key)
        return self.parts.fact(raw, wanted) if raw else ""

    def _state(self, step: str) -> State:
        return self.parts.states[self.steps[step].target]

    def _asked(self, raw: Raw, step: str, *names: str) -> None:
        """Refuse a report that does not ask for what it is said to tell."""
        for name in filter(None, names):
            if name not in self.steps[step].asks:
                title, field = self.steps[step].title, self.parts.facts[name].title
                raise refuse(raw, "casework.safety_asks", step=title, field=field)
