"""Guards for views that ask only for a sign-in; those that ask for a right are in ``accounts``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

View = Callable[..., HttpResponse]


def requires_sign_in(view: View) -> View:
    """Let everybody who is signed in into a view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    return guarded


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send the browser to the sign-in page, from where it comes back to this address.

    A part of a page asked for by HTMX cannot be redirected: the whole page is.
    """
    login = resolve_url(settings.LOGIN_URL)
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=401)
        page = request.headers.get("HX-Current-URL", "/")
        answer["HX-Redirect"] = redirect_to_login(page, login).url
        return answer
    return redirect_to_login(request.get_full_path(), login)
