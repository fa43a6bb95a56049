"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.organizations import api

urlpatterns = [path("units", api.Units.as_view(), name="api-units")]
