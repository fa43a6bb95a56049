"""What the domain cannot know of what is entered: whether people, units and files exist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.cases.models import CaseEvidence
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services.asked import Taking
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.problems import Problem
from zhijian.organizations import queries as organizations

EVIDENCE_LIMIT = 30
_FIGURES = 18


def check_may_act(actor: Any) -> None:
    """Refuse who has no part in cases at all; the rest is for the regulation to say."""
    if not accounts.may(actor, "cases.act"):
        raise CaseRefused("cases.may_not_act")


def unknown_names(kind: CaseKind, taking: Taking, evidence: Collection[str]) -> Iterator[Problem]:
    """Yield each fact that names a person, a unit or a file that is not there."""
    known: dict[str, Callable[[str], bool]] = {
        "person": _is_person,
        "unit": _is_unit,
    }
    uploaded = {each.digest for each in taking.uploads}
    for name, value in taking.entered.items():
        fact = kind.facts.get(name)
        if fact is None or value in (None, "", ()):
            continue
        if fact.type in known and not known[fact.type](str(value).strip()):
            yield Problem.at(name, f"cases.unknown_{fact.type}", field=fact.title)
        if fact.type == "file":
            digests = value if isinstance(value, tuple) else (str(value),)
            if not set(digests) <= uploaded | set(evidence):
                yield Problem.at(name, "cases.unknown_file", field=fact.title)


def too_many(taking: Taking, evidence: Collection[str]) -> Iterator[Problem]:
    """Yield a problem where a case would hold more evidence than it may."""
    count = len(set(evidence) | {each.digest for each in taking.uploads})
    if count > EVIDENCE_LIMIT:
        place = taking.uploads[-1].fact if taking.uploads else taking.step
        yield Problem.at(place, "cases.too_much_evidence", limit=EVIDENCE_LIMIT, count=count)


def evidence_of(case_id: int | None) -> frozenset[str]:
    """Return the digests of the evidence of a case."""
    if case_id is None:
        return frozenset()
    return frozenset(CaseEvidence.objects.filter(case_id=case_id).values_list("digest", flat=True))


def id_of(text: object) -> int | None:
    """Return the id that was entered, if it can be one."""
    told = str(text).strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _FIGURES else None


def _is_person(text: str) -> bool:
    found = id_of(text)
    person = accounts.person(found) if found is not None else None
    return person is not None and person.is_active


def _is_unit(text: str) -> bool:
    found = id_of(text)
    return found is not None and bool(organizations.units_by_id([found]))
