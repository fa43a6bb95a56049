"""How a program says whose it is: a token in the header ``Authorization``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from zhijian.accounts import queries
from zhijian.accounts.models import ApiToken, User
from zhijian.accounts.services import tokens
from zhijian.foundation import clock

KEYWORD = "Token"


class OwnToken(BaseAuthentication):
    """Lets a request act for the person who made the token it carries."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; nothing when the request carries none."""
        word, _space, secret = get_authorization_header(request).partition(b" ")
        if word.lower() != KEYWORD.lower().encode():
            return None
        now = clock.now()
        found = queries.token_in_force(tokens.digest_of(secret.strip().decode("latin-1")), now)
        if found is None:
            raise AuthenticationFailed(_("令牌无效、已过期或已撤销。"))
        tokens.note_use(token=found, at=now)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Return what a caller without a token is asked for."""
        return KEYWORD


class OwnTokenInSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells readers of the schema how to send the token."""

    target_class = OwnToken
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the description of the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": f"{KEYWORD} zj_…",
        }
