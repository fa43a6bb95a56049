"""Pages about people: the administrator makes accounts, the security administrator gives roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import forms, queries, services
from zhijian.accounts.access import requires
from zhijian.accounts.models import User
from zhijian.accounts.permissions import PERMISSIONS
from zhijian.accounts.roles import ROLES
from zhijian.accounts.services import NewGrant, NewPerson
from zhijian.foundation import clock, reach
from zhijian.foundation.refused import refusal_above, refusal_in

_PER_PAGE = 50


@require_safe
@requires("accounts.view")
def people(request: HttpRequest) -> HttpResponse:
    """List everybody with the roles they hold."""
    found = queries.people(request.GET.get("q", "").strip())
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": forms.PeopleFilter(request.GET or None),
        "page_obj": page,
        "today": clock.today(),
        "may_manage": queries.may(request.user, "accounts.manage"),
    }
    return render(request, "accounts/people.html", context)


@require_safe
@requires("accounts.view")
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one person, their roles and what may be done."""
    found = _person(user_id)
    context = {
        "person": found,
        "grants": queries.all_grants_of(found),
        "today": clock.today(),
        "is_oneself": found.pk == request.user.pk,
        "may_manage": queries.may(request.user, "accounts.manage"),
        "may_grant": queries.may(request.user, "accounts.grant"),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    """Create an account and show its first password once."""
    form = forms.Person(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            user, first_password = services.create_person(
                actor=request.user, person=NewPerson(**form.cleaned_data)
            )
            return _show_password(request, user, first_password)
    context = {"form": form}
    return render(
        request, "accounts/new_person.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@requires("accounts.manage")
def set_active(request: HttpRequest, user_id: int) -> HttpResponse:
    """Enable or disable an account."""
    user = _person(user_id)
    with refusal_above(request):
        services.set_active(actor=request.user, user=user, active=request.POST.get("active") == "1")
        messages.success(request, _("已保存。"))
    return redirect("accounts:person", user_id=user_id)


@require_POST
@requires("accounts.manage")
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a new first password and show it once."""
    user = _person(user_id)
    with refusal_above(request):
        password = services.reset_password(actor=request.user, user=user)
        return _show_password(request, user, password)
    return redirect("accounts:person", user_id=user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.grant")
def grant(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a role to a person."""
    user = _person(user_id)
    initial = {"starts": clock.today()}
    form = forms.Grant(request.POST or None, units=reach.unit_choices(), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        new = NewGrant(told["role"], told["starts"], told["until"], told["unit"])
        with refusal_in(form):
            services.grant_role(actor=request.user, user=user, grant=new)
            messages.success(request, _("已授予角色。"))
            return redirect("accounts:person", user_id=user_id)
    context = {"form": form, "person": user}
    return render(request, "accounts/grant.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("accounts.grant")
def end_grant(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Let a role end today."""
    if not queries.has_grant(grant_id):
        raise Http404
    with refusal_above(request):
        row = services.end_grant(actor=request.user, grant_id=grant_id)
        messages.success(request, _("角色已结束。"))
        return redirect("accounts:person", user_id=row.user_id)
    return redirect("accounts:people")


@require_safe
@requires("accounts.view")
def permissions(request: HttpRequest) -> HttpResponse:
    """Show the table of permissions and roles as it stands in the program."""
    lines = [
        {
            "permission": name,
            "cells": [
                "all" if role in rule.everywhere else "own" if role in rule.own_units else ""
                for role in ROLES
            ],
        }
        for name, rule in PERMISSIONS.items()
    ]
    return render(request, "accounts/permissions.html", {"lines": lines, "roles": ROLES.values()})


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    answer = render(request, "accounts/first_password.html", {"person": user, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer


def _person(user_id: int) -> User:
    found = queries.person(user_id)
    if found is None:
        raise Http404
    return found
