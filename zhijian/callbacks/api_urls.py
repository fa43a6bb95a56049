"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.callbacks import api

urlpatterns = [
    path("call-backs", api.CallBacks.as_view(), name="api-call-backs"),
    path("call-backs/ledger", api.LedgerOf.as_view(), name="api-call-back-ledger"),
    path(
        "call-backs/<int:call_back_id>/attempts",
        api.Attempts.as_view(),
        name="api-call-back-attempts",
    ),
]
