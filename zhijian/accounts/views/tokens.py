"""One's own tokens for programs: listed, made, revoked."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.accounts import forms, queries, services
from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.use")
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, and make a new one for whoever has just proved who they are."""
    form = forms.Token(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _made(request, form)
    return _page(request, form, status=422 if request.method == "POST" else 200)


@reauthentication_required
def _made(request: HttpRequest, form: forms.Token) -> HttpResponse:
    """Make the token; this answer shows its secret once."""
    with refusal_in(form):
        _row, secret = services.make_token(user=request.user, **form.cleaned_data)
        return _page(request, forms.Token(), secret=secret)
    return _page(request, form, status=422)


def _page(
    request: HttpRequest, form: forms.Token, *, secret: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    context = {
        "form": form,
        "secret": secret,
        "lines": [(row, row.is_in_force(now)) for row in queries.tokens_of(request.user)],
    }
    answer = render(request, "accounts/tokens.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@requires("api.use")
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one of one's tokens at once."""
    if not services.revoke_token(user=request.user, token_id=token_id):
        raise Http404
    messages.success(request, _("令牌已撤销，用它的程序不能再登录。"))
    return redirect("accounts:tokens")
