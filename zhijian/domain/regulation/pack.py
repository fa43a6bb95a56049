"""A whole regulation as typed data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.dates.period import Period
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.outcomes.budget import Budget
from zhijian.domain.outcomes.outcome import OutcomePlan
from zhijian.domain.outcomes.personal import PersonalPlan
from zhijian.domain.policy.article import Article
from zhijian.domain.policy.header import BLOCKS, Header
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import Raw
from zhijian.domain.policy.term import Term
from zhijian.domain.policy.values import ParameterValue
from zhijian.domain.problems import Problem
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.reports.outline import Outline
from zhijian.domain.scoring.grade import Grading
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.words import Titles, Words


@dataclass(frozen=True, slots=True)
class Pack:
    """A regulation: articles, parameters, records, schemes, outcomes, limits, reports, cases.

    ``examples`` stay raw: they are run, not used. ``idle`` tells of lines, parameters and
    values on which nothing rests: a pack that is in use goes on with them, a new one may not have
    any.
    """

    header: Header
    articles: tuple[Article, ...]
    parameters: Mapping[str, Parameter]
    kinds: Mapping[str, RecordKind]
    schemes: Mapping[str, Scheme]
    outcomes: Mapping[str, OutcomePlan]
    budgets: Mapping[str, Budget]
    limits: Mapping[str, LimitRule]
    outlines: Mapping[str, Outline]
    examples: tuple[Raw, ...] = field(default=(), compare=False)
    idle: tuple[Problem, ...] = field(default=(), compare=False)
    cases: Mapping[str, CaseKind] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    personal: Mapping[str, PersonalPlan] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name by which the pack is known."""
        return self.header.id

    def law(
        self,
        day: date,
        confirmed: frozenset[str] = frozenset(),
        replaced: Mapping[str, ParameterValue] | None = None,
    ) -> Law:
        """The parameters as they apply on ``day``."""
        return Law(day, self.parameters, confirmed, replaced or {})

    def law_day(self, period: Period) -> date:
        """The day whose law governs a period."""
        return period.last if self.header.law_day == "last_day" else period.first

    def absence(self) -> Mapping[str, str]:
        """What it means, for each kind, that a unit has no record of it."""
        return {kind.id: kind.absence for kind in self.kinds.values()}

    def scheme(self, name: str = "") -> Scheme:
        """One scheme, or the only one."""
        return self.schemes[name] if name else next(iter(self.schemes.values()))

    def outcome_of(self, scheme: str) -> OutcomePlan | None:
        """What follows from the results of a scheme, if anything does."""
        return next((plan for plan in self.outcomes.values() if plan.scheme == scheme), None)

    def article(self, number: str) -> Article | None:
        """One article by its number."""
        return next((each for each in self.articles if each.number == number), None)

    def stored_words(self) -> Titles:
        """How people read the words that are stored: grades, levels, and options of whatever.

        A word that stands for two things is told as a grade before anything else.
        """
        holders: list[Titles] = [each.titles for each in self._gradings()]
        holders += [field.options for kind in self.kinds.values() for field in kind.fields]
        for case in self.cases.values():
            holders += [fact.field.options for fact in case.facts.values()]
            holders.append({level.id: level.title for level in case.levels.values()})
            holders.append({rule.fault.zh: rule.fault for rule in case.consequences})
        holders += [each.options for each in self.header.attributes]
        holders += [each.options for each in self.parameters.values()]
        found: dict[str, Words] = {}
        for titles in holders:
            for word, words in titles.items():
                if word not in found or (words.en and not found[word].en):
                    found[word] = words
        return found

    def _gradings(self) -> Iterator[Grading]:
        return (each.grading for each in self.schemes.values() if each.grading)

    def blocks(self) -> Mapping[str, tuple[str, ...]]:
        """The seven blocks with the articles that fill each; an empty one is said (POL-02)."""
        return {
            block: tuple(each.number for each in self.articles if each.block == block)
            for block in BLOCKS
        }
