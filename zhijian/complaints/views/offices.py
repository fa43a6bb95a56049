"""Offices with a public page: their addresses as links and as codes for phones."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.complaints import queries, services
from zhijian.complaints.forms import OfficeForm
from zhijian.complaints.models import Office
from zhijian.complaints.services import NewOffice
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.organizations import queries as organizations

_SCALE = 8


@require_http_methods(["GET", "POST"])
@requires("complaints.offices")
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices, or make one."""
    form = _form(request) if request.method == "POST" else _form(request, bound=False)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        pack_id, _colon, kind = told["kind"].partition(":")
        new = NewOffice(told["title"], pack_id, kind, told["unit"], told["hotline"], told["notice"])
        with refusal_in(form):
            row = services.make_office(actor=request.user, office=new, at=clock.now())
            messages.success(request, _("已设立受理点，公众页面可以使用。"))
            return redirect("complaints:office", office_id=row.pk)
    context = {"offices": queries.offices_of(request.user), "form": form}
    return render(request, "complaints/offices.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires("complaints.offices")
def office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Show an office with the address of its page, to be printed and put up."""
    row = _office_or_404(request.user, office_id)
    address = request.build_absolute_uri(reverse("complaints:public", kwargs={"code": row.code}))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=_SCALE, border=2)
    context = {"office": row, "address": address, "picture": picture}
    return render(request, "complaints/office.html", context)


@require_POST
@requires("complaints.offices")
def close(request: HttpRequest, office_id: int) -> HttpResponse:
    """Close the page of an office."""
    _office_or_404(request.user, office_id)
    with refusal_above(request):
        services.close_office(actor=request.user, office_id=office_id)
        messages.success(request, _("公众页面已停用；已受理的照常办理。"))
    return redirect("complaints:office", office_id=office_id)


@require_POST
@requires("complaints.offices")
def reopen(request: HttpRequest, office_id: int) -> HttpResponse:
    """Open the page of an office again."""
    _office_or_404(request.user, office_id)
    with refusal_above(request):
        services.open_office(actor=request.user, office_id=office_id)
        messages.success(request, _("公众页面已重新启用。"))
    return redirect("complaints:office", office_id=office_id)


def _form(request: HttpRequest, *, bound: bool = True) -> OfficeForm:
    kinds = [(each.ref.id, each.ref.label) for each in queries.intakes()
             if each.receiving.public_step]  # fmt: skip
    units = [(str(each.id), each.name) for each in organizations.unit_refs(
        request.user, "complaints.offices")]  # fmt: skip
    return OfficeForm(kinds, units, data=request.POST if bound else None)


def _office_or_404(user: Any, office_id: int) -> Office:
    found = queries.office_for(user, office_id)
    if found is None:
        raise Http404
    return found
