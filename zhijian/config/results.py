"""Results for people and programs: text, JSON, workbook, paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhijian.assessments.documents import missing_in_words, result_document
from zhijian.assessments.judging import LEAST_PLACES, as_judged
from zhijian.config.assessing import Answer
from zhijian.config.telling import as_data, table
from zhijian.domain.exact import plain
from zhijian.domain.regulation.assess import Result
from zhijian.domain.regulation.wording import english_of
from zhijian.domain.words import Words
from zhijian.reports.papers import amounts
from zhijian.reports.papers.shape import shape_of
from zhijian.reports.papers.speech import Speech

STATUS = {
    "assessed": Words("已考核", "assessed"),
    "not_assessed": Words("未考核", "not assessed"),
    "blocked": Words("不能计算", "blocked"),
}
_HEADS = {
    "unit": Words("单位", "Unit"),
    "status": Words("状态", "Status"),
    "score": Words("得分", "Score"),
    "grade": Words("等次", "Grade"),
    "amount": Words("金额(元)", "Amount (yuan)"),
    "missing": Words("缺少什么", "What is missing"),
}


def as_document(found: Answer, language: str = "zh") -> dict[str, Any]:
    """Return the answer for programs; the keys of the contract first."""
    pack, period = found.question.pack, found.question.period
    return {
        "pack": {
            "id": pack.id,
            "version": pack.header.version,
            "digest": found.question.digest,
            "title": pack.header.title.to(language),
            "trial": pack.header.trial,
        },
        "period": period.id,
        "period_title": period.title(language),
        "scheme": found.scheme.id,
        "shape": shape_of(found.scheme),
        "results": [result_document(each, language) for each in found.judged],
        "problems": as_data(found.problems, language),
        "notices": as_data(found.notices, language),
        "unconfirmed": sorted({name for each in found.judged for name in each.unconfirmed}),
    }


def lines(found: Answer, language: str) -> Iterator[str]:
    """Yield the answer as text: what was assessed, then one line for each unit."""
    pack, question = found.question.pack, found.question
    yield f"{pack.header.title.to(language)} {pack.header.version} [{question.digest[:12]}]"
    yield f"{found.scheme.title.to(language)} · {question.period.title(language)}"
    heads = ("unit", "status", "score", "grade", "amount", "missing")
    rows = [[_HEADS[name].to(language) for name in heads]]
    titles = found.scheme.grading.titles if found.scheme.grading else {}
    speech = Speech(language, {})
    for each, stored in zip(found.results, found.judged, strict=True):
        sheet = each.sheet
        grade = sheet.grade or "" if each.status == "assessed" else ""
        score = None if sheet.score is None else plain(sheet.score, LEAST_PLACES)
        amount = amounts.in_cell(result_document(stored, language), speech)[0]
        rows.append(
            [
                sheet.unit,
                STATUS[each.status].to(language),
                score or "—",
                (titles[grade].to(language) if grade in titles else grade) or "—",
                amount,
                _lacking(each, language) if is_lacking(each) else "",
            ]
        )
    yield from table(rows, right=frozenset({2, 4}))


def is_lacking(result: Result) -> bool:
    """Whether a reader must be told what is missing: the result, or the amount of a consequence."""
    return result.status != "assessed" or any(each.is_open for each in result.proposals)


def _lacking(result: Result, language: str) -> str:
    told = (missing_in_words(gap, language) for gap in as_judged(result).missing)
    return "; ".join(dict.fromkeys(told))


def spoken(document: Mapping[str, Any], found: Answer, language: str) -> dict[str, Any]:
    """Return the answer with what a paper needs to speak a language."""
    words = english_of(found.question.pack) if language.startswith("en") else {}
    return {**document, "language": language, "words": words}


def write_all(found: Answer, folder: Path, language: str) -> list[Path]:
    """Write ``results.json``, ``results.xlsx`` and ``report.pdf`` into a folder."""
    # Loaded here: the typesetter is large, and most answers are only printed.
    from zhijian.config.results_book import results_book
    from zhijian.reports.papers import assessment

    document = as_document(found, language)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False) + "\n"
    contents = {
        "results.json": text.encode(),
        "results.xlsx": results_book(found, document, language),
        "report.pdf": assessment.render(spoken(document, found, language)),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]
