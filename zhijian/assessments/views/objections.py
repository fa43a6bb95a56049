"""Objections: raising, listing, deciding, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import drilling, forms, queries, resting
from zhijian.assessments.models import Objection, ObjectionState, ScoreSheet
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea, Ruling, line_of
from zhijian.assessments.states import UNSETTLED
from zhijian.assessments.views.asking import (
    assessment_or_404,
    attempt,
    objection_or_404,
    sheet_or_404,
)
from zhijian.assessments.words import period_title
from zhijian.domain.explain.step import Step
from zhijian.foundation.files.checking import FileRefused
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say
from zhijian.intake import queries as intake
from zhijian.packs import queries as packs

_OFFERED = 200


@require_safe
@requires("assessments.view")
def objections(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """List the objections to an assessment."""
    assessment = assessment_or_404(request, assessment_id)
    context = {
        "assessment": assessment,
        "title": period_title(assessment.period, language()),
        "objections": queries.objections_seen(request.user, assessment),
    }
    return render(request, "assessments/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.object")
def object_to(request: HttpRequest, sheet_id: int, line: str) -> HttpResponse:
    """Object to one line, and to one record behind it."""
    sheet = sheet_or_404(request, sheet_id)
    if not accounts.may(request.user, "assessments.object", sheet.unit_id):
        raise Http404
    step = _line_or_404(sheet, line)
    if request.method != "POST" and not _is_objectable(sheet):
        messages.error(request, say("assessments.not_objectable", {}, language()))
        return redirect("assessments:sheet", sheet_id=sheet.pk)
    form = forms.Plea(
        request.POST or None,
        request.FILES or None,
        records=_offered(sheet, step),
        initial={"record_id": request.GET.get("record", 0)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            objection = _raise(request, sheet, line, form)
        except Refusal as refusal:
            field = "evidence" if isinstance(refusal, FileRefused) else "reason"
            form.add_error(field, refusal.words(language()))
        else:
            return redirect("assessments:objection", objection_id=objection.pk)
    context = {
        "sheet": sheet,
        "assessment": sheet.assessment,
        "step": step,
        "line_title": packs.stored_word(sheet.assessment, step.title.to(language()), language()),
        "title": period_title(sheet.assessment.period, language()),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/object.html", context, status=status)


def _is_objectable(sheet: ScoreSheet) -> bool:
    return sheet.is_current and sheet.assessment.state in queries.OBJECTABLE


def _line_or_404(sheet: ScoreSheet, line: str) -> Step:
    try:
        return line_of(sheet, line)
    except Refusal as refusal:
        raise Http404 from refusal


def _offered(sheet: ScoreSheet, step: Step) -> list[tuple[int, str]]:
    """The records a person can point at: those behind the line or behind what it rests on."""
    offered: dict[int, str] = {}
    for each in step.walk():
        if each.evidence is None or len(offered) >= _OFFERED:
            continue
        for record in drilling.records_behind(sheet, each)[:_OFFERED]:
            told = " · ".join(cell for cell in record.cells[:4] if cell)
            shared = "" if record.unit else _("（各单位共用）")
            offered.setdefault(record.id, f"{record.on} {told}"[:120] + shared)
    return list(offered.items())


def _raise(request: HttpRequest, sheet: ScoreSheet, line: str, form: forms.Plea) -> Objection:
    told = form.cleaned_data
    evidence = (told["evidence"],) if told["evidence"] else ()
    return objecting.raise_objection(
        actor=request.user,  # type: ignore[arg-type]
        sheet_id=sheet.pk,
        plea=Plea(line, told["reason"], told["record_id"] or 0, evidence),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.view")
def objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Show an objection; the committee decides here."""
    found = objection_or_404(request, objection_id)
    behind = intake.record(found.record_id) if found.record_id else None
    may_decide = (
        accounts.may(request.user, "assessments.decide_objection") and found.state in UNSETTLED
    )
    form = forms.Ruling(
        request.POST or None,
        has_record=behind is not None and not behind.is_voided,
        is_returned=found.state == ObjectionState.AWAITING,
    )
    if request.method == "POST":
        if not may_decide:
            raise Http404
        if form.is_valid() and _decide(request, found, form):
            return redirect("assessments:objection", objection_id=found.pk)
    context = {
        "objection": found,
        "sheet": found.sheet,
        "assessment": found.sheet.assessment,
        "title": period_title(found.sheet.assessment.period, language()),
        "evidence": queries.evidence_of([found])[found.pk],
        "fields": _fields(found),
        "is_shared": behind is not None and behind.unit_id is None,
        "touches": _touches(found) if may_decide else [],
        "touched": resting.touched_by(request.user, found),
        "form": form,
        "may_decide": may_decide,
        "may_withdraw": found.raised_by_id == request.user.pk and found.state in UNSETTLED,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/objection.html", context, status=status)


def _touches(found: Objection) -> list[dict[str, Any]]:
    """Whose results a decision about a record that all units share would judge again."""
    return [
        {
            "assessment": each,
            "title": period_title(each.period, language()),
            "units": list(
                each.sheets.filter(is_current=True)
                .order_by("unit_name")
                .values_list("unit_name", flat=True)
            ),
        }
        for each in resting.sharing(found)
    ]


def _fields(found: Objection) -> list[dict[str, Any]]:
    """The fields of the record that the committee may correct, with their present values."""
    row = intake.record(found.record_id) if found.record_id else None
    if row is None or row.is_voided:
        return []
    kind = packs.typed(found.sheet.assessment.pack_version_id).kinds[row.kind]
    return [
        {"field": field, "title": field.title.to(language()), "value": row.values.get(field.id, "")}
        for field in kind.fields
    ]


def _decide(request: HttpRequest, found: Objection, form: forms.Ruling) -> bool:
    decision = form.cleaned_data["decision"]
    changed = {
        each["field"].id: request.POST.get(f"value_{each['field'].id}", "").strip()
        for each in _fields(found)
        if request.POST.get(f"value_{each['field'].id}", "").strip() != each["value"]
    }
    ruling = Ruling(
        upheld=decision != "rejected",
        reason=form.cleaned_data["reason"],
        void=decision == "void",
        values=changed if decision == "change" else {},
        returned=decision == "returned",
    )
    return attempt(
        request,
        lambda: objecting.decide(actor=request.user, objection_id=found.pk, ruling=ruling),  # type: ignore[arg-type]
        _("决定已记录。"),
    )


@require_POST
@requires("assessments.object")
def withdraw(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Take an objection back."""
    found = objection_or_404(request, objection_id)
    attempt(
        request,
        lambda: objecting.withdraw(actor=request.user, objection_id=found.pk),  # type: ignore[arg-type]
        _("异议已撤回。"),
    )
    return redirect("assessments:objection", objection_id=found.pk)
