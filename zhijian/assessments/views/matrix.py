"""The page of an assessment: where it stands, the matrix, and the matrix as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import matrix_page, money, queries
from zhijian.assessments.bench_of import period_of
from zhijian.assessments.exports import matrix_list
from zhijian.assessments.models import FINAL, Assessment, State
from zhijian.assessments.services import approving, cancelling, correcting
from zhijian.assessments.views.asking import assessment_or_404
from zhijian.assessments.words import period_title
from zhijian.domain.scoring.scheme import Scheme
from zhijian.foundation.charts import Bars, Series
from zhijian.foundation.jobs import queries as jobs
from zhijian.foundation.language import language
from zhijian.foundation.lists import as_file
from zhijian.intake import given
from zhijian.intake.book import Book
from zhijian.packs import queries as packs

_PER_PAGE = 50


@require_safe
@requires("assessments.view")
def matrix(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show an assessment: state, what hinders it, figures, and the matrix page by page."""
    assessment = assessment_or_404(request, assessment_id)
    pack = packs.typed_of(assessment.pack_version)
    scheme = pack.schemes[assessment.scheme]
    seen = queries.sheets_seen(request.user, assessment)
    chosen = _chosen(request, scheme)
    summary = queries.summary(seen, assessment)
    pages = Paginator(matrix_page.filtered(seen, **chosen), _PER_PAGE)
    if not chosen["text"] and not chosen["grade"]:
        pages.count = summary.units
    page = pages.get_page(request.GET.get("page"))
    context = {
        "assessment": assessment,
        "title": period_title(assessment.period, language()),
        "pack": pack,
        "scheme": scheme,
        "components": [scheme.line(name).title.to(language()) for name in scheme.components],
        "page_obj": page,
        "lines": matrix_page.lines(scheme, page, money.of_sheets(assessment, list(page))),
        "chosen": chosen,
        "grades": scheme.grading.order if scheme.grading else (),
        "summary": summary,
        "chart": _chart(summary.grades, scheme, assessment),
        "hindrances": _hindrances(request, assessment),
        "moved_on": _moved_on(request, assessment),
        "not_assessed": approving.not_assessed(assessment)
        if assessment.state == State.IN_REVIEW and queries.sees_every_unit(request.user)
        else [],
        "job": jobs.job(assessment.job_id) if assessment.job_id else None,
        "rights": _rights(request.user),
        "may_reopen": accounts.may(request.user, "assessments.approve")
        and correcting.hindrance(request.user, assessment) is None,  # type: ignore[arg-type]
        "may_cancel": accounts.may(request.user, "assessments.approve")
        and cancelling.hindrance(assessment) is None,
        # Papers about all units are for those who may see all of them.
        "whole_papers": accounts.units_allowed(request.user, "reports.view") is accounts.ALL,
        "has_money": assessment.scheme in {plan.scheme for plan in pack.outcomes.values()},
    }
    template = "assessments/_matrix.html" if request.htmx else "assessments/matrix.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _chosen(request: HttpRequest, scheme: Scheme) -> dict[str, str]:
    usual = matrix_page.usual_sort(scheme)
    sort = request.GET.get("sort", usual)
    return {
        "text": request.GET.get("q", "").strip()[:100],
        "grade": request.GET.get("grade", "")[:60],
        "sort": sort if sort in matrix_page.SORTS else usual,
    }


def _hindrances(request: HttpRequest, assessment: Assessment) -> list[str]:
    if assessment.state not in (State.COMPUTED, State.IN_REVIEW):
        return []
    if not queries.sees_every_unit(request.user):
        return []
    return [refusal.words(language()) for refusal in approving.hindrances(assessment)]


def _moved_on(request: HttpRequest, assessment: Assessment) -> list[given.Waiting]:
    """The cases in which something happened after the result that stands was decided."""
    if assessment.state not in FINAL or assessment.was_reopened:
        return []
    book = Book(packs.typed_of(assessment.pack_version), period_of(assessment))
    seen = accounts.units_allowed(request.user, "assessments.view")
    return given.waiting_in(request.user, book, None if seen is accounts.ALL else seen)


def _rights(user: Any) -> dict[str, bool]:
    names = ("compute", "approve", "publish", "decide_objection", "object")
    return {name: accounts.may(user, f"assessments.{name}") for name in names}


def _chart(grades: Any, scheme: Any, assessment: Assessment) -> Bars | None:
    if not grades or scheme.grading is None:
        return None
    order = scheme.grading.order
    return Bars(
        title=_("等次分布"),
        categories=tuple(packs.stored_word(assessment, grade, language()) for grade in order),
        series=(Series(_("单位数"), tuple(grades.get(grade, 0) for grade in order)),),
        unit=_("个"),
        links=tuple(f"?grade={quote(grade)}" for grade in order),
    )


@require_safe
@requires("assessments.view")
def export(request: HttpRequest, assessment_id: int, form: str) -> HttpResponse:
    """Send exactly the rows that the page shows, all pages of them."""
    assessment = assessment_or_404(request, assessment_id)
    pack = packs.typed_of(assessment.pack_version)
    scheme = pack.schemes[assessment.scheme]
    rows = matrix_page.filtered(
        queries.sheets_seen(request.user, assessment), **_chosen(request, scheme)
    )
    sheets = list(rows)
    lines = matrix_page.lines(scheme, sheets, money.of_sheets(assessment, sheets))
    name = f"{assessment.pack_id}-{assessment.period}"
    words, under = packs.english_words(assessment, language()), pack.header.named(language())
    return as_file(matrix_list(scheme, lines, words, under), name, form)
