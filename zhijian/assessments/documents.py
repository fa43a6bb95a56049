"""Results as programs read them: the command line and the API give the same keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhijian.assessments.awaited import awaited_in
from zhijian.assessments.judging import Judged
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words, listed
from zhijian.foundation.wording import catalogue, say


def result_document(judged: Judged, language: str) -> dict[str, Any]:
    """Return the result of one unit with its working-out; numbers are exact text.

    ``amount`` is nothing while somebody still has to type a part of it; ``settled_amount`` holds
    the others, ``open_amounts`` says which part and within which limits.
    """
    awaited = awaited_in(judged.proposals)
    return {
        "unit": judged.unit,
        "status": judged.status,
        "score": judged.score,
        "grade": judged.grade or None,
        "amount": None if awaited else judged.yuan,
        "settled_amount": judged.yuan,
        "open_amounts": awaited,
        "components": judged.components,
        "working": judged.working,
        "grading": judged.grading,
        "outcomes": outcome_documents(judged.proposals),
        "unconfirmed": judged.unconfirmed,
        "missing": missing_documents(judged.missing, language),
    }


def outcome_documents(proposals: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what follows from a result; ``yuan`` is nothing where somebody types the amount."""
    found = list(proposals)
    left_open = {each["rule"] for each in awaited_in(found)}
    return [{**each, "yuan": None} if each["rule"] in left_open else {**each} for each in found]


def missing_documents(gaps: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return what a unit lacks, each with its words."""
    return [{**gap, "message": missing_in_words(gap, language)} for gap in gaps]


def missing_in_words(gap: Mapping[str, Any], language: str) -> str:
    """Say what a unit lacks."""
    code = f"assess.reason.{gap['reason']}"
    known = code if code in catalogue() else "assess.reason.input_missing"
    title = (gap["title_en"] if language.startswith("en") else "") or gap["title"] or gap["line"]
    facts = {**gap["given"], "title": title, "line": gap["line"].removeprefix("unit.")}
    return say(known, facts, language)


def notices(
    pack: Pack, unconfirmed: Iterable[str], overdue: Iterable[str] = ()
) -> Iterator[Problem]:
    """Yield what a reader of results must know of their law: proposed values, drafts, trials."""
    for code, found in (("assess.unconfirmed", unconfirmed), ("assess.review_overdue", overdue)):
        names = list(found)
        if names:
            titles = listed(_title(pack, name) for name in names)
            yield Problem.at(pack.id, code, titles=titles, names=" ".join(names))
    if pack.header.is_draft:
        yield Problem.at(pack.id, "assess.draft", version=pack.header.version)
    if pack.header.trial:
        yield Problem.at(pack.id, "assess.trial")


def told(problems: Iterable[Problem], language: str) -> list[dict[str, str]]:
    """Return problems for programs, in words."""
    return [
        {
            "code": each.code,
            "where": each.where,
            "message": say(each.code, dict(each.facts), language),
        }
        for each in problems
    ]


def _title(pack: Pack, name: str) -> Words:
    own = name.partition(".")[0]
    if own not in pack.parameters:
        return Words(name)
    title = pack.parameters[own].title
    return Words(f"{title.zh}({name})", f"{title.to('en')} ({name})")
