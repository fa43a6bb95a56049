"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.papers import api

urlpatterns = [
    path("papers", api.Papers.as_view(), name="api-papers"),
    path("papers/<int:paper_id>", api.OnePaper.as_view(), name="api-paper"),
]
