"""A regulation as one readable document made from its data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from zhijian.domain.outcomes.outcome import OutcomePlan
from zhijian.domain.policy.article import Article
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.scheme import Scheme
from zhijian.packs.printing.naming import Namer
from zhijian.packs.queries.coverage import carried_out_by
from zhijian.packs.queries.laws import Decision
from zhijian.packs.showing.cases import ShownCase, shown_cases
from zhijian.packs.showing.glossary import ShownPiece, ShownTerm, pieces_of, shown_terms
from zhijian.packs.showing.grades import ShownGrade, grades_of
from zhijian.packs.showing.rules import (
    ShownLimit,
    ShownLine,
    ShownRule,
    shown_limit,
    shown_lines,
    shown_rules,
    shown_vetoes,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A part of the document that carries an article out."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article with the rules, records and values that cite it."""

    article: Article
    anchor: str
    links: tuple[Link, ...]
    text: tuple[ShownPiece, ...]


@dataclass(frozen=True, slots=True)
class ShownParameter:
    """A value with its history and what was decided about it."""

    parameter: Parameter
    is_proposed: bool
    is_overdue: bool
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class ShownScheme:
    """A scheme with its lines, grades and consequences in words."""

    scheme: Scheme
    lines: tuple[ShownLine, ...]
    grades: tuple[ShownGrade, ...]
    vetoes: tuple[ShownRule, ...]
    plan: OutcomePlan | None
    plan_lines: tuple[ShownLine, ...]
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything the page shows, in the order of the page."""

    pack: Pack
    terms: tuple[ShownTerm, ...]
    articles: tuple[ShownArticle, ...]
    parameters: tuple[ShownParameter, ...]
    schemes: tuple[ShownScheme, ...]
    limits: tuple[ShownLimit, ...]
    cases: tuple[ShownCase, ...]
    titles: Mapping[str, str]

    @property
    def kinds(self) -> tuple[RecordKind, ...]:
        """The kinds of records."""
        return tuple(self.pack.kinds.values())


def document_of(
    pack: Pack, decisions: tuple[Decision, ...], today: date, language: str
) -> Document:
    """Return the document; ``decisions`` are about its proposed values, the newest first."""
    decided: dict[str, Decision] = {}
    for each in decisions:
        decided.setdefault(each.parameter, each)
    links = _links_by_article(pack, language)
    namer = Namer.of(pack, language)
    terms = shown_terms(pack, namer)
    return Document(
        pack=pack,
        terms=terms,
        articles=tuple(
            ShownArticle(
                article,
                f"article-{place}",
                tuple(links.get(article.number, ())),
                pieces_of(article.text.to(language), pack, terms, language),
            )
            for place, article in enumerate(pack.articles, start=1)
        ),
        parameters=tuple(
            _parameter(each, decided.get(each.id), today) for each in pack.parameters.values()
        ),
        schemes=tuple(_scheme(pack, scheme, namer) for scheme in pack.schemes.values()),
        limits=tuple(shown_limit(rule, namer) for rule in pack.limits.values()),
        cases=shown_cases(pack, language),
        titles=titles_of(pack, language),
    )


def _scheme(pack: Pack, scheme: Scheme, namer: Namer) -> ShownScheme:
    plan = pack.outcome_of(scheme.id)
    return ShownScheme(
        scheme=scheme,
        lines=shown_lines(scheme.lines, namer),
        grades=grades_of(scheme),
        vetoes=shown_vetoes(scheme, namer),
        plan=plan,
        plan_lines=shown_lines(plan.lines, namer) if plan else (),
        rules=shown_rules(plan, namer) if plan else (),
    )


def titles_of(pack: Pack, language: str) -> dict[str, str]:
    """Return what people call the lines, kinds and fields that values may name."""
    found = {word: words.to(language) for word, words in pack.stored_words().items()}
    for kind in pack.kinds.values():
        found |= {field.id: field.title.to(language) for field in kind.fields}
        found[kind.id] = kind.title.to(language)
    for line in _lines(pack):
        found[line.id] = line.title.to(language)
    return found


def _parameter(parameter: Parameter, decision: Decision | None, today: date) -> ShownParameter:
    return ShownParameter(
        parameter,
        any(entry.proposed for entry in parameter.entries),
        today > parameter.verified_until,
        decision,
    )


def _links_by_article(pack: Pack, language: str) -> Mapping[str, list[Link]]:
    numbers = tuple(article.number for article in pack.articles)
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for clause, link in _cited(pack, language):
        number = carried_out_by(clause, numbers)
        if number and link not in found[number]:
            found[number].append(link)
    return found


def _cited(pack: Pack, language: str) -> Iterator[tuple[str, Link]]:
    for parameter in pack.parameters.values():
        link = Link(f"parameter-{parameter.id}", parameter.title.to(language))
        yield from ((entry.cites.clause, link) for entry in parameter.entries)
    for kind in pack.kinds.values():
        yield kind.cites, Link(f"record-{kind.id}", kind.title.to(language))
    for scheme in pack.schemes.values():
        link = Link(f"scheme-{scheme.id}", scheme.title.to(language))
        yield scheme.cites, link
        yield from ((line.cites, link) for line in scheme.lines)
        if scheme.grading:
            title = _("%(scheme)s：等次") % {"scheme": scheme.title.to(language)}
            yield scheme.grading.cites, Link(f"grades-{scheme.id}", title)
    yield from _consequences(pack, language)


def _consequences(pack: Pack, language: str) -> Iterator[tuple[str, Link]]:
    for plan in pack.outcomes.values():
        link = Link(f"outcome-{plan.id}", plan.title.to(language))
        clauses = (plan.cites, *(each.cites for each in (*plan.lines, *plan.rules)))
        yield from ((clause, link) for clause in clauses)
    for budget in pack.budgets.values():
        yield budget.cites, Link(f"budget-{budget.id}", budget.title.to(language))
    for personal in pack.personal.values():
        link = Link(f"personal-{personal.id}", personal.title.to(language))
        parts = (personal, *personal.measures.values(), *personal.grounds.values())
        yield from ((each.cites, link) for each in parts)
    for rule in pack.limits.values():
        yield rule.limit.cites, Link(f"limit-{rule.id}", rule.limit.title.to(language))
    for outline in pack.outlines.values():
        link = Link(f"report-{outline.id}", outline.title.to(language))
        yield from ((clause, link) for clause in (outline.cites, *(p.cites for p in outline.parts)))
    for case in pack.cases.values():
        link = Link(f"case-{case.id}", case.title.to(language))
        yield from ((clause, link) for clause in case.clauses)


def _lines(pack: Pack) -> Iterator[Line]:
    for scheme in pack.schemes.values():
        yield from scheme.lines
    for plan in pack.outcomes.values():
        yield from plan.lines
