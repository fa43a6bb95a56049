"""Very small packs for tests: written as the YAML of a pack, read by the real readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import dedent
from typing import Any

from zhijian.domain.dates.period import Period
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.domain.problems import Problem
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.records.record import Record
from zhijian.domain.regulation.assess import Assessor, Result
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.domain.scoring.context import Context, Unit
from zhijian.packs.files import Unparsable, parse

FILES = {
    "pack.yaml": """
        id: tiny
        title: 小办法
        version: "1.0"
        effective: 2020-01-01
        units: [甲, 乙]
        attributes: [{id: kind, title: 类别, type: text}, {id: size, title: 规模, type: decimal}]
        """,
    "articles.yaml": """
        - {number: 第一条, title: 考核, text: 按月考核。, coverage: manual, by: 人工}
        """,
    "records/check.yaml": """
        id: check
        title: 检查
        dated: day
        fields:
          - {id: points, title: 得分, type: decimal}
          - {id: sort, title: 类别, type: choice, options: [甲类, 乙类, "1"]}
          - {id: note, title: 说明, type: text}
          - {id: good, title: 合格, type: flag}
          - {id: due, title: 期限, type: date}
          - {id: done, title: 完成, type: date}
        """,
    "records/accident.yaml": """
        id: accident
        title: 事故
        absence: none_happened
        fields: [{id: points, title: 扣分, type: decimal}]
        """,
    "records/complaint.yaml": """
        id: complaint
        title: 投诉
        absence: confirmation
        fields: [{id: points, title: 扣分, type: decimal}]
        """,
    "records/confirmation.yaml": """
        id: confirmation
        title: 核对
        dated: period
        fields: [{id: by, title: 核对人, type: text}]
        """,
    "parameters/limit.yaml": """
        id: limit
        title: 上限
        entries: [{starts: 2020-01-01, value: "80", cites: 第一条}]
        verified_until: 2030-12-31
        """,
    "scoring/main.yaml": """
        id: main
        title: 考核
        subject: 单位
        periods: [quarter]
        lines: [{id: score, title: 得分, mean: check.points}]
        score: score
        """,
}


def raws(files: Mapping[str, str]) -> dict[str, Raw]:
    return {path: parse(dedent(text).encode(), path) for path, text in files.items()}


def read(files: Mapping[str, str] | None = None) -> Pack | tuple[Problem, ...]:
    """Read the tiny pack with some files put in, or replaced; an empty one is left out."""
    merged = {**FILES, **(files or {})}
    try:
        return read_pack(raws({path: text for path, text in merged.items() if text}))
    except Unparsable as error:
        return (error.problem,)


def pack(files: Mapping[str, str] | None = None) -> Pack:
    found = read(files)
    assert isinstance(found, Pack), found
    return found


def scheme(lines: str, rest: str = "", score: str = "x") -> dict[str, str]:
    """The scoring file with these lines, written below ``lines:``."""
    head = "id: main\ntitle: 考核\nsubject: 单位\nperiods: [quarter]\nlines:\n"
    body = "".join(f"  {line}\n" for line in dedent(lines).strip().splitlines())
    return {"scoring/main.yaml": f"{head}{body}score: {score}\n{dedent(rest)}"}


def parameter(name: str, value: str, kind: str = "number", more: str = "") -> dict[str, str]:
    text = f"id: {name}\ntitle: {name}\nkind: {kind}\n{more}entries:\n"
    text += f"  - {{starts: 2020-01-01, value: {value}, cites: 第一条}}\n"
    text += "verified_until: 2030-12-31\n"
    return {f"parameters/{name}.yaml": text}


def record(
    kind: str, on: str = "2024-01-15", key: str = "", unit: str = "甲", **values: Any
) -> Record:
    name = key or f"{kind}-{on}-{sorted((k, str(v)) for k, v in values.items())}"
    return Record(name, kind, unit, date.fromisoformat(on), values)


QUARTER = Period.parse("2024Q1")


def context(found: Pack, *records: Record, **more: Any) -> Context:
    period: Period = more.pop("period", QUARTER)
    law = found.law(
        found.law_day(period), more.pop("confirmed", frozenset()), more.pop("replaced", None)
    )
    return Context(
        unit=more.pop("unit", Unit("甲")),
        facts=MemoryFacts(records, period.last),
        law=law,
        absence=found.absence(),
        months=period.months(),
        **more,
    )


def assess(found: Pack, *records: Record, **more: Any) -> Result:
    return Assessor.of(found).assess(context(found, *records, **more))


def work(lines: str, *records: Record, files: Mapping[str, str] | None = None, **more: Any) -> Any:
    """Assess with these lines; return the step of the line ``x``."""
    found = pack({**scheme(lines), **(files or {})})
    own = context(found, *records, **more)
    Assessor.of(found).assess(own)
    return own.steps["x"]


def problems(files: Mapping[str, str]) -> list[tuple[str, str]]:
    found = read(files)
    return [] if isinstance(found, Pack) else [(each.code, each.where) for each in found]


def reading(text: str) -> tuple[Reading, Raw]:
    return Reading(), parse(dedent(text).encode(), "x.yaml")
