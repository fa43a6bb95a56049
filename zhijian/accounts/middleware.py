"""How long a session lasts, and what comes before everything else: a password of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from zhijian.accounts.services import sessions
from zhijian.accounts.services.sessions import Browser
from zhijian.foundation import clock
from zhijian.foundation.drafts.services import DraftRefused, save_draft
from zhijian.foundation.guards import sign_in_first
from zhijian.foundation.notifications.asking import BELL

_SIGNED_IN, _SEEN, _NOTED = "signed_in_at", "seen_at", "noted_key"
_SECONDS_BETWEEN_NOTES = 60
#: A page that asks for progress by itself is not a person at work.
_ASKED_BY_THE_PAGE = ("/progress", BELL)
#: The answer by which HTMX stops asking.
_ASK_NO_MORE = 286

Next = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session after too long without use, and after too long in any case."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or ask for a new sign-in and keep what was being sent."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = clock.now().timestamp()
        if _is_over(request, now):
            if request.path.endswith(BELL):
                # Whoever is typing meanwhile is signed out by what they send, which is then kept.
                return HttpResponse(status=_ASK_NO_MORE)
            return self._sign_in_again(request)
        if not request.path.endswith(_ASKED_BY_THE_PAGE):
            _note(request, now)
        return self.get_response(request)

    def _sign_in_again(self, request: HttpRequest) -> HttpResponse:
        kept = _keep_what_was_sent(request)
        sessions.forget_session(session_key=request.session.session_key or "")
        logout(request)
        if request.path.startswith("/api/"):
            return self.get_response(request)
        messages.warning(request, _("登录已过期，请重新登录。"))
        if kept:
            messages.info(request, _("刚才提交的内容已存入“我的草稿”，登录后可以取回。"))
        if request.method in ("GET", "HEAD") or request.headers.get("HX-Request"):
            return sign_in_first(request)
        return redirect(f"{reverse('account_login')}?next={_page_of(request)}")


class OwnPasswordFirst:
    """Sends whoever has a password given by somebody else to choose their own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what is needed for choosing a password, and nothing else."""
        if getattr(request.user, "must_change_password", False) and not _is_needed(request.path):
            return redirect("account_change_password")
        return self.get_response(request)


def _is_needed(path: str) -> bool:
    needed = (reverse("account_change_password"), reverse("account_logout"))
    return path in needed or path.startswith((f"/{settings.STATIC_URL.lstrip('/')}", "/i18n/"))


def _is_over(request: HttpRequest, now: float) -> bool:
    signed_in = request.session.get(_SIGNED_IN, now)
    seen = request.session.get(_SEEN, now)
    return (
        now - signed_in >= settings.SESSION_ABSOLUTE_SECONDS
        or now - seen >= settings.SESSION_IDLE_SECONDS
    )


def _note(request: HttpRequest, now: float) -> None:
    session = request.session
    noted = session.get(_NOTED)
    if noted == session.session_key and now - session.get(_SEEN, 0) < _SECONDS_BETWEEN_NOTES:
        return
    if noted and noted != session.session_key:
        sessions.forget_session(session_key=noted)
    session.setdefault(_SIGNED_IN, now)
    session[_SEEN], session[_NOTED] = now, session.session_key
    sessions.note_session(
        user=request.user,
        browser=Browser(
            session.session_key or "",
            request.META.get("REMOTE_ADDR") or None,
            request.headers.get("User-Agent", ""),
        ),
        started_at=datetime.fromtimestamp(session[_SIGNED_IN], UTC),
        at=datetime.fromtimestamp(now, UTC),
    )


def _keep_what_was_sent(request: HttpRequest) -> bool:
    if request.method != "POST" or not request.POST:
        return False
    fields = {
        name: values if len(values) > 1 else values[0] for name, values in request.POST.lists()
    }
    try:
        save_draft(user=request.user, key=f"expired:{request.path}", data=fields)
    except DraftRefused:
        return False
    return True


def _page_of(request: HttpRequest) -> str:
    """Return the page whose form was sent: its own address may only take what is sent."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return urlsplit(referer).path
    return "/"
