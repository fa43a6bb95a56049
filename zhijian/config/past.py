"""Earlier results for rules that look back, from the files that ``zhijian assess`` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhijian.config.opening import Unusable
from zhijian.domain.dates.period import Period
from zhijian.domain.explain.document import Document, from_documents
from zhijian.domain.explain.step import Value
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.context import Past
from zhijian.domain.scoring.past import without_gaps


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose results count: those of one scheme of one pack, before a period begins."""

    pack: str
    scheme: str
    period: Period


@dataclass(frozen=True, slots=True)
class _Earlier:
    path: Path
    period: Period
    units: Mapping[str, Past]


def read_past(paths: Sequence[Path], wanted: Wanted) -> dict[str, tuple[Past, ...]]:
    """Read ``results.json`` files, in any order, into what each unit came to before the period."""
    files = sorted(
        (_read(path, wanted) for path in paths), key=lambda each: each.period.last, reverse=True
    )
    for later, earlier in pairwise(files):
        if later.period.id == earlier.period.id:
            raise _refused("assess.past_twice", earlier.path, period=earlier.period)
    units = dict.fromkeys(unit for each in files for unit in each.units)
    return {
        unit: without_gaps(
            wanted.period, (each.units[unit] for each in files if unit in each.units)
        )
        for unit in units
    }


def _read(path: Path, wanted: Wanted) -> _Earlier:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pack, scheme, period = data["pack"]["id"], data["scheme"], Period.parse(data["period"])
        units = dict(_units(data["results"], period))
    except OSError as error:
        raise _refused("assess.past_unreadable", path, why=error.strerror) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused("assess.past_foreign", path) from error
    if (pack, scheme) != (wanted.pack, wanted.scheme):
        own = f"{wanted.pack}/{wanted.scheme}"
        raise _refused("assess.past_other_scheme", path, other=f"{pack}/{scheme}", own=own)
    if period.last >= wanted.period.first:
        raise _refused("assess.past_not_earlier", path, period=period, own=wanted.period)
    if period.kind != wanted.period.kind:
        raise _refused("assess.past_other_kind", path, period=period, own=wanted.period)
    return _Earlier(path, period, units)


def _units(results: list[dict[str, Any]], period: Period) -> Iterator[tuple[str, Past]]:
    for each in results:
        yield each["unit"], Past(period.id, each["grade"] or "", dict(_lines(each)))


def _lines(result: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yield every line with a value: of the score, of the grade, of what followed."""
    workings: list[Document] = [each for each in (result["working"], result["grading"]) if each]
    workings += [each["working"] for each in result["outcomes"]]
    for working in from_documents(workings):
        for step in working.walk():
            if step.value is not None:
                yield step.id, step.value


def _refused(code: str, path: Path, **facts: object) -> Unusable:
    return Unusable(Problem.at("--past", code, found=path, **facts))
