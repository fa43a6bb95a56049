"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.complaints import api

urlpatterns = [path("complaints", api.Complaints.as_view(), name="api-complaints")]
