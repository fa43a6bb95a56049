"""Workbooks in: template, upload, preview, taking, undoing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.foundation.attachments import XLSX, attachment
from zhijian.foundation.jobs import queries as jobs
from zhijian.foundation.jobs.services import enqueue
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.foundation.wording import say
from zhijian.intake import jobs as tasks
from zhijian.intake import queries, services
from zhijian.intake.book import Book
from zhijian.intake.forms import UploadForm
from zhijian.intake.listing import shown
from zhijian.intake.models import BatchState, ImportBatch, Verdict
from zhijian.intake.reading import marked_workbook
from zhijian.intake.services import book_of_batch
from zhijian.intake.views.books import frame
from zhijian.intake.views.opening import book_or_404, day_words, seen_units
from zhijian.intake.workbooks.package import Refused
from zhijian.intake.workbooks.template import write_template
from zhijian.packs import queries as packs

_PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires("records.import")
def imports(request: HttpRequest, pack_id: str, period: str) -> HttpResponse:
    """Offer the template, take a workbook, list what was imported."""
    book = book_or_404(pack_id, period)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _upload(request, form, book)
        if batch is not None:
            return redirect("intake:batch", batch_id=batch.pk)
    rows = queries.batches(book)
    if seen_units(request.user, "records.import") is not None:
        rows = rows.filter(author=request.user)
    context = {
        **frame(request, book),
        "form": form,
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "intake/imports.html", context, status=422 if form.errors else 200)


def _upload(request: HttpRequest, form: UploadForm, book: Book) -> ImportBatch | None:
    upload = form.cleaned_data["workbook"]
    if not upload:
        form.add_error("workbook", say("intake.file_missing", {}, language()))
        return None
    with refusal_in(form, "workbook"), transaction.atomic():
        batch = services.upload_workbook(actor=request.user, book=book, upload=upload)
        title = _("读取 %(name)s") % {"name": batch.file_name}
        job_id = enqueue(
            task=tasks.stage, arguments={"batch_id": batch.pk}, owner=request.user,
            title=title, key=f"intake.stage:{batch.pk}",
        )  # fmt: skip
        services.note_job(batch_id=batch.pk, job_id=job_id)
        return batch
    return None


@require_safe
@requires("records.view")
def template(request: HttpRequest, pack_id: str, period: str) -> HttpResponse:
    """Give the empty workbook of the pack for the period."""
    book = book_or_404(pack_id, period)
    version = packs.pack_in_force(pack_id, book.period.last)
    content = write_template(book.pack, version.digest if version else "", book.period)
    return attachment(content, XLSX, f"{book.pack.header.title.zh}-{book.period}.xlsx")


@require_safe
@requires("records.import")
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show one import: progress, problems, preview or result."""
    found, book = _batch(request, batch_id)
    verdict = request.GET.get("show", "")
    rows = queries.staged(found.pk, verdict if verdict in Verdict.values else "")
    if not verdict:
        rows = rows.exclude(verdict=Verdict.UNCHANGED)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    lang = language()
    context = {
        **frame(request, book),
        "batch": found,
        "job": jobs.job_for(request.user, found.job_id) if found.job_id else None,
        "problems": _problems(found, lang, True),
        "notices": _problems(found, lang, False),
        "tallies": [(each.value, each.label, found.counts.get(each.value, 0)) for each in Verdict],
        "page_obj": page,
        "rows": [_shown(book, row, lang) for row in page.object_list],
        "verdict": verdict,
        "changes": any(
            found.counts.get(each, 0) for each in Verdict.values if each != Verdict.UNCHANGED
        ),
        "State": BatchState,
    }
    return render(request, "intake/batch.html", context)


def _problems(found: ImportBatch, lang: str, stops: bool) -> list[dict[str, str]]:
    return [
        {
            "where": each["where"],
            "found": each["facts"].get("found", ""),
            "words": say(each["code"], each["facts"], lang),
            "code": each["code"],
        }
        for each in found.report
        if each["stops"] is stops
    ]


def _shown(book: Book, row: Any, lang: str) -> dict[str, Any]:
    """Say what a staged row changes: its own values, or before and after."""
    kind = book.kind(row.kind)
    before = row.stands.values if row.stands else {}
    fields = [
        (
            field.title.to(lang),
            shown(field, before.get(field.id, "")),
            shown(field, row.values.get(field.id, "")),
        )
        for field in kind.fields
        if before.get(field.id, "") != row.values.get(field.id, "") or not row.stands
    ]
    return {
        "row": row,
        "title": kind.title.to(lang),
        "on": day_words(kind, row.on),
        "fields": [each for each in fields if each[1] or each[2]],
    }


@require_safe
@requires("records.import")
def marked(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give the person's own workbook back with every problem marked in its cell."""
    found, _book = _batch(request, batch_id)
    if found.file_id is None:
        raise Http404
    if found.state == BatchState.WAITING:
        # Nobody knows its problems yet; without marks it would pass for a sound one.
        messages.info(request, _("工作簿还在读取，读完才能下载标注。"))
        return redirect("intake:batch", batch_id=found.pk)
    try:
        content = marked_workbook(found, language())
    except Refused as refused:
        # What is no workbook has no cells to mark; the page lists its problems all the same.
        for problem in refused.problems:
            messages.error(request, say(problem.code, dict(problem.facts), language()))
        return redirect("intake:batch", batch_id=found.pk)
    name = found.file_name.removesuffix(".xlsx") + _("-已标注") + ".xlsx"
    return attachment(content, XLSX, name)


@require_POST
@requires("records.import")
def commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take a staged workbook in the background."""
    found, _book = _batch(request, batch_id)
    arguments = {
        "batch_id": found.pk,
        "actor_id": request.user.pk,
        "over_others": "over_others" in request.POST,
    }
    with transaction.atomic():
        title = _("导入 %(name)s") % {"name": found.file_name}
        job_id = enqueue(
            task=tasks.commit, arguments=arguments, owner=request.user,
            title=title, key=f"intake.commit:{found.pk}",
        )  # fmt: skip
        services.note_job(batch_id=found.pk, job_id=job_id)
    return redirect("intake:batch", batch_id=found.pk)


@require_POST
@requires("records.import")
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Undo an import while the period is open."""
    return _do(request, batch_id, services.undo_batch, _("已撤销，导入前的记录已恢复。"))


@require_POST
@requires("records.import")
def discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Leave a workbook that was not taken."""
    return _do(request, batch_id, services.discard_batch, _("已放弃，没有改动任何记录。"))


def _do(
    request: HttpRequest, batch_id: int, change: Callable[..., None], words: str
) -> HttpResponse:
    found, _book = _batch(request, batch_id)
    with refusal_above(request):
        change(actor=request.user, batch_id=found.pk)
        messages.success(request, words)
    return redirect("intake:batch", batch_id=found.pk)


def _batch(request: HttpRequest, batch_id: int) -> tuple[ImportBatch, Book]:
    """Return an import: one's own, or any for people who may import for every unit."""
    found = queries.batch(batch_id)
    if found is None:
        raise Http404
    everywhere = seen_units(request.user, "records.import") is None
    if found.author_id != request.user.pk and not everywhere:
        raise PermissionDenied
    return found, book_of_batch(found)
