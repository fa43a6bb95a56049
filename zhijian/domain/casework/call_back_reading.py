"""Strict reading of ``call_backs`` of a kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from zhijian.domain.casework.call_back import (
    CARRIED,
    WAYS,
    Attempts,
    CallBack,
    Checked,
    Drawn,
    Finding,
)
from zhijian.domain.casework.level_reading import read_count
from zhijian.domain.casework.parts import FACT, STATE, STEP, Parts, chosen, each_chosen
from zhijian.domain.casework.who import Selector
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.vocabulary import BadLimit
from zhijian.domain.policy.raw import Fields, Raw, as_text, entries, refuse
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import NOTHING, Words

_WHAT: Final = Words("可带入的事项", "thing that may be carried")
_WHOLE: Final = 100


def read_call_back(parts: Parts, raw: Raw) -> CallBack:
    """Read one entry of ``call_backs``; facts, states and the names of steps are known."""
    fields = parts.reading.fields(raw)
    phone, drawn, checked = fields.maybe("phone"), fields.maybe("drawn"), fields.maybe("checked")
    then = parts.reading.fields(fields.maybe("then") or Raw({}, raw.file, raw.line))
    condition = parts.known.needed(fields.need("satisfied"))
    rule = CallBack(
        id=fields.name(),
        title=fields.title(),
        cites=parts.cites(fields),
        way=fields.word("way", WAYS, "phone"),
        due=_named(fields, "due", parts.states, STATE),
        by=_people(parts, fields),
        phone=parts.fact(phone, "text") if phone else "",
        needs=_named(fields, "needs", parts.facts, FACT),
        may=each_chosen(fields.items("may"), parts.facts, FACT),
        satisfied=condition,
        satisfied_by=each_chosen(then.items("satisfied"), parts.steps, STEP),
        dissatisfied_by=each_chosen(then.items("dissatisfied"), parts.steps, STEP),
        unreached_by=each_chosen(then.items("unreached"), parts.steps, STEP),
        passing=each_chosen(fields.items("passing"), parts.steps, STEP),
        attempts=_read_attempts(parts, fields.need("attempts")),
        hours=_read_hours(fields.maybe("hours")),
        script=fields.words("script", NOTHING),
        drawn=_read_drawn(parts, drawn) if drawn else None,
        checked=_read_checked(parts, checked) if checked else None,
    )
    then.close()
    fields.close()
    _check(parts, fields, rule)
    return rule


def _named(
    fields: Fields, key: str, allowed: Mapping[str, object], thing: Words
) -> tuple[str, ...]:
    found = each_chosen(fields.items(key), allowed, thing)
    if not found:
        raise refuse(fields.raw, "policy.key_missing", key=key)
    return found


def _people(parts: Parts, fields: Fields) -> tuple[Selector, ...]:
    """Read who acts for a body; a call-back is no business of outsiders or of the platform."""
    found = tuple(parts.cast.read(each) for each in fields.items("by"))
    if not found:
        raise refuse(fields.raw, "policy.key_missing", key="by")
    for each in found:
        if each.word in ("public", "platform", "case"):
            raise refuse(fields.need("by"), "casework.call_back_by", role=each.title)
    return found


def _read_attempts(parts: Parts, raw: Raw) -> Attempts:
    fields = parts.reading.fields(raw)
    found = Attempts(
        read_count(parts, fields.need("count"), least=1),
        read_count(parts, fields.need("days"), least=1),
        read_count(parts, fields.need("hours"), least=0),
    )
    fields.close()
    return found


def _read_hours(raw: Raw | None) -> Span | None:
    if raw is None:
        return None
    try:
        return Span.parse(as_text(raw))
    except BadLimit:
        raise refuse(raw, "limit.bad_hours", found=as_text(raw)) from None


def _read_drawn(parts: Parts, raw: Raw) -> Drawn:
    fields = parts.reading.fields(raw)
    found = Drawn(
        _read_share(parts, fields.need("share")),
        _people(parts, fields),
        parts.cites(fields),
        fields.text("halves", ""),
    )
    fields.close()
    return found


def _read_checked(parts: Parts, raw: Raw) -> Checked:
    fields = parts.reading.fields(raw)
    inner = parts.reading.fields(fields.need("finding"))
    carries = inner.maybe("carries")
    finding = Finding(
        inner.text("pack", ""),
        inner.name("case"),
        inner.name("step"),
        {name: chosen(each, CARRIED, _WHAT) for name, each in entries(carries)} if carries else {},
    )
    inner.close()
    found = Checked(
        _read_share(parts, fields.need("share")), _people(parts, fields), finding,
        parts.cites(fields),
    )  # fmt: skip
    fields.close()
    return found


def _read_share(parts: Parts, raw: Raw) -> Operand:
    """Read a percentage above 0 and at most 100, or a parameter that holds nothing else."""
    operand = parts.own.scope.operand(raw)
    named = operand.source == "parameter" and not operand.cell
    held = parts.own.scope.known_parameter(raw, operand.name, "number") if named else None
    for value in held.values() if held else (operand.constant,):
        if not isinstance(value, Fraction) or not 0 < value <= _WHOLE:
            raise refuse(raw, "casework.call_back_share", found=value)
    return operand


def _check(parts: Parts, fields: Fields, rule: CallBack) -> None:
    """What was asked is said in the call; who is rung has a number; files cannot be answered."""
    if rule.phone and not parts.facts[rule.phone].field.personal:
        field = parts.facts[rule.phone].title
        raise refuse(fields.need("phone"), "casework.not_personal", field=field)
    for name in rule.asks:
        if parts.facts[name].type == "file":
            field = parts.facts[name].title
            raise refuse(fields.raw, "casework.call_back_file", field=field)
