"""What a pack that reads well must keep as well: articles carried out, grades and money sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.exact import plain
from zhijian.domain.outcomes.outcome import Monotone, OutcomePlan, propose, total_yuan
from zhijian.domain.problems import Problem
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.examples import Verdict, example_name, run_examples
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.roles import unknown_roles
from zhijian.domain.regulation.sources import wrong_sources
from zhijian.domain.scoring.context import Context, Unit
from zhijian.domain.scoring.grade import work_grade
from zhijian.domain.scoring.line import work_lines
from zhijian.domain.scoring.past import Previous

_HUNDREDTH = Fraction(1, 100)


def check_pack(
    pack: Pack, calendar: WorkingCalendar
) -> tuple[tuple[Problem, ...], tuple[Verdict, ...]]:
    """Return what is wrong with the pack as a whole, and how each example came out."""
    problems = (
        *pack.idle,
        *_uncited(pack),
        *_unknown_articles(pack),
        *_unknown_past_lines(pack),
        *unknown_roles(pack),
        *wrong_sources(pack, {}),
        *_not_monotone(pack),
        *_examples_of_one_name(pack),
    )
    return tuple(problems), run_examples(pack, calendar)


def citations(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield every citation of the pack: where it stands, and the article."""
    for parameter in pack.parameters.values():
        for entry in parameter.entries:
            if entry.cites.document == pack.header.title.zh:
                yield f"parameters/{parameter.id}.yaml", entry.cites.clause
    for kind in pack.kinds.values():
        yield f"records/{kind.id}.yaml", kind.cites
    for scheme in pack.schemes.values():
        yield f"scoring/{scheme.id}.yaml", scheme.cites
        for line in scheme.lines:
            yield f"scoring/{scheme.id}.yaml", line.cites
        if scheme.grading:
            yield f"scoring/{scheme.id}.yaml", scheme.grading.cites
    yield from _consequences(pack)


def _consequences(pack: Pack) -> Iterator[tuple[str, str]]:
    for plan in pack.outcomes.values():
        clauses = [line.cites for line in plan.lines] + [rule.cites for rule in plan.rules]
        for clause in clauses:
            yield f"outcomes/{plan.id}.yaml", clause
    for budget in pack.budgets.values():
        yield f"budgets/{budget.id}.yaml", budget.cites
    yield from _personal(pack)
    for rule in pack.limits.values():
        yield from ((f"limits/{rule.id}.yaml", clause) for clause in rule.limit.clauses)
    for outline in pack.outlines.values():
        yield f"reports/{outline.id}.yaml", outline.cites
        for part in outline.parts:
            yield f"reports/{outline.id}.yaml", part.cites
    for kind in pack.cases.values():
        yield from ((f"cases/{kind.id}.yaml", clause) for clause in kind.clauses)


def _personal(pack: Pack) -> Iterator[tuple[str, str]]:
    for plan in pack.personal.values():
        clauses = [plan.cites, *(each.cites for each in plan.measures.values())]
        clauses += [each.cites for each in plan.grounds.values()]
        yield from ((f"personal/{plan.id}.yaml", clause) for clause in clauses)


def _uncited(pack: Pack) -> Iterator[Problem]:
    """An article that is said to be automatic must be cited by something that works."""
    cited = [clause for _, clause in citations(pack) if clause]
    for article in pack.articles:
        carried_out = any(clause.startswith(article.number) for clause in cited)
        if article.coverage == "automatic" and not carried_out and not article.by:
            yield Problem.at(
                "articles.yaml", "policy.article_not_carried_out", number=article.number
            )


def _unknown_articles(pack: Pack) -> Iterator[Problem]:
    numbers = tuple(article.number for article in pack.articles)
    for place, clause in (*citations(pack), *_defined(pack)):
        if clause and not clause.startswith(numbers):
            yield Problem.at(place, "policy.unknown_article", found=clause)


def _defined(pack: Pack) -> Iterator[tuple[str, str]]:
    """A definition names its article, but explains a word and carries nothing out."""
    for term in pack.terms:
        if term.cites.document == pack.header.title.zh:
            yield "terms.yaml", term.cites.clause


def _unknown_past_lines(pack: Pack) -> Iterator[Problem]:
    """A misspelt line would look like a period without result, for ever."""
    for scheme in pack.schemes.values():
        plan = pack.outcome_of(scheme.id)
        after = plan.lines if plan else ()
        known = [line.id for line in (*scheme.lines, *after)]
        places = {f"scoring/{scheme.id}.yaml": scheme.lines}
        places |= {f"outcomes/{plan.id}.yaml": after} if plan else {}
        for place, lines in places.items():
            for line in lines:
                if isinstance(line.op, Previous) and line.op.line not in known:
                    yield Problem.at(
                        place,
                        "scoring.unknown_past_line",
                        line=line.id,
                        name=line.op.line,
                        known=", ".join(known),
                    )


def _examples_of_one_name(pack: Pack) -> Iterator[Problem]:
    """A report names examples, so that two of one name could not be told apart."""
    seen: set[str] = set()
    for raw in pack.examples:
        name = example_name(raw).zh
        if name in seen:
            yield Problem.at(raw.where, "examples.name_twice", name=name)
        seen.add(name)


def _not_monotone(pack: Pack) -> Iterator[Problem]:
    """Where the pack promises it, the amount never moves the wrong way, hundredth by hundredth."""
    for plan in pack.outcomes.values():
        problem = _broken_promise(pack, plan, plan.monotone) if plan.monotone else None
        if problem is not None:
            yield problem


def _broken_promise(pack: Pack, plan: OutcomePlan, promise: Monotone) -> Problem | None:
    amounts = _Amounts(pack, plan, promise.of)
    place = f"outcomes/{plan.id}.yaml"
    before = None
    score = promise.low
    while score <= promise.high:
        amount, negative = amounts.at(score)
        if negative:
            return Problem.at(place, "outcomes.negative_amount", score=plain(score), rule=negative)
        if before is not None and (amount < before if promise.rises else amount > before):
            return Problem.at(
                place,
                "outcomes.not_monotone",
                score=plain(score),
                amount=plain(amount),
                before=plain(before),
            )
        before, score = amount, score + _HUNDREDTH
    return None


class _Amounts:
    """The money that follows from each value of one line, everything else without data."""

    def __init__(self, pack: Pack, plan: OutcomePlan, line: str) -> None:
        self.plan = plan
        self.scheme = pack.schemes[plan.scheme]
        entries = (each.starts for one in pack.parameters.values() for each in one.entries)
        day = max((pack.header.effective, *entries))
        unit = Unit(pack.header.units[0] if pack.header.units else "")
        self.context = Context(unit, MemoryFacts((), day), pack.law(day), pack.absence())
        work_lines(self.scheme.lines, self.context)
        # A veto that waits for data would leave nothing to compare; here only the score moves.
        own = self.scheme.grading
        self.grading = replace(own, vetoes=()) if own else None
        names = [each.id for each in self.scheme.lines]
        self.after = self.scheme.lines[names.index(line) :]

    def at(self, value: Fraction) -> tuple[Fraction, str]:
        """The money at one value of the line, and the rule whose amount is negative there.

        Only what comes after the line is worked out again.
        """
        self.context.fixed = {self.after[0].id: value}
        work_lines(self.after, self.context)
        if self.grading:
            self.context.steps["grade"] = work_grade(self.grading, self.context)
        found = propose(self.plan, self.context)
        negative = [each.rule for each in found if each.working.reason == "negative_amount"]
        return total_yuan(found) or Fraction(0), "、".join(negative)
