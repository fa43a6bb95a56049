"""Addresses that papers carry."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse


def figure_url(request: HttpRequest) -> str:
    """Return the address to which the id of a figure is added."""
    place = reverse("reports:figure", kwargs={"key": "F0-0-0"}).removesuffix("F0-0-0/")
    return request.build_absolute_uri(place)
