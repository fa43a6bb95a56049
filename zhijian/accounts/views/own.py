"""Pages about oneself: profile, password, where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import forms, queries, services
from zhijian.accounts.access import requires_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires_sign_in
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change how one is named and reached, and show one's roles."""
    form = forms.Profile(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_own_profile(user=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "grants": queries.all_grants_of(request.user),
        "may_use_api": queries.may(request.user, "api.use"),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires_sign_in
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this browser stays signed in, all others are signed out."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.change_password(user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已修改；其他设备上的登录已失效。"))
        return redirect("accounts:profile")
    context = {"form": form, "forced": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires_sign_in
def sessions(request: HttpRequest) -> HttpResponse:
    """List the browsers in which one is signed in."""
    context = {
        "sessions": queries.sessions_of(request.user),
        "current": request.session.session_key,
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
@requires_sign_in
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out in another browser."""
    if not services.end_session(user=request.user, session_id=session_id):
        raise Http404
    messages.success(request, _("已结束该登录。"))
    return redirect("accounts:sessions")


@require_POST
@requires_sign_in
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    services.end_other_sessions(user=request.user, but=request.session.session_key or "")
    messages.success(request, _("已结束其他设备上的登录。"))
    return redirect("accounts:sessions")
