"""The score sheet of a unit, its lines, and what would change the grade."""

from __future__ import annotations

from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import drilling, editions, queries, sheet_page
from zhijian.assessments.impacts import impact_of
from zhijian.assessments.models import ScoreSheet, State
from zhijian.assessments.services.objecting import line_of
from zhijian.assessments.views.asking import sheet_or_404
from zhijian.assessments.words import missing_words, period_title
from zhijian.assessments.workings import workings
from zhijian.domain.money import capitals
from zhijian.foundation.charts import Lines, Series
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.packs import queries as packs

_PER_PAGE = 50


@require_safe
@requires("assessments.view")
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Show a score sheet as a working-out that can be redone by hand."""
    found = sheet_or_404(request, sheet_id)
    assessment = found.assessment
    pack = packs.typed_of(assessment.pack_version)
    scheme = pack.schemes[assessment.scheme]
    score, grading, *consequences = _rows_of(found)
    earlier = queries.earlier_results(found)
    told = queries.money_of(found)
    objections = queries.objections_seen(request.user, assessment).filter(
        sheet__unit_id=found.unit_id
    )
    context = {
        "sheet": found,
        "assessment": assessment,
        "pack": pack,
        "title": period_title(assessment.period, language()),
        "score_rows": score,
        "grading_rows": grading,
        "money": list(zip(found.proposals, consequences, strict=False)),
        "has_capitals": language() == "zh",
        "components": [
            (
                scheme.line(each["id"]).title.to(language()),
                None if each["score"] is None else Decimal(each["score"]),
                each["weight"],
            )
            for each in found.components
        ],
        "missing": missing_words(found.missing, language()),
        "unconfirmed": [pack.parameters[name].title.to(language()) for name in found.unconfirmed],
        "money_of": told,
        "capitals": capitals(told.amount) if told.amount is not None else "",
        "earlier": earlier,
        "chart": _trend(found, earlier),
        "revisions": found.assessment.sheets.filter(unit_id=found.unit_id)
        .defer("working", "grading", "proposals")
        .order_by("-revision"),
        "objections": objections,
        "own_objections": {each.pk for each in objections},
        "may_object": accounts.may(request.user, "assessments.object", found.unit_id)
        and found.is_current
        and assessment.state in (State.COMPUTED, State.IN_REVIEW),
        "may_confirm": bool(scheme.grading and scheme.grading.needs_person)
        and accounts.may(request.user, "assessments.approve")
        and assessment.state in (State.COMPUTED, State.IN_REVIEW)
        and found.is_current,
        "needs_person": bool(scheme.grading and scheme.grading.needs_person),
        **_other_edition(found),
    }
    return render(request, "assessments/sheet.html", context)


def _other_edition(found: ScoreSheet) -> dict[str, ScoreSheet | None]:
    """The sheet of the same unit that corrects this one, and the one that it corrects."""
    of = found.assessment
    return {
        "corrected": editions.same_unit(found, of.correction) if of.was_reopened else None,
        "former": editions.same_unit(found, of.corrects) if of.corrects else None,
    }


def _rows_of(found: ScoreSheet) -> list[list[sheet_page.Row]]:
    roots = workings(found)
    seen: set[str] = set()
    reader = _reader(found)
    rows = [sheet_page.rows(root, reader, seen) for root in roots]
    return rows if found.grading else [rows[0], [], *rows[1:]]


def _reader(found: ScoreSheet) -> sheet_page.Reader:
    return sheet_page.Reader(language(), packs.english_words(found.assessment, language()))


def _trend(found: ScoreSheet, earlier: list[queries.Earlier]) -> Lines | None:
    points = [(each.period, each.score) for each in earlier]
    points.append((found.assessment.period, found.score))
    if len(points) < 2:
        return None
    return Lines(
        title=_("历期得分"),
        categories=tuple(period for period, _score in points),
        series=(Series(found.unit_name, tuple(_number(score) for _period, score in points)),),
        unit=_("分"),
    )


def _number(score: Decimal | None) -> float | None:
    return None if score is None else float(score)


@require_safe
@requires("assessments.view")
def impact(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Say what would change the grade; fetched when the sheet is already on the screen."""
    found = sheet_or_404(request, sheet_id)
    context = {"sheet": found, "impact": impact_of(found, language())}
    return render(request, "assessments/_impact.html", context)


@require_safe
@requires("assessments.view")
def line(request: HttpRequest, sheet_id: int, line: str) -> HttpResponse:
    """Show the records behind one line of a score sheet."""
    found = sheet_or_404(request, sheet_id)
    try:
        step = line_of(found, line)
    except Refusal as refusal:
        raise Http404 from refusal
    measured = drilling.records_behind(found, step)
    page = Paginator(measured, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": found,
        "assessment": found.assessment,
        "title": period_title(found.assessment.period, language()),
        "step": step,
        "line_title": packs.stored_word(found.assessment, step.title.to(language()), language()),
        "rows": sheet_page.rows(step, _reader(found)),
        "headings": measured.headings,
        "page_obj": page,
        "lines": drilling.traced(request.user, page),
        "from_cases": bool(measured.kind and measured.kind.sources),
        "may_object": accounts.may(request.user, "assessments.object", found.unit_id)
        and found.is_current
        and found.assessment.state in (State.COMPUTED, State.IN_REVIEW),
    }
    return render(request, "assessments/line.html", context)
