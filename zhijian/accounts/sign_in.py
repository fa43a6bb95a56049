"""How allauth and axes behave here: nobody signs up, every attempt is on record, by one name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhijian.accounts.first_pages import first_page
from zhijian.accounts.models import User
from zhijian.accounts.services.people import normal_username, subject
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record


class Adapter(DefaultAccountAdapter):
    """Our answers to the questions allauth asks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Compare user names in one form, as they are stored.

        Everybody knows the password of the sample people: they get in on a sample site only.
        """
        if "username" in credentials:
            credentials["username"] = normal_username(credentials["username"])
        user = super().authenticate(request, **credentials)
        return None if user is not None and user.is_sample and not settings.SAMPLE_SITE else user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put the failed attempt on record."""
        name = normal_username(str(credentials.get("username", "")))[:100]
        record(
            actor=None,
            action="accounts.sign_in_failed",
            subject=Subject("accounts.username", name, name),
            after={"address": self.get_client_ip(request)},
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """Put the sign-in on record."""
        super().login(request, user)
        record(
            actor=user,
            action="accounts.sign_in",
            subject=subject(user),
            after={"address": self.get_client_ip(request)},
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Ask for a new password first when the present one was given by somebody else."""
        if getattr(request.user, "must_change_password", False):
            return reverse("account_change_password")
        return super().get_login_redirect_url(request)

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """Show what has to be put in order first, whichever page was asked for (SYS-18)."""
        first = "" if user.must_change_password else first_page(user)
        return super().post_login(request, user, redirect_url=first or redirect_url, **kwargs)


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name an attempt is counted under, whatever its spelling."""
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal_username(str(given))


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Say that this name is locked from this address for a while."""
    return render(request, "accounts/locked_out.html", status=429)


def display_name(user: User) -> str:
    """Return how a person is addressed."""
    return str(user)
