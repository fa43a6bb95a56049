"""One case as a page shows it: where it stands, what happened, its clocks, what is open now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.cases import to_domain
from zhijian.cases.documents import happened_of, told_in
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseEvent, EventSort
from zhijian.cases.showing.clocks import ClockLine, clock_lines
from zhijian.cases.showing.names import FactLine, Names
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.levels import Proposal, level_of
from zhijian.domain.casework.permitting import OpenStep, open_steps
from zhijian.domain.casework.step import CaseStep
from zhijian.foundation.language import language
from zhijian.foundation.wording import say


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened: what, when, by whom, with which facts, and where it led."""

    seq: int
    title: str
    at: datetime
    who: str
    facts: tuple[FactLine, ...]
    reason: str
    level: str
    state: str
    hash: str
    cites: str = ""


@dataclass(frozen=True, slots=True)
class ClosedStep:
    """A step that leads on from here, and why this person cannot take it."""

    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case in words, for one person at one moment."""

    case: Case
    standing: Standing
    state: str
    level: str
    events: tuple[EventLine, ...]
    clocks: tuple[ClockLine, ...]
    open: tuple[CaseStep, ...]
    closed: tuple[ClosedStep, ...]
    proposal: Proposal | None
    has_hidden: bool

    @property
    def kind(self) -> CaseKind:
        """What kind of case it is."""
        return self.standing.kind


def view_of(case: Case, user: Any, at: datetime, *, reveals: bool = False) -> CaseView:
    """Return a case as a person sees it; personal data only where they are revealed."""
    library = Library.around(case)
    rows = list(case.events.order_by("seq"))
    standing = to_domain.standing_of(case, library, rows)
    at = max(timezone.localtime(at), standing.course.happened[-1].at)
    kind = standing.kind
    names = Names.of(_pairs(kind, rows), _people(rows))
    events = tuple(_lines(kind, rows, names, reveals=reveals))
    offered = _offered(standing, case, user, at)
    lang = language()
    return CaseView(
        case,
        standing,
        kind.states[case.state].title.to(lang),
        kind.levels[case.level].title.to(lang) if case.level else "",
        events,
        clock_lines(standing, case, at),
        tuple(each.step for each in offered if each.is_open),
        tuple(_closed(each) for each in offered if not each.is_open),
        level_of(kind, standing.course.facts, standing.around),
        any(fact.is_hidden for line in events for fact in line.facts),
    )


def _offered(standing: Standing, case: Case, user: Any, at: datetime) -> Sequence[OpenStep]:
    """The steps from here, without those that only the platform or another case takes."""
    if not accounts.may(user, "cases.act"):
        return ()
    who = to_domain.person_of(user, standing.pack, case.unit_id)
    steps = open_steps(standing.course, who, at, standing.around)
    own = {"platform", "case"}
    return [each for each in steps if not {sel.word for sel in each.step.by} <= own]


def _closed(each: OpenStep) -> ClosedStep:
    told = (say(problem.code, dict(problem.facts), language()) for problem in each.problems)
    return ClosedStep(each.step.title.to(language()), tuple(told))


def _pairs(kind: CaseKind, rows: Sequence[CaseEvent]) -> Iterator[tuple[Fact, FactValue]]:
    for row in rows:
        if row.sort == EventSort.STEP:
            for name, value in happened_of(row, row.seq).facts.items():
                yield kind.facts[name], value


def _people(rows: Sequence[CaseEvent]) -> Iterator[int | None]:
    """Whoever acted, and whoever took a case over."""
    for row in rows:
        yield row.actor_id
        if row.sort == EventSort.HAND_OVER:
            yield told_in(row)["to"]


def _lines(
    kind: CaseKind, rows: Sequence[CaseEvent], names: Names, *, reveals: bool
) -> Iterator[EventLine]:
    lang = language()
    for row in rows:
        told = told_in(row)
        who = names.people.get(str(row.actor_id or ""), "")
        if "public" in told.get("roles", ()):
            who = _("公众")
        if row.sort == EventSort.HAND_OVER:
            facts = (FactLine(str(row.get_sort_display()), names.people.get(str(told["to"]), "")),)
            yield EventLine(
                row.seq, str(row.get_sort_display()), row.at, who, facts,
                told["reason"] if row.actor_id else _("原承办人已不能办理，按顺序移交。"), "", "",
                row.hash,
            )  # fmt: skip
            continue
        step = kind.steps[row.step]
        happened = happened_of(row, row.seq)
        yield EventLine(
            row.seq,
            step.title.to(lang),
            row.at,
            who,
            tuple(
                names.line(kind.facts[name], happened.facts[name], reveals=reveals)
                for name in step.asks
                if name in happened.facts
            ),
            happened.reason,
            kind.levels[happened.level].title.to(lang) if happened.level else "",
            kind.states[step.target].title.to(lang) if step.target else "",
            row.hash,
            step.cites,
        )
