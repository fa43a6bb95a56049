"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.intake import api

_BOOK = "books/<slug:pack_id>/<str:period>"

urlpatterns = [
    path(
        "books/<slug:pack_id>/<str:period>/records", api.RecordsView.as_view(), name="api-records"
    ),
    path(
        "books/<slug:pack_id>/<str:period>/records/batch",
        api.BatchView.as_view(),
        name="api-records-batch",
    ),
]
