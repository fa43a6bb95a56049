"""Everything a paper about an assessment is made from, as plain data that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhijian.assessments import queries as assessments
from zhijian.assessments.money import Money, as_document, totals
from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.reports.outline import Outline
from zhijian.packs import queries as packs
from zhijian.reports import counting
from zhijian.reports.papers.shape import shape_of

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment

_EARLIER = 7
_RECORDS = ("satisfaction", "complaints", "call_backs", "records")


def material(assessment: Assessment, outline_id: str = "") -> dict[str, Any]:
    """Return results, earlier results and counted records of an assessment."""
    pack = packs.typed(assessment.pack_version_id)
    outline = pack.outlines.get(outline_id)
    data = head(assessment, pack)
    found = assessments.results(assessment.pk)
    titles = _titles(pack, assessment.scheme)
    data["results"] = [_result(each, titles) for each in found]
    data["money"] = _totals(found)
    data["unconfirmed"] = sorted({name for each in found for name in each.unconfirmed})
    data["earlier"] = _earlier(assessment)
    if outline is not None:
        data["outline"] = _outline(outline)
        data["records"] = _records(assessment, pack, outline)
    return data


def head(assessment: Assessment, pack: Pack) -> dict[str, Any]:
    """Return which regulation, period and scheme it is about."""
    version = assessment.pack_version
    return {
        "pack": {
            "id": assessment.pack_id,
            "version": version.version,
            "digest": assessment.pack_digest or version.digest,
            "title": version.title,
            "trial": version.trial,
            "copyright": pack.header.copyright.zh,
            "prevailing": _prevailing(assessment),
        },
        "title": pack.schemes[assessment.scheme].title.zh,
        "period": assessment.period,
        "edition": assessment.edition,
        "shape": shape_of(pack.schemes[assessment.scheme]),
        "is_sample": assessment.is_sample,
    }


def _prevailing(assessment: Assessment) -> list[list[str]]:
    """The regulations that prevail over this one at the end of the period (POL-09)."""
    ref = packs.version_ref(assessment.pack_version_id)
    found = packs.overridden_by(ref, assessment.last) if ref else ()
    return [[each.ref.title_zh, each.ref.title_en] for each in found]


def result_of(sheet: Any, assessment: Assessment) -> dict[str, Any]:
    """Return one score sheet as plain data, with everything that follows from it."""
    titles = _titles(packs.typed(assessment.pack_version_id), assessment.scheme)
    left_open = {each["rule"]: each for each in sheet.awaited}
    return {
        "unit": sheet.unit_name,
        "status": sheet.status,
        "score": text(sheet.score),
        "grade": sheet.confirmed_grade or sheet.grade,
        **_money(assessments.money_of(sheet)),
        "components": _components(sheet.components, titles),
        "working": sheet.working,
        "grading": sheet.grading,
        "proposals": [{**each, "limits": left_open.get(each["rule"])} for each in sheet.proposals],
    }


def text(number: Decimal | None) -> str | None:
    """Write a stored number exactly, with at least two decimals."""
    if number is None:
        return None
    whole, _, decimals = f"{number:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _result(found: assessments.Result, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "unit": found.unit,
        "sheet_id": found.sheet_id,
        "status": found.status,
        "score": text(found.score),
        "grade": found.grade,
        **_money(found.money),
        "components": _components(found.components, titles),
        "working": found.working,
    }


def _money(told: Money) -> dict[str, Any]:
    """What a result comes to: known, still to be typed within limits, typed for a reason."""
    return {
        "amount": text(told.amount),
        "settled_amount": text(told.settled),
        "open_amounts": [as_document(each) for each in told.awaited],
        "typed_amounts": [
            {
                "title": each.title.zh,
                "code": each.code,
                "amount": text(each.amount),
                "reason": each.reason,
            }
            for each in told.typed
        ],
    }


def _totals(found: list[assessments.Result]) -> dict[str, Any]:
    told = totals(each.money for each in found)
    return {
        "rewards": text(told.rewards),
        "penalties": text(told.penalties),
        "is_booked": told.is_booked,
    }


def _components(components: Any, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{**each, "title": titles.get(each["id"], each["id"])} for each in components]


def _titles(pack: Pack, scheme: str) -> dict[str, str]:
    return {line.id: line.title.zh for line in pack.schemes[scheme].lines}


def _earlier(assessment: Assessment) -> list[dict[str, Any]]:
    rows = assessments.final_assessments(assessment.pack_id, assessment.scheme)
    former = reversed(rows.filter(last__lt=assessment.first)[:_EARLIER])
    return [
        {
            "period": each.period,
            "scores": {
                unit: text(score)
                for unit, score in each.sheets.filter(is_current=True).values_list(
                    "unit_name", "score"
                )
            },
        }
        for each in former
    ]


def _outline(outline: Outline) -> dict[str, Any]:
    return {
        "id": outline.id,
        "title": outline.title.zh,
        "parts": [
            {
                "id": part.id,
                "title": part.title.zh,
                "cites": part.cites,
                "written_by": part.written_by,
                "figures": [
                    {
                        "show": figure.show,
                        "title": figure.title.zh,
                        "kind": figure.kind,
                        "by": figure.by,
                    }
                    for figure in part.figures
                ],
            }
            for part in outline.parts
        ],
    }


def _records(assessment: Assessment, pack: Pack, outline: Outline) -> dict[str, Any]:
    period = Period.parse(assessment.period)
    wanted = {
        figure.kind: figure
        for part in outline.parts
        for figure in part.figures
        if figure.show in _RECORDS and figure.kind in pack.kinds
    }
    return {
        kind: counting.of_kind(assessment.pack_id, period, pack.kinds[kind], figure.by)
        for kind, figure in wanted.items()
    }
