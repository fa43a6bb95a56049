"""Strict reading of what the register of nonconformities reads of a kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.level_reading import read_count
from zhijian.domain.casework.parts import FACT, KIND, STEP, Parts, chosen, each_chosen
from zhijian.domain.casework.register import (
    ASPECTS,
    SORTS,
    SPANS,
    ActionRule,
    Control,
    Listing,
    Proposed,
)
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.policy.raw import Raw, entries, refuse
from zhijian.domain.words import Words

CONTROL: Final = Words("控制次数", "control")
_NOT_A_PERSON: Final = frozenset({"case", "platform", "public"})


def read_listing(parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> Listing:
    """Read the ``register`` of a kind of case, whose steps are known."""
    fields = parts.reading.fields(raw)
    found, quick = fields.maybe("found"), fields.maybe("quick")
    opening = [name for name, step in steps.items() if _by_people(step)]
    named = {name: fields.maybe(name) for name in ASPECTS}
    listing = Listing(
        definition=fields.words("definition"),
        description=parts.fact(fields.need("description"), "text"),
        found=parts.fact(found, "date", "moment") if found else "",
        quick=chosen(quick, opening, STEP) if quick else "",
        aspects={name: _plain(parts, each) for name, each in named.items() if each},
    )
    fields.close()
    return listing


def read_control(parts: Parts, raw: Raw) -> Control:
    """Read one entry of ``controls``."""
    fields = parts.reading.fields(raw)
    each = each_chosen(fields.items("each"), parts.facts, FACT)
    for name in each:
        _plain(parts, Raw(name, raw.file, raw.line))
    control = Control(
        id=fields.name(),
        title=fields.title(),
        cites=parts.cites(fields),
        counts=parts.known.read(fields.maybe("counts")),
        each=each,
        span=fields.word("span", SPANS),
        above=read_count(parts, fields.need("above"), least=0),
        opens=_read_proposed(parts, fields.need("opens")),
    )
    fields.close()
    return control


def _read_proposed(parts: Parts, raw: Raw) -> Proposed:
    fields = parts.reading.fields(raw)
    carries = fields.maybe("carries")
    held = entries(carries) if carries else ()
    proposed = Proposed(
        fields.text("kind"),
        fields.text("step"),
        fields.text("count"),
        fields.text("text"),
        {name: parts.fact(each) for name, each in held},
    )
    fields.close()
    return proposed


def read_action(parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> ActionRule:
    """Read the ``action`` of a kind of case, whose steps are known."""
    fields = parts.reading.fields(raw)
    cause = fields.maybe("cause")
    action = ActionRule(
        sort=fields.word("sort", SORTS),
        plan=chosen(fields.need("plan"), steps, STEP),
        cause=parts.fact(cause, "text") if cause else "",
        measures=parts.fact(fields.need("measures"), "text"),
        carried_out=each_chosen(fields.items("carried_out"), steps, STEP),
        verified=each_chosen(fields.items("verified"), steps, STEP),
    )
    fields.close()
    step = steps[action.plan]
    for name in (action.cause, action.measures):
        if name and name not in step.asks:
            field = parts.facts[name].title
            raise refuse(raw, "casework.action_asks", step=step.title, field=field)
    for key, held in (("carried_out", action.carried_out), ("verified", action.verified)):
        if not held:
            raise refuse(raw, "policy.key_missing", key=key)
    return action


def _plain(parts: Parts, raw: Raw) -> str:
    """Read the name of a fact that lists may show: a word or a text without personal data."""
    name = parts.fact(raw, "text", "choice")
    if parts.facts[name].field.personal:
        raise refuse(raw, "casework.listed_personal", field=parts.facts[name].title)
    return name


def check_controls(kinds: Mapping[str, tuple[CaseKind, Parts]]) -> None:
    """Note every control whose corrective action could not be opened with what it is given."""
    for kind, parts in kinds.values():
        for each in kind.controls:
            place = parts.places[CONTROL, each.id]
            parts.reading.attempt(
                lambda each=each, place=place, kind=kind: _check(kinds, kind, each.opens, place)  # type: ignore[misc]
            )


def _check(
    kinds: Mapping[str, tuple[CaseKind, Parts]], kind: CaseKind, rule: Proposed, place: Raw
) -> None:
    def named(name: str) -> Raw:
        return Raw(name, place.file, place.line)

    other = kinds[chosen(named(rule.kind), kinds, KIND)][0]
    opening = {name: step for name, step in other.steps.items() if _by_people(step)}
    step = opening[chosen(named(rule.step), opening, STEP)]
    told = {rule.count: ("integer",), rule.text: ("text",)}
    told |= {own: (kind.facts[name].type,) for own, name in rule.carries.items()}
    for own, wanted in told.items():
        found = other.facts[chosen(named(own), step.asks, FACT)].type
        if found not in wanted:
            raise refuse(
                place, "casework.fact_type", name=own, type=found, wanted=", ".join(wanted)
            )
    for name in step.needs:
        if name not in told:
            fact: Fact = other.facts[name]
            raise refuse(place, "casework.not_carried", field=fact.title, kind=other.title)


def _by_people(step: CaseStep) -> bool:
    return step.is_opening and not {each.word for each in step.by} <= _NOT_A_PERSON
