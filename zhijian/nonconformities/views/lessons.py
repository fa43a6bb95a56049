"""The case library."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.forms import LessonForm, UseForm
from zhijian.nonconformities.models import Lesson
from zhijian.nonconformities.services import NewLesson
from zhijian.organizations import queries as organizations

_PER_PAGE = 20
_PERMISSION = "nonconformities.teach"


@require_safe
@requires("cases.view")
def lessons(request: HttpRequest) -> HttpResponse:
    """List the lessons in which a text stands, those used most often first."""
    text, unit = request.GET.get("q", "").strip()[:60], request.GET.get("unit", "")
    unit_id = int(unit) if unit.isdecimal() and len(unit) < 10 else None
    page = Paginator(queries.lessons(text, unit_id), _PER_PAGE)
    context = {
        "page_obj": page.get_page(request.GET.get("page")),
        "text": text,
        "unit": unit_id,
        "units": organizations.unit_refs(request.user, "cases.view"),
        "may_teach": accounts.may(request.user, _PERMISSION),
    }
    return render(request, "nonconformities/lessons.html", context)


@require_http_methods(["GET", "POST"])
@requires(_PERMISSION)
def teach(request: HttpRequest) -> HttpResponse:
    """Show the form of a new lesson, or put it into the library."""
    units = [(str(e.id), e.name) for e in organizations.unit_refs(request.user, _PERMISSION)]
    if request.method == "GET":
        number = request.GET.get("number", "")[:40]
        form = LessonForm(units, initial={"number": number})
        return render(request, "nonconformities/teach.html", {"form": form})
    form = LessonForm(units, data=request.POST, files=request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        with refusal_in(form):
            row = services.teach(
                actor=request.user,
                lesson=NewLesson(
                    told["title"], told["problem"], told["lesson"], told["unit"], told["number"]
                ),
                photos=told["photos"] or [],
                at=clock.now(),
            )
            messages.success(request, _("已收入案例库。"))
            return redirect("nonconformities:lesson", lesson_id=row.pk)
    return render(request, "nonconformities/teach.html", {"form": form}, status=422)


@require_safe
@requires("cases.view")
def lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Show a lesson and where it was used again."""
    return _show(request, _lesson_or_404(lesson_id), UseForm())


@require_POST
@requires("cases.act")
def use(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Note that a lesson was used again."""
    row, form = _lesson_or_404(lesson_id), UseForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.use(
                actor=request.user, lesson_id=row.pk, where=form.cleaned_data["where"],
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, _("已记下借鉴。"))
            return redirect("nonconformities:lesson", lesson_id=row.pk)
    return _show(request, row, form, status=422)


def _show(request: HttpRequest, row: Lesson, form: UseForm, status: int = 200) -> HttpResponse:
    context = {
        "lesson": row,
        "photos": queries.photos_of(row),
        "uses": row.uses.select_related("by").order_by("-pk"),
        "case": cases.case_for(request.user, row.case_id) if row.case_id else None,
        "form": form,
        "may_use": accounts.may(request.user, "cases.act"),
    }
    return render(request, "nonconformities/lesson.html", context, status=status)


def _lesson_or_404(lesson_id: int) -> Lesson:
    row = queries.lesson_for(lesson_id)
    if row is None:
        raise Http404
    return row
