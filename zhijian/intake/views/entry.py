"""Entering, changing and voiding one record."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.domain.records.kind import RecordKind
from zhijian.foundation import clock
from zhijian.foundation.idempotency.services import Answer, Asked, KeyReused, answer_once
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.refused import refusal_in
from zhijian.foundation.wording import say
from zhijian.intake import queries, services
from zhijian.intake.book import Book
from zhijian.intake.forms import ONCE, Offered, ReasonForm, RecordForm, sum_of
from zhijian.intake.models import Record
from zhijian.intake.names import UnitNames
from zhijian.intake.services import Entry, RecordsWrong
from zhijian.intake.views.books import frame
from zhijian.intake.views.opening import (
    book_or_404,
    kind_or_404,
    record_or_404,
    units_of,
)

_READ_OR_WRITE = ("GET", "HEAD", "POST")


@require_http_methods(_READ_OR_WRITE)
@requires("records.enter")
def enter(request: HttpRequest, pack_id: str, period: str, kind: str) -> HttpResponse:
    """Enter one record; “save and next” comes back to an empty form for the same kind."""
    book = book_or_404(pack_id, period)
    found = kind_or_404(book, kind)
    if not services.may_enter_kind(request.user, found):
        raise PermissionDenied
    initial = {name: request.GET[name] for name in ("unit", "month", "on") if name in request.GET}
    form = _form(request, book, found, initial)
    if request.method == "POST" and form.is_valid():
        saved = _save_once(request, form)
        if saved is not None and saved.is_repeated:
            messages.info(request, _("这份表单已经保存过，没有重复登记。"))
            return redirect("intake:record", record_id=saved.body)
        if saved is not None:
            messages.success(request, _("已保存。"))
            if "next" in request.POST:
                return redirect(request.get_full_path())
            return redirect("intake:record", record_id=saved.body)
    context = {**_page(request, book, found, form), "draft": f"intake.{pack_id}.{period}.{kind}"}
    return render(request, "intake/enter.html", context, status=422 if form.errors else 200)


@require_http_methods(_READ_OR_WRITE)
@requires("records.enter")
def change(request: HttpRequest, record_id: int) -> HttpResponse:
    """Change a record: the old one stays with the reason, a new one takes its place."""
    row, book = record_or_404(request, record_id)
    _let_in(request, book, row)
    form = _form(request, book, book.kind(row.kind), services.cells_of(book, row))
    reason = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        new = _save(request, form, row)
        if new is not None:
            messages.success(request, _("已更正，原记录保留在历史中。"))
            return redirect("intake:record", record_id=new.pk)
    context = {
        **_page(request, book, book.kind(row.kind), form),
        "reason": reason,
        "row": row,
        "draft": f"intake.change.{row.pk}",
    }
    return render(request, "intake/enter.html", context, status=422 if form.errors else 200)


@require_http_methods(_READ_OR_WRITE)
@requires("records.enter")
def void(request: HttpRequest, record_id: int) -> HttpResponse:
    """Let a record count no more."""
    row, book = record_or_404(request, record_id)
    _let_in(request, book, row)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        with refusal_in(form):
            services.void_record(actor=request.user, book=book, record_id=row.pk, reason=why)
            messages.success(request, _("已作废，记录和理由仍可查看。"))
            return redirect("intake:record", record_id=row.pk)
    context = {**frame(request, book), "row": row, "form": form,
               "title": book.kind(row.kind).title.to(language())}  # fmt: skip
    return render(request, "intake/void.html", context, status=422 if form.errors else 200)


@require_POST
@requires("records.enter")
def summed(request: HttpRequest, pack_id: str, period: str, kind: str) -> HttpResponse:
    """Add the items of a checklist up while it is being filled in."""
    found = kind_or_404(book_or_404(pack_id, period), kind)
    total, still_open = sum_of(found, request.POST.dict())
    context = {"total": total, "still_open": still_open, "kind": found}
    return render(request, "intake/_sum.html", context)


def _page(request: HttpRequest, book: Book, kind: RecordKind, form: RecordForm) -> dict[str, Any]:
    total, still_open = sum_of(kind, {name: str(form[name].value() or "") for name in form.fields})
    return {
        **frame(request, book),
        "kind": kind,
        "title": kind.title.to(language()),
        "form": form,
        "total": total,
        "still_open": still_open,
    }


def _form(request: HttpRequest, book: Book, kind: RecordKind, initial: Any) -> RecordForm:
    names = UnitNames.load()
    units = [unit.id for unit in units_of(request.user, book, "records.enter")]
    needs_registers = any(field.type == "reference" for field in kind.fields)
    registers = queries.registers(book) if needs_registers else {}
    offered = Offered(tuple(names.name(each) for each in units), registers)
    sent = request.method == "POST"
    return RecordForm(
        book, kind, offered, initial=initial,
        data=request.POST if sent else None, files=request.FILES if sent else None,
    )  # fmt: skip


class _NotSaved(Exception):
    """The form says what is wrong; its key may be used again."""


def _save_once(request: HttpRequest, form: RecordForm) -> Answer | None:
    """Save a new record; a form that comes in again leads to the record it made.

    A form without a key comes from no page of ours, and is taken as it is.
    """

    def create() -> Answer:
        row = _save(request, form, None)
        if row is None:
            raise _NotSaved
        return Answer(201, row.pk)

    key = form.cleaned_data[ONCE]
    told = json.dumps([form.book.pack_id, form.kind.id, form.entered], sort_keys=True)
    digest = hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()
    asked = Asked(request.user.pk or 0, f"form:{key}", digest, clock.now())
    try:
        return answer_once(asked, create) if key else create()
    except _NotSaved:
        return None
    except KeyReused:
        form.add_error(None, say("intake.form_used", {}, language()))
        form.renew()
        return None


def _save(request: HttpRequest, form: RecordForm, former: Record | None) -> Record | None:
    """Write the record and its files together; what is refused stands beside its field."""
    entry = Entry(form.kind.id, form.entered)
    try:
        with transaction.atomic():
            row = _written(request, form, former, entry)
            services.add_evidence(
                actor=request.user, book=form.book, record_id=row.pk,
                uploads=form.cleaned_data["evidence"],
            )  # fmt: skip
            return row
    except RecordsWrong as wrong:
        form.take(wrong.problems)
    except Refusal as refusal:
        form.add_error(None, refusal.words(language()))
    return None


def _written(request: HttpRequest, form: RecordForm, former: Record | None, entry: Entry) -> Record:
    if former is None:
        return services.enter_record(actor=request.user, book=form.book, entry=entry)
    return services.change_record(
        actor=request.user, book=form.book, record_id=former.pk, entry=entry,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip


def _let_in(request: HttpRequest, book: Book, row: Record) -> None:
    if not services.may_enter_kind(request.user, book.kind(row.kind)):
        raise PermissionDenied
    if row.unit_id is not None and not accounts.may(request.user, "records.enter", row.unit_id):
        raise PermissionDenied
