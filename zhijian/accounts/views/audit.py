"""Pages of the audit trail. Nothing here writes to it but the note that it was exported."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.accounts import forms
from zhijian.accounts.access import requires
from zhijian.foundation.audit import queries
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.queries import Entry, Filter
from zhijian.foundation.audit.services import record
from zhijian.foundation.language import language
from zhijian.foundation.lists import CSV, Column, List, csv_lines
from zhijian.foundation.wording import say

_PER_PAGE = 50
_COLUMNS = Entry.__slots__


@require_safe
@requires("audit.view")
def audit(request: HttpRequest) -> HttpResponse:
    """List the entries that match, latest first."""
    form = forms.AuditFilter(request.GET or None)
    page = Paginator(queries.find(_wanted(form)), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/audit.html", {"form": form, "page_obj": page})


@require_safe
@requires("audit.view")
def verify(request: HttpRequest) -> HttpResponse:
    """Redo every digest and say whether the trail is sound."""
    report = queries.verify_chain()
    facts = {"number": report.broken_at}
    words = "" if report.is_sound else say(report.reason, facts, language())
    return render(request, "accounts/audit_verified.html", {"report": report, "words": words})


@require_safe
@requires("audit.view")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send the entries that match as CSV; the export itself goes on record first."""
    wanted = _wanted(forms.AuditFilter(request.GET or None))
    record(
        actor=request.user,
        action="audit.export",
        subject=Subject("audit", "export"),
        after={"filter": request.GET.urlencode()},
    )
    listed = List("audit", [Column(name) for name in _COLUMNS], _rows(wanted))
    answer = StreamingHttpResponse(csv_lines(listed), content_type=CSV)
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def _rows(wanted: Filter) -> Iterator[list[str]]:
    for row in queries.find(wanted).iterator(chunk_size=2000):
        entry = queries.as_entry(row)
        yield [_cell(getattr(entry, name)) for name in _COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "" if value is None else str(value)


def _wanted(form: forms.AuditFilter) -> Filter:
    return Filter(**form.cleaned_data) if form.is_valid() else Filter()
