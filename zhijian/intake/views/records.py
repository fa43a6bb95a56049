"""One record: what it says, who wrote it when, its proofs, its history, where it counts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation.files import queries as files
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_above
from zhijian.intake import given, queries, services, uses
from zhijian.intake.book import Book
from zhijian.intake.forms import EvidenceForm
from zhijian.intake.models import Record
from zhijian.intake.services import OWNER
from zhijian.intake.showing import shown
from zhijian.intake.views.books import frame
from zhijian.intake.views.opening import day_words, record_or_404


@require_safe
@requires("records.view")
def record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Show one record."""
    row, book = record_or_404(request, record_id)
    kind = book.kind(row.kind)
    history = queries.history(row)
    hides = given.hides(request.user, row)
    proofs = [each for version in history for each in files.files_of(OWNER, str(version.pk))]
    authors = accounts.people_by_id({each.uploader_id for each in proofs if each.uploader_id})
    context = {
        **frame(request, book),
        "row": row,
        "kind": kind,
        "title": kind.title.to(language()),
        "on": day_words(kind, row.on),
        "values": _values(book, row, hides),
        "history": [
            (each, [] if hides else _changes(book, former, each))
            for former, each in _pairs(history)
        ],
        "current": history[-1],
        "proofs": [(each, authors.get(each.uploader_id or 0)) for each in proofs],
        "uses": uses.uses_of(row.pk),
        "origin": given.origin_of(request.user, row),
        "is_by_hand": bool(kind.sources) and row.case_id is None,
        "evidence_form": EvidenceForm(),
        "may_change": not row.is_voided and _may_change(request, book, row),
    }
    return render(request, "intake/record.html", context)


@require_POST
@requires("records.enter")
def evidence(request: HttpRequest, record_id: int) -> HttpResponse:
    """Add files that prove a record."""
    row, book = record_or_404(request, record_id)
    uploads = request.FILES.getlist("evidence")
    with refusal_above(request):
        services.add_evidence(actor=request.user, book=book, record_id=row.pk, uploads=uploads)
        if uploads:
            messages.success(request, _("已添加佐证材料。"))
        else:
            messages.error(request, _("请先选择文件。"))
    return redirect("intake:record", record_id=row.pk)


def _may_change(request: HttpRequest, book: Book, row: Record) -> bool:
    if row.case_id is not None or queries.lock_on(book.pack_id, row.on, row.on) is not None:
        return False
    if not services.may_enter_kind(request.user, book.kind(row.kind)):
        return False
    return row.unit_id is None or accounts.may(request.user, "records.enter", row.unit_id)


def _values(book: Book, row: Record, hides: bool) -> list[tuple[str, str]]:
    """What the record says; the texts of a case that is a secret to the reader are left out."""
    kind, lang = book.kind(row.kind), language()
    told = [(field, shown(field, row.values.get(field.id, ""))) for field in kind.fields]
    return [
        (field.title.to(lang), given.veiled(kind, field, text) if hides else text)
        for field, text in told
    ]


def _pairs(history: tuple[Record, ...]) -> list[tuple[Record | None, Record]]:
    return list(zip((None, *history[:-1]), history, strict=True))


def _changes(book: Book, former: Record | None, row: Record) -> list[tuple[str, str, str]]:
    """Say what a version changed: the field, what it said before, what it says."""
    if former is None:
        return []
    kind, lang = book.kind(row.kind), language()
    told = [
        (
            field.title.to(lang),
            shown(field, former.values.get(field.id, "")),
            shown(field, row.values.get(field.id, "")),
        )
        for field in kind.fields
    ]
    placed = [(_("日期"), former.on.isoformat(), row.on.isoformat())]
    return [each for each in (*placed, *told) if each[1] != each[2]]
