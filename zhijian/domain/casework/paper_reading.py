"""Strict reading of the key ``paper`` of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhijian.domain.casework.paper import (
    OF_CASE,
    OF_COMPENSATION,
    Cell,
    PaperPart,
    PaperRule,
    Signature,
)
from zhijian.domain.casework.parts import (
    CLOCK,
    FACT,
    STEP,
    Parts,
    chosen,
    each_chosen,
    read_prefix,
)
from zhijian.domain.casework.who import Selector
from zhijian.domain.policy.raw import Raw, as_text, refuse
from zhijian.domain.words import NOTHING, Words

_MOST_LINES: Final = 30
_OF_CASE: Final = Words("案件本身的一项", "part of the case itself")
_OF_COMPENSATION: Final = Words("赔偿的一项", "part of the compensation")
_RECEIVERS: Final = ("body", "opener", "owner", "step", "fact")
_DUE: Final = Words("期限", "Due")
_REASON: Final = Words("理由", "Reason")


def read_paper(parts: Parts, raw: Raw) -> PaperRule:
    """Read how a form becomes a paper."""
    fields = parts.reading.fields(raw)
    reply = parts.reading.fields(fields.maybe("reply") or Raw({}, raw.file, raw.line))
    clock, fact = reply.maybe("clock"), reply.maybe("fact")
    rule = PaperRule(
        prefix=read_prefix(fields.need("prefix")),
        parts=tuple(_read_part(parts, each) for each in fields.items("parts")),
        issued=each_chosen(fields.items("issued"), parts.steps, STEP),
        to=tuple(_read_receiver(parts, each) for each in fields.items("to")),
        reply_clock=chosen(clock, parts.clocks, CLOCK) if clock else "",
        reply_fact=parts.fact(fact, "date", "moment") if fact else "",
        answered=each_chosen(fields.items("answered"), parts.steps, STEP),
    )
    reply.close()
    fields.close()
    if not rule.parts:
        raise refuse(raw, "policy.key_missing", key="parts")
    if "reply" in fields and bool(clock) == bool(fact):
        raise refuse(fields.need("reply"), "casework.paper_reply")
    if "reply" in fields and not rule.to:
        raise refuse(raw, "policy.key_missing", key="to")
    return rule


def _read_receiver(parts: Parts, raw: Raw) -> Selector:
    who = parts.cast.read(raw)
    if who.word not in _RECEIVERS:
        raise refuse(raw, "casework.paper_to_nobody", role=who.title)
    return who


def _read_part(parts: Parts, raw: Raw) -> PaperPart:
    fields = parts.reading.fields(raw)
    part = PaperPart(
        fields.words("title", NOTHING),
        tuple(_read_cell(parts, each) for each in fields.items("cells")),
        tuple(_read_signature(parts, each) for each in fields.items("signatures")),
    )
    fields.close()
    if not (part.cells or part.signatures):
        raise refuse(raw, "policy.key_missing", key="cells")
    return part


def _read_cell(parts: Parts, raw: Raw) -> Cell:
    """Read a cell: the name of what it shows, or a mapping with ``of``, ``title``, ``lines``."""
    if not isinstance(raw.value, Mapping):
        return _cell_of(parts, raw)
    fields = parts.reading.fields(raw)
    of = fields.maybe("of")
    cell = Cell("blank", "", fields.title()) if of is None else _cell_of(parts, of)
    told = Cell(
        cell.source,
        cell.name,
        fields.words("title", cell.title),
        fields.whole("lines", 0, least=0, most=_MOST_LINES),
    )
    fields.close()
    return told


def _cell_of(parts: Parts, raw: Raw) -> Cell:
    word, dot, name = as_text(raw).partition(".")
    rest = Raw(name, raw.file, raw.line)
    match word if dot else "":
        case "case":
            return Cell("case", name, OF_CASE[chosen(rest, OF_CASE, _OF_CASE)])
        case "compensation":
            told = OF_COMPENSATION[chosen(rest, OF_COMPENSATION, _OF_COMPENSATION)]
            return Cell("compensation", name, told)
        case "due":
            return Cell("due", chosen(rest, parts.clocks, CLOCK), _DUE)
        case "reason":
            return Cell("reason", chosen(rest, parts.steps, STEP), _REASON)
    fact = chosen(raw, parts.facts, FACT)
    return Cell("fact", fact, parts.facts[fact].title)


def _read_signature(parts: Parts, raw: Raw) -> Signature:
    fields = parts.reading.fields(raw)
    signature = Signature(fields.title(), each_chosen(fields.items("of"), parts.steps, STEP))
    fields.close()
    return signature
