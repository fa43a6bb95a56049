"""From facts to score sheets: no row is read or written here.

The database, a snapshot and an objection all judge through ``judge_unit``, so that the same facts
under the same law always give the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain, to_decimal
from zhijian.domain.explain.document import Document, to_documents
from zhijian.domain.explain.step import Step
from zhijian.domain.outcomes.outcome import Proposal
from zhijian.domain.policy.law import Law
from zhijian.domain.records.measure import Facts
from zhijian.domain.regulation.assess import Assessor, Result, assess_all
from zhijian.domain.regulation.rejudge import gaps
from zhijian.domain.scoring.context import Context, Past, Unit

LEAST_PLACES = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """What is stored of one unit's result: plain data, exact numbers as text."""

    unit: str
    status: str
    score: str | None
    grade: str
    yuan: str | None
    components: list[dict[str, str | None]]
    working: Document
    grading: Document | None
    proposals: list[dict[str, Any]]
    unconfirmed: list[str]
    missing: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What every unit of a period is judged with.

    ``confirmed`` holds, by unit, the grade that a person decided on and why.
    """

    assessor: Assessor
    period: Period
    law: Law
    facts: Facts
    past: Mapping[str, tuple[Past, ...]] = field(default_factory=dict)
    confirmed: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def context(self, unit: Unit, kept: Mapping[str, Step] | None = None) -> Context:
        """The context of one unit."""
        return Context(
            unit=unit,
            facts=self.facts,
            law=self.law,
            absence=self.assessor.pack.absence(),
            months=self.period.months(),
            past=self.past.get(unit.id, ()),
            kept=kept or {},
            confirmed=self.confirmed.get(unit.id),
        )


def judge_unit(bench: Bench, unit: Unit, kept: Mapping[str, Step] | None = None) -> Judged:
    """Assess one unit and return what is stored of it."""
    return as_judged(bench.assessor.assess(bench.context(unit, kept)))


def judge_units(bench: Bench, units: Sequence[Unit]) -> Iterator[Judged]:
    """Assess all units of a period; a ranking among them is taken into account."""
    for result in assess_all(bench.assessor, units, bench.context):
        yield as_judged(result)


def as_judged(result: Result) -> Judged:
    """Write a result as plain data.

    The workings-out of score, grade and consequences share their lines, in this order.
    """
    sheet = result.sheet
    grading = [sheet.grading] if sheet.grading else []
    amounts = [each.working for each in result.proposals]
    working, *rest = to_documents([sheet.working, *grading, *amounts])
    return Judged(
        unit=sheet.unit,
        status=sheet.status,
        score=None if sheet.score is None else plain(sheet.score, LEAST_PLACES),
        grade=(sheet.grade or "") if sheet.status == "assessed" else "",
        yuan=None if result.yuan is None else plain(result.yuan, LEAST_PLACES),
        components=[
            {
                "id": each.id,
                "score": None if each.score is None else plain(each.score, LEAST_PLACES),
                "weight": each.weight,
            }
            for each in sheet.components
        ],
        working=working,
        grading=rest[0] if grading else None,
        proposals=list(map(_proposal, result.proposals, rest[len(grading) :])),
        unconfirmed=list(result.unconfirmed),
        missing=[_gap(step) for step in _lacking(result)],
    )


def _lacking(result: Result) -> Iterator[Step]:
    """What the score or the grade lacks, then what an amount lacks, each line once."""
    sheet = result.sheet
    found = list(gaps(sheet.grading or sheet.working))
    for each in result.proposals:
        if each.is_open:
            rests_on = [gap for step in each.working.because for gap in gaps(step)]
            found += rests_on or [each.working]
    seen: set[str] = set()
    for step in found:
        if step.id not in seen:
            seen.add(step.id)
            yield step


def _proposal(proposal: Proposal, working: Document) -> dict[str, Any]:
    return {
        "rule": proposal.rule,
        "title": proposal.title.zh,
        "title_en": proposal.title.en,
        "kind": proposal.kind,
        "cites": proposal.cites,
        "yuan": plain(proposal.yuan, LEAST_PLACES),
        "text": proposal.text.zh,
        **({"text_en": proposal.text.en} if proposal.text.en else {}),
        "days": proposal.days,
        "approver": proposal.approver,
        "working": working,
    }


def _gap(step: Step) -> dict[str, Any]:
    return {
        "line": step.id,
        "title": step.title.zh,
        "title_en": step.title.en,
        "status": step.status,
        "reason": step.reason,
        "given": dict(step.given),
    }


def as_decimal(text: str | None) -> Decimal | None:
    """The decimal that repeats an exact text for sorting."""
    return None if text is None else to_decimal(Fraction(text), 6)
