"""Strict reading of one file of ``cases/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from zhijian.domain.casework.call_back_reading import read_call_back
from zhijian.domain.casework.compensation_reading import read_compensation
from zhijian.domain.casework.fact import read_fact
from zhijian.domain.casework.kind import CaseClock, CaseKind, Form, State
from zhijian.domain.casework.level_reading import read_consequence, read_level, read_repetition
from zhijian.domain.casework.paper_reading import read_paper
from zhijian.domain.casework.parts import (
    CALL_BACK,
    CLOCK,
    FACT,
    FORM,
    LEVEL,
    STATE,
    STEP,
    CaseScope,
    Parts,
    read_prefix,
)
from zhijian.domain.casework.receiving_reading import read_receiving
from zhijian.domain.casework.register_reading import (
    CONTROL,
    read_action,
    read_control,
    read_listing,
)
from zhijian.domain.casework.safety_reading import read_safety
from zhijian.domain.casework.soundness import check_kind
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.step_reading import read_step
from zhijian.domain.casework.vocabulary import ENDS, PEOPLE
from zhijian.domain.policy.raw import Fields, Raw, Reading, refuse
from zhijian.domain.words import NOTHING, Words

T = TypeVar("T")
_REPEATS: Final = Words("重复", "repetition")
_CONSEQUENCE: Final = Words("后果", "consequence")


def read_case_kind(own: CaseScope, raw: Raw) -> tuple[CaseKind, Parts] | None:
    """Read a kind of case, with the places of its parts; nothing where a part cannot be read.

    What merely follows from a part that cannot be read is not reported.
    """
    before = len(own.reading.problems)
    fields = own.reading.fields(raw)
    parts = Parts(own)
    _check_bodies(own, raw)
    _read_named(parts, fields)
    if len(own.reading.problems) > before:
        return None
    kind = _read_kind(parts, fields)
    fields.close()
    if len(own.reading.problems) > before:
        return None
    kind = replace(kind, forms={name: _with_paper(parts, kind.forms[name]) for name in kind.forms})
    if len(own.reading.problems) > before:
        return None
    check_kind(parts, kind, raw)
    return kind, parts


def _check_bodies(own: CaseScope, raw: Raw) -> None:
    for name in own.bodies:
        if name in PEOPLE:
            raise refuse(raw, "casework.name_taken", name=name)


def _read_named(parts: Parts, fields: Fields) -> None:
    """Read what the rest may name; of levels and steps the names come first."""
    reading = parts.reading
    parts.facts = parts.keyed(FACT, fields.items("facts"), partial(read_fact, reading))
    parts.states = parts.keyed(STATE, fields.items("states"), partial(_read_state, parts))
    parts.clocks = parts.keyed(CLOCK, fields.items("clocks"), partial(_read_clock, parts))
    parts.levels = tuple(_titles(fields.items("levels")))
    parts.steps = _titles(fields.items("steps"))
    parts.forms = parts.keyed(FORM, fields.items("forms"), partial(_read_form, parts))


def _read_kind(parts: Parts, fields: Fields) -> CaseKind:
    levels = parts.keyed(LEVEL, fields.items("levels"), partial(read_level, parts))
    repeats = parts.keyed(_REPEATS, fields.items("repeats"), partial(read_repetition, parts))
    steps = parts.keyed(STEP, fields.items("steps"), partial(read_step, parts))
    follows = parts.keyed(
        _CONSEQUENCE, fields.items("consequences"), partial(read_consequence, parts)
    )
    call_backs = parts.keyed(CALL_BACK, fields.items("call_backs"), partial(read_call_back, parts))
    confidential, receiving = fields.maybe("confidential"), fields.maybe("receiving")
    listing, action = fields.maybe("register"), fields.maybe("action")
    controls = parts.keyed(CONTROL, fields.items("controls"), partial(read_control, parts))
    if controls and listing is None:
        raise refuse(fields.raw, "policy.key_missing", key="register")
    return CaseKind(
        id=fields.name(),
        title=fields.title(),
        cites=parts.cites(fields),
        prefix=_read_number(parts.reading, fields.need("number")),
        facts=parts.facts,
        states=parts.states,
        steps=steps,
        levels=levels,
        repeats=tuple(repeats.values()),
        clocks=parts.clocks,
        consequences=tuple(follows.values()),
        forms=parts.forms,
        confidential=parts.fact(confidential, "flag") if confidential else "",
        note=fields.words("note", NOTHING),
        compensation=_with_steps(parts, steps, fields.maybe("compensation"), read_compensation),
        safety=_with_steps(parts, steps, fields.maybe("safety"), read_safety),
        receiving=_with_steps(parts, steps, receiving, read_receiving),
        listing=_with_steps(parts, steps, listing, read_listing),
        controls=tuple(controls.values()),
        action=_with_steps(parts, steps, action, read_action),
        call_backs=call_backs,
    )


def _with_steps(
    parts: Parts, steps: Mapping[str, CaseStep], raw: Raw | None, read: Callable[..., T]
) -> T | None:
    """Read what names steps; not where a step that it may name cannot be read itself."""
    is_whole = len(steps) == len(parts.steps)
    return read(parts, steps, raw) if raw is not None and is_whole else None


def _read_number(reading: Reading, raw: Raw) -> str:
    fields = reading.fields(raw)
    prefix = read_prefix(fields.need("prefix"))
    fields.close()
    return prefix


def _read_state(parts: Parts, raw: Raw) -> State:
    fields = parts.reading.fields(raw)
    state = State(
        fields.name(),
        fields.title(),
        fields.word("ends", ENDS, ""),
        parts.cites(fields),
    )
    fields.close()
    return state


def _read_clock(parts: Parts, raw: Raw) -> CaseClock:
    fields = parts.reading.fields(raw)
    limit = fields.maybe("limit")
    clock = CaseClock(
        fields.name(),
        fields.title(),
        parts.limit(limit) if limit else "",
        parts.cites(fields),
    )
    fields.close()
    return clock


def _read_form(parts: Parts, raw: Raw) -> Form:
    fields = parts.reading.fields(raw)
    fields.maybe("paper")
    form = Form(fields.name(), fields.title(), fields.text("number", ""), parts.cites(fields))
    fields.close()
    return form


def _with_paper(parts: Parts, form: Form) -> Form:
    """Return a form with its paper, which may name all other parts of the kind."""
    raw = parts.reading.fields(parts.places[FORM, form.id]).maybe("paper")
    paper = parts.reading.attempt(partial(read_paper, parts, raw)) if raw else None
    return replace(form, paper=paper)


def _titles(raws: Iterable[Raw]) -> Mapping[str, Words]:
    """Return the names of a list with their titles; what cannot be read is told later."""
    reading, found = Reading(), {}
    for raw in raws:
        fields = reading.attempt(partial(reading.fields, raw))
        name = reading.attempt(fields.name) if fields else None
        title = reading.attempt(fields.title) if fields else None
        if name:
            found[name] = title or Words(name)
    return found
