"""Results without a database: a pack and a filled workbook in, judged units out.

Units are judged by the same function that judges them from the database, so that both ways give
the same sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhijian.assessments.documents import notices
from zhijian.assessments.judging import Bench, Judged, as_judged
from zhijian.domain.dates.period import Period
from zhijian.domain.dates.titles import KINDS
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.assess import Assessor, Result, assess_all
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Past
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.words import listed
from zhijian.intake.workbooks.facts import ColumnFacts
from zhijian.intake.workbooks.layout import Layout
from zhijian.intake.workbooks.reading import Asked, Workbook, read_workbook

_EXAMPLES = {
    "month": "2024-03",
    "quarter": "2024Q1",
    "half_year": "2024H1",
    "year": "2024",
    "custom": "2024-01-15..2024-03-14",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a pack that reads well, its digest, a period, a scheme, a workbook."""

    pack: Pack
    digest: str
    period: Period
    scheme: str
    content: bytes
    past: Mapping[str, tuple[Past, ...]]


@dataclass(frozen=True)
class Answer:
    """The results of the units, or the problems in their way; notices go with either."""

    question: Question
    scheme: Scheme
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    workbook: Workbook | None = None

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The results as plain data, with the key of every record: only made when wanted."""
        return tuple(as_judged(each) for each in self.results)


def scheme_of(pack: Pack, name: str, period: Period) -> Scheme | Problem:
    """Return the scheme by its name, the pack's only one, or the only one for such periods."""
    if not pack.schemes:
        return Problem.at(pack.id, "assess.no_scheme", pack=pack.id)
    if name in pack.schemes or (not name and len(pack.schemes) == 1):
        return pack.scheme(name)
    fitting = [each for each in pack.schemes.values() if period.kind in each.periods]
    if not name and len(fitting) == 1:
        return fitting[0]
    if not name:
        return Problem.at("--scheme", "assess.scheme_missing", known=", ".join(pack.schemes))
    return Problem.at(
        "--scheme", "assess.unknown_scheme", found=name, known=", ".join(pack.schemes)
    )


def answer(question: Question, scheme: Scheme) -> Answer:
    """Read the workbook and judge every unit in it."""
    pack, period = question.pack, question.period
    hindrances = tuple(_hindrances(pack, period, scheme))
    if hindrances:
        return Answer(question, scheme, (), hindrances, ())
    workbook = read_workbook(question.content, Layout.of(pack), Asked(period), question.digest)
    if workbook.problems:
        return Answer(question, scheme, (), workbook.problems, workbook.notices, workbook)
    results = _results(question, scheme, workbook)
    notices = (*workbook.notices, *_notices(pack, results))
    return Answer(question, scheme, results, (), notices, workbook)


def period_problems(pack: Pack, period: Period) -> tuple[Problem, ...]:
    """Return why no scheme of a pack takes a period; nothing where one of them does."""
    told = [tuple(_hindrances(pack, period, each)) for each in pack.schemes.values()]
    return told[0] if told and all(told) else ()


def _hindrances(pack: Pack, period: Period, scheme: Scheme) -> Iterator[Problem]:
    if period.kind not in scheme.periods:
        yield Problem.at(
            "--period",
            "assess.period_kind",
            scheme=scheme.title,
            allowed=listed(KINDS[each] for each in scheme.periods),
            period=period,
            example=_EXAMPLES[scheme.periods[0]],
        )
    if pack.law_day(period) < pack.header.effective:
        yield Problem.at(
            "--period",
            "assess.not_yet",
            period=period,
            last=period.last,
            effective=pack.header.effective,
        )


def _results(question: Question, scheme: Scheme, workbook: Workbook) -> tuple[Result, ...]:
    pack, period = question.pack, question.period
    bench = Bench(
        assessor=Assessor.of(pack, scheme.id),
        period=period,
        law=pack.law(pack.law_day(period)),
        facts=ColumnFacts(workbook.tables, period.last),
        past=question.past,
    )
    return tuple(assess_all(bench.assessor, workbook.units, bench.context))


def _notices(pack: Pack, results: tuple[Result, ...]) -> Iterator[Problem]:
    unconfirmed = dict.fromkeys(name for each in results for name in each.unconfirmed)
    overdue = dict.fromkeys(name for each in results for name in each.sheet.review_overdue)
    yield from notices(pack, unconfirmed, overdue)
