"""Pages of the tree of units."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.organizations import queries, services
from zhijian.organizations.contacts import page_to_complete
from zhijian.organizations.forms import ContactForm, UnitForm
from zhijian.organizations.models import Unit


@require_safe
@requires("organizations.view")
def units(request: HttpRequest) -> HttpResponse:
    """Show the whole tree."""
    context = {
        "lines": queries.tree(),
        "may_manage": accounts.may(request.user, "organizations.manage"),
    }
    return render(request, "organizations/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organizations.manage")
def new_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        with refusal_in(form):
            services.create_unit(
                actor=request.user, facts=form.facts(), parent_id=parent.pk if parent else None
            )
            messages.success(request, _("已新建单位。"))
            return redirect("organizations:units")
    context = {"form": form, "unit": None}
    return render(request, "organizations/unit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organizations.manage")
def edit_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Change what is told about a unit, and its place."""
    unit = _unit(unit_id)
    form = UnitForm(request.POST or None, initial=UnitForm.initial_of(unit))
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        with refusal_in(form):
            services.rearrange_unit(
                actor=request.user,
                unit_id=unit_id,
                facts=form.facts(is_sample=unit.is_sample),
                parent_id=parent.pk if parent else None,
            )
            messages.success(request, _("已保存。"))
            return redirect("organizations:units")
    context = {"form": form, "unit": unit}
    return render(request, "organizations/unit.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("organizations.manage")
def set_active(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Take a unit out of use or bring it back."""
    _unit(unit_id)
    change = (
        services.activate_unit if request.POST.get("active") == "1" else services.deactivate_unit
    )
    with refusal_above(request):
        change(actor=request.user, unit_id=unit_id)
        messages.success(request, _("已保存。"))
    return redirect("organizations:units")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organizations.contact")
def contact(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Tell how a unit is reached; asked for at the sign-in while it is not told."""
    unit = _unit(unit_id)
    if not accounts.may(request.user, "organizations.contact", unit_id):
        raise Http404
    found = queries.contact_of(unit_id)
    form = ContactForm(request.POST or None, initial=ContactForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.save_contact(
                actor=request.user, unit_id=unit_id, facts=form.facts(), at=clock.now()
            )
            messages.success(request, _("已保存。"))
            return redirect(page_to_complete(request.user) or "/")
    context = {"form": form, "unit": unit, "contact": found}
    return render(
        request, "organizations/contact.html", context, status=422 if form.is_bound else 200
    )


def _unit(unit_id: int) -> Unit:
    found = queries.row(unit_id)
    if found is None:
        raise Http404
    return found
