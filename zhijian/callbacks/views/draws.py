"""Samples: drawn, shown with all that is needed to draw them again, and their results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.callbacks import queries, services
from zhijian.callbacks.exports import draw_list
from zhijian.callbacks.forms import DrawForm
from zhijian.callbacks.models import CheckResult, Draw, DrawPurpose
from zhijian.callbacks.showing import LOOKS
from zhijian.cases import queries as cases
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.lists import as_file
from zhijian.foundation.refused import refusal_in
from zhijian.organizations import queries as organizations

_PER_PAGE = 30
_RESULT_LOOKS = {"": "warn", CheckResult.IN_ORDER: "good", CheckResult.FINDING: "bad"}


@require_safe
@requires("cases.view")
def draws(request: HttpRequest) -> HttpResponse:
    """List the samples, the latest first."""
    pages = Paginator(queries.draws_seen(request.user), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [(row, titles_of(row)) for row in page],
        "may_draw": accounts.may(request.user, "cases.act") and any(True for _each in _sources()),
    }
    return render(request, "callbacks/draws.html", context)


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def new(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    units = [
        (str(each.id), each.name) for each in organizations.unit_refs(request.user, "cases.act")
    ]
    data = request.POST if request.method == "POST" else None
    form = DrawForm(list(_sources()), units, data=data)
    if form.is_valid():
        act = services.draw_calls if form.purpose == DrawPurpose.CALL else services.draw_checks
        with refusal_in(form):
            row = act(actor=request.user, asked=form.asked, at=clock.now())
            messages.success(request, _("已抽取 %(n)s 件。") % {"n": len(row.sample)})
            return redirect("callbacks:draw", draw_id=row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "callbacks/new_draw.html", {"form": form}, status=status)


@require_safe
@requires("cases.view")
def draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """Show one sample: seed, frame, who drew it, whether it can be drawn again, the results."""
    row = _found(request.user, draw_id)
    context = {
        "row": row,
        "titles": titles_of(row),
        "is_repeatable": queries.is_repeatable(row),
        "calls": [(each, LOOKS[each.state]) for each in queries.calls_of(row)],
        "checks": [(each, _RESULT_LOOKS[each.result]) for each in queries.checks_of(row)],
        "before": set(row.before or ()),
    }
    return render(request, "callbacks/draw.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, draw_id: int, form: str) -> HttpResponse:
    """Send a sample with its results as a file."""
    row = _found(request.user, draw_id)
    return as_file(draw_list(row), f"callbacks-draw-{row.pk}", form)


def _found(user: Any, draw_id: int) -> Draw:
    row = queries.draw_for(user, draw_id)
    if row is None:
        raise Http404
    return row


def _sources() -> Iterator[tuple[str, str]]:
    """Yield everything that may be drawn from, named by purpose, kind and call-back."""
    lang = language()
    for ref in queries.kinds():
        for rule in ref.kind.call_backs.values():
            title = f"{rule.title.to(lang)} · {ref.kind.title.to(lang)}"
            if rule.drawn:
                yield f"{DrawPurpose.CALL}/{ref.id}/{rule.id}", title
            if rule.checked:
                said = f"{DrawPurpose.CHECK.label} · {title}"
                yield f"{DrawPurpose.CHECK}/{ref.id}/{rule.id}", said


def titles_of(row: Draw) -> dict[str, Words]:
    """Return what a draw was about in words, also where the regulation has changed since."""
    wanted = f"{row.pack_id}:{row.kind}"
    for ref in cases.kinds_in_force():
        if ref.id == wanted and row.rule in ref.kind.call_backs:
            return {"kind": ref.kind.title, "rule": ref.kind.call_backs[row.rule].title}
    return {"kind": Words(row.kind), "rule": Words(row.rule)}
