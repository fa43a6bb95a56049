"""The facts of a period as one file, from which the published result can be rebuilt.

The file holds what the judgement rested on and nothing else: the regulation's digest, what people
confirmed, the units, earlier results, every record. JSON lines, one way to write each, compressed
without a time stamp: the same facts give the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zhijian.assessments.judging import Bench, Judged, judge_units
from zhijian.domain.dates.period import Period
from zhijian.domain.policy.law import Law
from zhijian.domain.records.record import FieldValue, Record
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Past, Unit
from zhijian.intake.facts import facts_from

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything a snapshot says."""

    head: dict[str, Any]
    units: tuple[Unit, ...]
    past: Mapping[str, tuple[Past, ...]]
    records: tuple[Record, ...]


def write(frozen: Frozen) -> bytes:
    """Return the file."""
    return gzip.compress(b"".join(_lines(frozen)), compresslevel=6, mtime=0)


def _lines(frozen: Frozen) -> Iterator[bytes]:
    yield _line({"format": FORMAT, **frozen.head})
    for unit in frozen.units:
        yield _line({"unit": unit.id, "group": unit.group, "attributes": _plain(unit.attributes)})
    for unit_id, results in sorted(frozen.past.items()):
        for each in results:
            lines = _plain(each.lines)
            yield _line(
                {"past": unit_id, "period": each.period, "grade": each.grade, "lines": lines}
            )
    for each in frozen.records:
        yield _line(
            {
                "record": each.key,
                "kind": each.kind,
                "of": each.unit,
                "on": each.on.isoformat(),
                "values": _plain(each.values),
            }
        )


def _line(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def _plain(values: Mapping[str, FieldValue]) -> dict[str, Any]:
    """Numbers as ``{"n": "95.5"}`` and days as ``{"d": …}``, so that each reads back as it was."""
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: FieldValue) -> Any:
    if isinstance(value, Fraction):
        return {"n": f"{value.numerator}/{value.denominator}"}
    return {"d": value.isoformat()} if isinstance(value, date) else value


def read(content: bytes) -> Frozen:
    """Return what a snapshot says."""
    documents = [json.loads(line) for line in gzip.decompress(content).splitlines()]
    head = documents[0]
    past: dict[str, tuple[Past, ...]] = {}
    for each in documents:
        if "past" in each:
            one = Past(each["period"], each["grade"], _values(each["lines"]))  # type: ignore[arg-type]
            past[each["past"]] = (*past.get(each["past"], ()), one)
    return Frozen(
        head=head,
        units=tuple(
            Unit(each["unit"], each["group"], _values(each["attributes"]))  # type: ignore[arg-type]
            for each in documents
            if "unit" in each
        ),
        past=past,
        records=tuple(_record(each) for each in documents if "record" in each),
    )


def records_of(content: bytes, kind: str, unit: str) -> tuple[Record, ...]:
    """Return the records of one kind and unit in a snapshot."""
    documents = map(json.loads, gzip.decompress(content).splitlines())
    return tuple(
        _record(each)
        for each in documents
        if "record" in each and (each["kind"], each["of"]) == (kind, unit)
    )


def _values(plain_values: Mapping[str, Any]) -> dict[str, FieldValue]:
    found: dict[str, FieldValue] = {}
    for name, value in plain_values.items():
        if not isinstance(value, dict):
            found[name] = value
        else:
            found[name] = Fraction(value["n"]) if "n" in value else date.fromisoformat(value["d"])
    return found


def _record(document: Mapping[str, Any]) -> Record:
    return Record(
        key=document["record"],
        kind=document["kind"],
        unit=document["of"],
        on=date.fromisoformat(document["on"]),
        values=_values(document["values"]),
    )


def rebuild(content: bytes, pack: Pack, law: Law) -> list[Judged]:
    """Judge every unit of a snapshot again, from nothing but the snapshot and the regulation."""
    frozen = read(content)
    period = Period.parse(frozen.head["period"])
    bench = Bench(
        assessor=Assessor.of(pack, frozen.head["scheme"]),
        period=period,
        law=law,
        facts=facts_from(frozen.records, period.last),
        past=frozen.past,
        confirmed={
            unit: (grade, why) for unit, (grade, why) in frozen.head.get("grades", {}).items()
        },
    )
    return list(judge_units(bench, frozen.units))
