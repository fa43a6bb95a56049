"""Guards for views: who is let in, who is sent to sign in, who is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from zhijian.accounts import queries
from zhijian.accounts.permissions import PERMISSIONS
from zhijian.foundation.guards import requires_sign_in, sign_in_first

__all__ = ["permission_class", "requires", "requires_sign_in", "sign_in_first"]

View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    """Let only people with ``permission`` (for any unit) into a view.

    Somebody who is not signed in is sent to sign in and comes back; everybody else gets 403.
    A view about one unit must also ask ``queries.may(user, permission, unit_id)`` itself.
    """
    _check(permission)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not queries.may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.requires_permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def permission_class(permission: str, writing: str = "") -> type[BasePermission]:
    """Return a DRF permission class that asks for ``api.use`` and for ``permission``.

    Where a door is also written to, ``writing`` is asked instead for every method that does.
    """
    _check(permission)
    _check(writing or permission)

    class Holds(BasePermission):
        """Refuses whoever does not hold the permission."""

        def has_permission(self, request: Request, view: Any) -> bool:
            """Tell whether the caller may use this address at all."""
            needed = permission if request.method in SAFE_METHODS else writing or permission
            return queries.may(request.user, "api.use") and queries.may(request.user, needed)

    return Holds


def _check(permission: str) -> None:
    if permission not in PERMISSIONS:
        raise KeyError(f"{permission} is not in zhijian/accounts/permissions.py")
