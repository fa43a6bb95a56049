"""From the id of a figure on a paper to the rows it was made from."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.foundation.language import language
from zhijian.reports import queries, rows
from zhijian.reports.papers.assessment import figures_of
from zhijian.reports.papers.speech import Speech
from zhijian.reports.services.reporting import content, in_language
from zhijian.reports.views.addresses import figure_url
from zhijian.reports.views.reports import report_or_404

_KEY = re.compile(r"F(\d{1,9})-\d{1,3}-\d{1,4}")
_PER_PAGE = 50


@require_safe
@requires("reports.view")
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Show a figure as a table, and below it every row behind it."""
    read = _KEY.fullmatch(key)
    if read is None or not queries.sees_everything(request.user):
        raise Http404
    report = report_or_404(request.user, int(read[1]))
    data = in_language(report, content(report, figure_url(request)), language())
    block = _block(data, key)
    records = rows.records_behind(report.assessment, data, block)
    context = {
        "report": report,
        "figure": block,
        "table": rows.as_table(block, Speech.of(data)),
        "sheets": rows.sheets_behind(data, block),
        "kind": records.kind if records else None,
        "headings": records.headings if records else (),
        "page_obj": Paginator(records, _PER_PAGE).get_page(request.GET.get("page"))
        if records
        else None,
    }
    return render(request, "reports/figure.html", context)


def _block(data: dict[str, Any], key: str) -> dict[str, Any]:
    for block in figures_of(data):
        if block["id"] == key:
            return block
    raise Http404
