"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.packs import api

urlpatterns = [
    path("packs", api.Versions.as_view(), name="api-packs"),
    path("packs/versions/<int:version_id>", api.Version.as_view(), name="api-pack-version"),
]
