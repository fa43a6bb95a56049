"""Strict reading of one step of a kind of case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from zhijian.domain.casework.conditions import looks_at_case
from zhijian.domain.casework.parts import (
    CLOCK,
    FACT,
    FORM,
    LEVEL,
    STATE,
    STEP,
    Parts,
    chosen,
    each_chosen,
)
from zhijian.domain.casework.step import Act, CaseStep, Successor
from zhijian.domain.casework.vocabulary import ACTOR, ANONYMITY, PROPOSED
from zhijian.domain.policy.raw import Fields, Raw, entries, refuse
from zhijian.domain.records.kind import FieldType
from zhijian.domain.words import NOTHING

_DAYS: Final[tuple[FieldType, ...]] = ("date", "moment")

_ACTS: Final[Mapping[str, tuple[str, str, tuple[FieldType, ...]]]] = {
    "starts": ("start", "from", _DAYS),
    "stops": ("stop", "", ()),
    "pauses": ("pause", "until", ("moment",)),
    "resumes": ("resume", "", ()),
    "agrees": ("agree", "until", _DAYS),
    "requests": ("request", "count", ("integer",)),
    "grants": ("grant", "count", ("integer",)),
    "refuses": ("refuse", "", ()),
}
"""For each key of a step: what it does to a clock, and the fact that goes with it."""

_CONSENTED: Final = ("pause", "agree")
_INSIDE: Final = ("person", "unit")
_FACT_NEEDED: Final = ("agree", "request")


def read_step(parts: Parts, raw: Raw) -> CaseStep:
    """Read one entry of ``steps``."""
    fields = parts.reading.fields(raw)
    assigns = parts.reading.fields(fields.maybe("assigns") or Raw({}, raw.file, raw.line))
    sources = each_chosen(fields.items("from"), parts.states, STATE)
    form, within, to = fields.maybe("form"), fields.maybe("within"), fields.maybe("to")
    step = CaseStep(
        id=fields.name(),
        title=fields.title(),
        sources=sources,
        target=chosen(to, parts.states, STATE) if to else "",
        by=tuple(parts.cast.read(each) for each in fields.items("by")),
        cites=parts.cites(fields),
        not_by=tuple(parts.cast.read(each) for each in fields.items("not_by")),
        verifies=each_chosen(fields.items("verifies"), parts.steps, STEP),
        alone=fields.flag("alone"),
        needs=each_chosen(fields.items("needs"), parts.facts, FACT),
        may=each_chosen(fields.items("may"), parts.facts, FACT),
        when=parts.known.read(fields.maybe("when")),
        must=parts.known.read(fields.maybe("must")),
        reason=fields.flag("reason"),
        once=fields.flag("once"),
        reopens=fields.flag("reopens"),
        within=parts.limit(within) if within else "",
        overdue=each_chosen(fields.items("overdue"), parts.clocks, CLOCK),
        in_time=each_chosen(fields.items("in_time"), parts.clocks, CLOCK),
        waits_for=fields.texts("waits_for"),
        level=_read_level(parts, fields),
        anonymous=fields.word("anonymous", ANONYMITY, "never"),
        acts=tuple(_read_acts(parts, fields)),
        owner=_read_owner(parts, assigns.maybe("owner")),
        unit=_read_unit(parts, assigns.maybe("unit")),
        opens=tuple(_read_successor(parts, each) for each in fields.items("opens")),
        form=chosen(form, parts.forms, FORM) if form else "",
        note=fields.words("note", NOTHING),
    )
    assigns.close()
    fields.close()
    _check(parts, fields, step)
    return step


def _read_level(parts: Parts, fields: Fields) -> str:
    raw = fields.maybe("level")
    if raw is None:
        return ""
    if not parts.levels:
        raise refuse(raw, "casework.no_levels")
    return chosen(raw, (PROPOSED, *parts.levels), LEVEL)


def _read_owner(parts: Parts, raw: Raw | None) -> str:
    if raw is None:
        return ""
    return ACTOR if raw.value == ACTOR else parts.fact(raw, "person")


def _read_unit(parts: Parts, raw: Raw | None) -> str:
    return "" if raw is None else parts.fact(raw, "unit")


def _read_acts(parts: Parts, fields: Fields) -> Iterator[Act]:
    for key, (word, fact_key, types) in _ACTS.items():
        for raw in fields.items(key):
            if not isinstance(raw.value, Mapping):
                raw = Raw({"clock": raw}, raw.file, raw.line)
            own = parts.reading.fields(raw)
            yield _read_act(parts, own, word, (fact_key, types))
            own.close()
    for clock in each_chosen(fields.items("restarts"), parts.clocks, CLOCK):
        yield from (Act("stop", clock), Act("start", clock))


def _read_act(
    parts: Parts, fields: Fields, word: str, fact: tuple[str, tuple[FieldType, ...]]
) -> Act:
    key, types = fact
    clock = chosen(fields.need("clock"), parts.clocks, CLOCK)
    named = fields.maybe(key) if key else None
    if named is None and word in _FACT_NEEDED:
        raise refuse(fields.raw, "policy.key_missing", key=key)
    consent = fields.maybe("consent") if word in _CONSENTED else None
    return Act(
        word,
        clock,
        parts.fact(named, *types) if named else "",
        parts.fact(consent, "flag") if consent else "",
        fields.text("reason") if word == "pause" else "",
    )


def _read_successor(parts: Parts, raw: Raw) -> Successor:
    fields = parts.reading.fields(raw)
    carries = fields.maybe("carries")
    held = entries(carries) if carries else ()
    successor = Successor(
        kind=fields.text("kind"),
        step=fields.text("step"),
        when=parts.known.read(fields.maybe("when")),
        carries={name: parts.fact(each) for name, each in held},
    )
    fields.close()
    return successor


def _check(parts: Parts, fields: Fields, step: CaseStep) -> None:
    """Refuse a step that contradicts itself."""
    raw = fields.raw
    if not step.by:
        raise refuse(raw, "policy.key_missing", key="by")
    if step.is_opening and not step.target:
        raise refuse(raw, "policy.key_missing", key="to")
    twice = next((each for each in step.may if each in step.needs), "")
    if twice:
        raise refuse(raw, "policy.id_twice", id=twice)
    if step.alone and not step.verifies:
        raise refuse(raw, "policy.key_missing", key="verifies")
    if step.is_opening and looks_at_case(step.when):
        raise refuse(fields.need("when"), "casework.when_at_opening")
    if step.anonymous != "never" and not step.is_opening:
        raise refuse(fields.need("anonymous"), "casework.anonymous_later")
    _check_ends(parts, raw, step)
    _check_people(raw, step)
    _check_public(parts, raw, step)


def _check_ends(parts: Parts, raw: Raw, step: CaseStep) -> None:
    ended = [each for each in step.sources if parts.states[each].ends]
    if step.reopens and (len(ended) < len(step.sources) or not ended or not step.target):
        raise refuse(raw, "casework.reopens_what", step=step.title)
    if ended and not step.reopens:
        raise refuse(
            raw, "casework.out_of_end", step=step.title, state=parts.states[ended[0]].title
        )


def _check_people(raw: Raw, step: CaseStep) -> None:
    words = {each.word for each in step.by}
    later = {"opener", "owner", "step", "fact", "platform"}
    wrong = words & (later if step.is_opening else {"case"})
    if wrong:
        title = next(each.title for each in step.by if each.word in wrong)
        raise refuse(raw, "casework.role_misplaced", step=step.title, role=title)
    if "platform" in words and (not step.overdue or step.needs or step.reason):
        raise refuse(raw, "casework.platform_step", step=step.title)
    own = {f"step.{name}" for name in step.verifies if not step.alone}
    barred = own | {each.id for each in step.not_by}
    if step.id in step.verifies or {each.id for each in step.by} <= barred:
        raise refuse(raw, "casework.nobody_left", step=step.title)


def _check_public(parts: Parts, raw: Raw, step: CaseStep) -> None:
    """Refuse what nobody from outside can know or be: people and units of the house."""
    if not any(each.word == "public" for each in step.by):
        return
    inside = [each for each in step.asks if parts.facts[each].type in _INSIDE and each != step.unit]
    if inside:
        title = parts.facts[inside[0]].title
        raise refuse(raw, "casework.public_cannot_know", step=step.title, field=title)
    if step.owner == ACTOR:
        raise refuse(raw, "casework.public_cannot_own", step=step.title)
