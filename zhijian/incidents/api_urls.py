"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.incidents import api

urlpatterns = [
    path("incidents", api.Incidents.as_view(), name="api-incidents"),
    path("incident-hints", api.Hints.as_view(), name="api-incident-hints"),
    path("hazards", api.Hazards.as_view(), name="api-hazards"),
]
