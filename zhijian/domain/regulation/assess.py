"""One unit, one period, one pack → the result. Every door to a score leads through here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.explain.step import Status, walk_all
from zhijian.domain.outcomes.outcome import OutcomePlan, Proposal, propose, total_yuan
from zhijian.domain.policy.law import Law
from zhijian.domain.records.measure import Measure
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Context, Unit
from zhijian.domain.scoring.grade import ranked_grades
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.scoring.score import ScoreSheet, score, unconfirmed_in


@dataclass(frozen=True, slots=True)
class Result:
    """A score sheet and what follows from it; ``yuan`` is nothing when nothing was assessed."""

    sheet: ScoreSheet
    proposals: tuple[Proposal, ...]
    yuan: Fraction | None
    unconfirmed: tuple[str, ...]

    @property
    def status(self) -> Status:
        """Whether the unit was assessed, could not be, or is blocked."""
        return self.sheet.status


@dataclass(frozen=True, slots=True)
class Assessor:
    """A scheme of a pack with the outcomes that follow from it."""

    pack: Pack
    scheme: Scheme
    plan: OutcomePlan | None

    @classmethod
    def of(cls, pack: Pack, scheme: str = "") -> Assessor:
        """The assessor of one scheme, or of the pack's only one."""
        found = pack.scheme(scheme)
        return cls(pack, found, pack.outcome_of(found.id))

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """Everything that will be asked of the facts, each once."""
        own = self.scheme.measures(law)
        return tuple(dict.fromkeys((*own, *(self.plan.measures(law) if self.plan else ()))))

    def assess(self, context: Context) -> Result:
        """Score, grade and propose; ``context`` keeps every line that was worked out."""
        sheet = score(self.scheme, context)
        if sheet.status != "assessed":
            return Result(sheet, (), None, sheet.unconfirmed)
        if self.plan is None:
            return Result(sheet, (), None, sheet.unconfirmed)
        proposals = propose(self.plan, context)
        steps = walk_all(each.working for each in proposals if each.working.unconfirmed)
        unconfirmed = tuple(dict.fromkeys((*sheet.unconfirmed, *unconfirmed_in(steps))))
        return Result(sheet, proposals, total_yuan(proposals), unconfirmed)


def assess_all(
    assessor: Assessor, units: Sequence[Unit], context_of: Callable[[Unit], Context]
) -> Iterator[Result]:
    """Assess units one after the other; where the grades depend on a ranking, all of them twice.

    ``context_of`` makes a fresh context for a unit.
    """
    grading = assessor.scheme.grading
    if grading is None or not grading.ranking:
        yield from (assessor.assess(context_of(unit)) for unit in units)
        return
    first = [assessor.assess(context_of(unit)) for unit in units]
    graded = [
        (result.sheet.unit, result.sheet.score, result.sheet.grade)
        for result in first
        if result.sheet.score is not None and result.sheet.grade is not None
    ]
    changed = ranked_grades(grading, graded, assessor.scheme.better)
    for unit, result in zip(units, first, strict=True):
        if unit.id not in changed:
            yield result
            continue
        context = context_of(unit)
        context.ranked = changed[unit.id]
        yield assessor.assess(context)
