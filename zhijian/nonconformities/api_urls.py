"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.nonconformities import api

urlpatterns = [
    path("nonconformities", api.Nonconformities.as_view(), name="api-nonconformities"),
    path("nonconformities/counts/<slug:by>", api.Counts.as_view(), name="api-nonconformity-counts"),
    path("nonconformities/proposals", api.Proposals.as_view(), name="api-nonconformity-proposals"),
    path(
        "nonconformities/proposals/<int:proposal_id>/decline",
        api.Decline.as_view(),
        name="api-nonconformity-decline",
    ),
]
