"""Strict reading of levels, of what repetition does to them, and of what follows by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from zhijian.domain.casework.kind import Charged, Consequence
from zhijian.domain.casework.level import HIGHEST_RANK, LOWEST_RANK, Level, Repetition
from zhijian.domain.casework.parts import CLOCK, FACT, LEVEL, STEP, Parts, chosen, each_chosen
from zhijian.domain.casework.vocabulary import PROPOSED, RECORDS
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import MOST, Raw, as_text, entries, found_text, refuse
from zhijian.domain.policy.values import cell_of
from zhijian.domain.scoring.operand import Operand

UNIT: Final = "unit"
_PARAMETER: Final = "parameter."


def read_level(parts: Parts, raw: Raw) -> Level:
    """Read one entry of ``levels``; mildest first."""
    fields = parts.reading.fields(raw)
    limits = fields.maybe("limits")
    held = tuple(entries(limits)) if limits else ()
    for clock, each in held:
        chosen(Raw(clock, each.file, each.line), parts.clocks, CLOCK)
    level = Level(
        id=fields.name(),
        title=fields.title(),
        cites=parts.cites(fields),
        when=parts.known.read(fields.maybe("when")),
        record=fields.word("record", RECORDS, "required"),
        needs=each_chosen(fields.items("needs"), parts.facts, FACT),
        limits={clock: parts.limit(each) for clock, each in held},
        rank=fields.whole("rank", 0, least=LOWEST_RANK, most=HIGHEST_RANK),
    )
    fields.close()
    if level.id == PROPOSED:
        raise refuse(raw, "casework.name_taken", name=level.id)
    return level


def read_repetition(parts: Parts, raw: Raw) -> Repetition:
    """Read one entry of ``repeats``."""
    fields = parts.reading.fields(raw)
    repetition = Repetition(
        id=fields.name(),
        title=fields.title(),
        cites=parts.cites(fields),
        same=each_chosen(fields.items("same"), (*parts.facts, UNIT), FACT),
        count=read_count(parts, fields.need("count"), least=2),
        within=read_count(parts, fields.need("within_days"), least=1),
        levels=each_chosen(fields.items("levels"), parts.levels, LEVEL),
        raises=chosen(fields.need("raises"), parts.levels, LEVEL),
    )
    fields.close()
    if not repetition.same:
        raise refuse(raw, "policy.key_missing", key="same")
    return repetition


def read_count(parts: Parts, raw: Raw, least: int) -> Operand:
    """Read a whole number, or a parameter that only ever holds whole numbers."""
    operand = parts.own.scope.operand(raw)
    if operand.source == "parameter" and not operand.cell:
        values = parts.own.scope.known_parameter(raw, operand.name, "number").values()
    else:
        values = (operand.constant,) if operand.constant is not None else ("",)
    for value in values:
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise refuse(raw, "policy.not_whole", found=found_text(raw))
        if not least <= value <= MOST:
            raise refuse(raw, "policy.out_of_range", found=value, least=least, most=MOST)
    return operand


def read_consequence(parts: Parts, raw: Raw) -> Consequence:
    """Read one entry of ``consequences``."""
    fields = parts.reading.fields(raw)
    fine = fields.maybe("fine")
    consequence = Consequence(
        id=fields.name(),
        title=fields.title(),
        fault=fields.words("fault"),
        charged=tuple(_read_charged(parts, each) for each in fields.items("charged")),
        cites=parts.cites(fields),
        overdue=each_chosen(fields.items("overdue"), parts.clocks, CLOCK),
        steps=each_chosen(fields.items("steps"), parts.steps, STEP),
        fine=as_text(fine).removeprefix(_PARAMETER) if fine else "",
    )
    fields.close()
    for key, held in (
        ("charged", consequence.charged),
        ("overdue", (*consequence.overdue, *consequence.steps)),
    ):
        if not held:
            raise refuse(raw, "policy.key_missing", key=key)
    if consequence.fault_fact:
        place = fields.need("fault")
        parts.fact(Raw(consequence.fault_fact, place.file, place.line), "choice")
    if fine:
        table = parts.own.scope.known_parameter(fine, consequence.fine, "table")
        _check_fine(parts, fine, consequence, table)
    return consequence


def _read_charged(parts: Parts, raw: Raw) -> Charged:
    fields = parts.reading.fields(raw)
    rank = fields.maybe("rank")
    who = parts.cast.read(fields.need("who"))
    charged = Charged(who, parts.fact(rank, "choice") if rank else "")
    fields.close()
    if who.word not in ("fact", "step", "owner", "opener"):
        raise refuse(raw, "casework.not_one_person", role=who.title)
    return charged


def _check_fine(parts: Parts, raw: Raw, rule: Consequence, table: Parameter) -> None:
    """Refuse a table without a number for a rank and a fault that may meet."""
    for charged in rule.charged:
        if not charged.rank:
            raise refuse(raw, "policy.key_missing", key="rank")
        for cell in _cells(parts, charged, rule):
            for value in table.values():
                if not isinstance(cell_of(value, cell), Fraction):
                    found = "·".join(cell)
                    raise refuse(raw, "scoring.unknown_cell", name=table.id, found=found)


def _cells(parts: Parts, charged: Charged, rule: Consequence) -> Iterator[tuple[str, str]]:
    faults = _options(parts, rule.fault_fact) if rule.fault_fact else (rule.fault.zh,)
    return ((rank, each) for rank in _options(parts, charged.rank) for each in faults)


def _options(parts: Parts, fact: str) -> Iterable[str]:
    return parts.facts[fact].field.options
