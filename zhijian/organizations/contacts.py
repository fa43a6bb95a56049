"""Whether the contact data of a person's units are complete: asked at every sign-in (SYS-18)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from zhijian.organizations import queries


def page_to_complete(user: Any) -> str:
    """Return the page of the first unit whose contact data the person has to tell, or nothing."""
    lacking = queries.units_without_contact(user)
    return reverse("organizations:contact", args=[lacking[0].id]) if lacking else ""
