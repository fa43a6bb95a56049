"""What the sign-in page of a sample site shows."""

from __future__ import annotations

from django import template
from django.conf import settings

from zhijian.accounts import queries
from zhijian.accounts.services import SAMPLE_PASSWORD
from zhijian.foundation.language import joined

register = template.Library()


@register.simple_tag
def sample_people() -> list[dict[str, str]]:
    """Return who can be tried out and with which password; nobody unless it is a sample site."""
    if not settings.SAMPLE_SITE:
        return []
    return [
        {
            "username": user.username,
            "name": user.display_name,
            "roles": joined(grant.role_name for grant in user.grants.all()),
            "password": SAMPLE_PASSWORD,
        }
        for user in queries.sample_people()
    ]
